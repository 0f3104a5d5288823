/**
 * Loaded into a broker before anything else (`node --import`), it counts what no tool outside can
 * see: bytes copied from one array to another, memory taken for arrays, and timers that run. At
 * SIGUSR2 it prints the counts as one line. It slows the broker down, so a broker that carries it
 * is never timed. Not seen: copies and memory of Node's own (a socket's reads).
 */
const counts = { copiedBytes: 0, bufferBytes: 0, timers: 0 }

export type ProbeCounts = Readonly<typeof counts>

/** Any function, to be wrapped. */
type AnyFunction = (this: unknown, ...args: never[]) => unknown

/** Replaces a method; `before` sees the arguments of every call, and the object. */
function watch(holder: object, name: string, before: (args: unknown[], self: unknown) => void) {
  const original = Reflect.get(holder, name) as AnyFunction
  const watched = function (this: unknown, ...args: unknown[]) {
    before(args, this)
    return Reflect.apply(original, this, args) as unknown
  }
  Object.defineProperty(holder, name, { value: watched, writable: true, configurable: true })
}

const bytesOf = (value: unknown) =>
  ArrayBuffer.isView(value) ? value.byteLength : Array.isArray(value) ? value.length : 0
const copied = (bytes: number) => (counts.copiedBytes += bytes)
const taken = (bytes: unknown) => (counts.bufferBytes += typeof bytes === 'number' ? bytes : 0)
const concatenated = (list: unknown) =>
  Array.isArray(list) ? list.reduce<number>((sum, item) => sum + bytesOf(item), 0) : 0

const typedArrays = Object.getPrototypeOf(Uint8Array.prototype) as object
watch(typedArrays, 'set', ([source]) => copied(bytesOf(source)))
watch(typedArrays, 'copyWithin', (_, self) => copied(bytesOf(self)))
watch(typedArrays, 'slice', (_, self) => {
  copied(bytesOf(self))
  taken(bytesOf(self))
})
watch(Buffer.prototype as object, 'copy', (_, self) => copied(bytesOf(self)))
watch(Buffer, 'concat', ([list]) => {
  copied(concatenated(list))
  taken(concatenated(list))
})
watch(Buffer, 'from', ([source]) => {
  copied(bytesOf(source))
  taken(bytesOf(source))
})
for (const name of ['alloc', 'allocUnsafe', 'allocUnsafeSlow'])
  watch(Buffer, name, ([size]) => taken(size))

globalThis.Uint8Array = new Proxy(Uint8Array, {
  construct(target, args: unknown[], newTarget) {
    taken(args[0])
    // Subclasses, Buffer among them, keep what they asked for.
    return Reflect.construct(
      target,
      args,
      newTarget === globalThis.Uint8Array ? target : newTarget,
    ) as object
  },
})

/** Timers that were set and have neither fired nor been cleared. */
const running = new Set<unknown>()
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis
function countedSetTimeout(
  action: (...args: unknown[]) => void,
  delayMs: number,
  ...rest: unknown[]
) {
  const timer = realSetTimeout(() => {
    running.delete(timer)
    action(...rest)
  }, delayMs)
  running.add(timer)
  return timer
}
globalThis.setTimeout = Object.assign(countedSetTimeout, realSetTimeout)
globalThis.clearTimeout = (timer) => {
  running.delete(timer)
  realClearTimeout(timer)
}

process.on('SIGUSR2', () => {
  counts.timers = running.size
  process.stdout.write(`probe ${JSON.stringify(counts)}\n`)
})
