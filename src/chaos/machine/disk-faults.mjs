/**
 * What a bad disk does to a process: functions of node:fs that refuse, are slow or do half of what
 * they were asked, for files below one directory. Only while there is a fault are any of them
 * replaced, but for those that open and close, which must know what a descriptor is of.
 *
 * LevelDB is native code and goes on as if nothing were wrong.
 */
import fs from 'node:fs'
import { relative, resolve, sep } from 'node:path'

/** A path, or a descriptor, is the first argument of each. */
const WRITES = ['write', 'writev']
const SYNCS = ['fsync', 'fdatasync']
const MAKES_BY_PATH = ['mkdir', 'writeFile', 'appendFile', 'truncate']
/** Methods of FileHandle. */
const HANDLE_WRITES = ['write', 'writev', 'writeFile', 'appendFile']
const HANDLE_SYNCS = ['sync', 'datasync']

export class DiskFaults {
  #root
  /** The functions beneath: of Node itself, or those that take notes for power cuts. */
  #beneath = { ...fs }
  #promisesBeneath = { ...fs.promises }
  #handle = null
  #handleBeneath = {}
  /** Descriptor → path of what it was opened for, below the directory. */
  #paths = new Map()
  #faults = []
  /** Bytes that still fit; the first write that does not is cut short, as by a disk. */
  #room = 0
  /** Syncs that are held up: what lets each go on. */
  #heldUp = new Set()

  constructor(root) {
    this.#root = resolve(root)
    this.#watchDescriptors()
  }

  /** What is wrong from now on. `syncBuiltinESMExports` is the caller's. */
  set(faults) {
    const was = this.#faults
    this.#faults = faults
    if (this.#has('disk-full') && !was.some(({ type }) => type === 'disk-full')) this.#room = 100
    if (!this.#has('slow-fsync')) for (const goOn of this.#heldUp) goOn()
    if (faults.length > 0) this.#install()
    else this.#restore()
  }

  #has(type) {
    return this.#faults.some((fault) => fault.type === type)
  }

  #isBelow(path) {
    if (typeof path !== 'string' && !Buffer.isBuffer(path) && !(path instanceof URL)) return false
    const inside = relative(this.#root, resolve(path instanceof URL ? path.pathname : String(path)))
    return inside !== '..' && !inside.startsWith(`..${sep}`)
  }

  #watchDescriptors() {
    const { openSync, open, closeSync, close } = this.#beneath
    fs.openSync = (path, flags, ...rest) => {
      this.#refuseToMake(path, flags)
      const descriptor = openSync(path, flags, ...rest)
      if (this.#isBelow(path)) this.#paths.set(descriptor, path)
      return descriptor
    }
    fs.open = (path, flags, ...rest) => {
      const callback = rest.at(-1) ?? flags
      const refusal = this.#caught(() => this.#refuseToMake(path, flags))
      if (refusal) return void process.nextTick(callback, refusal)
      const opened = (error, descriptor) => {
        if (!error && this.#isBelow(path)) this.#paths.set(descriptor, path)
        callback(error, descriptor)
      }
      open(...[path, flags, ...rest].slice(0, rest.length === 0 ? 1 : -1), opened)
    }
    fs.closeSync = (descriptor) => {
      this.#paths.delete(descriptor)
      closeSync(descriptor)
    }
    fs.close = (descriptor, ...callback) => {
      this.#paths.delete(descriptor)
      close(descriptor, ...callback)
    }
    const { open: openHandle } = this.#promisesBeneath
    fs.promises.open = async (path, flags, ...rest) => {
      this.#refuseToMake(path, flags)
      const handle = await openHandle(path, flags, ...rest)
      if (!this.#isBelow(path)) return handle
      const { fd } = handle
      this.#paths.set(fd, path)
      handle.once('close', () => this.#paths.delete(fd))
      this.#learnHandles(Object.getPrototypeOf(handle))
      return handle
    }
  }

  /** FileHandle has no name of its own: its methods are met when the first one is opened. */
  #learnHandles(prototype) {
    if (this.#handle) return
    this.#handle = prototype
    for (const name of [...HANDLE_WRITES, ...HANDLE_SYNCS, 'truncate'])
      this.#handleBeneath[name] = prototype[name]
    if (this.#faults.length > 0) this.#installHandles()
  }

  #install() {
    for (const name of WRITES) {
      fs[`${name}Sync`] = this.#synchronously(`${name}Sync`, (...args) =>
        this.#beforeWrite(...args),
      )
      fs[name] = this.#withCallback(name, (...args) => this.#beforeWrite(...args))
    }
    fs.ftruncateSync = this.#synchronously('ftruncateSync', (...args) => this.#beforeCut(...args))
    fs.ftruncate = this.#withCallback('ftruncate', (...args) => this.#beforeCut(...args))
    for (const name of SYNCS) {
      fs[`${name}Sync`] = this.#synchronously(`${name}Sync`, (descriptor) => {
        const delayMs = this.#syncDelayMs(descriptor)
        if (delayMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs)
        this.#refuseToSync(descriptor)
      })
      fs[name] = this.#slowly(name)
    }
    for (const name of MAKES_BY_PATH) {
      const check = (path) => this.#refuseToMake(path, name === 'mkdir' ? 'wx' : 'w')
      fs[`${name}Sync`] = this.#synchronously(`${name}Sync`, check)
      fs[name] = this.#withCallback(name, check)
      fs.promises[name] = async (...args) => {
        check(...args)
        return this.#promisesBeneath[name](...args)
      }
    }
    this.#installVolume()
    if (this.#handle) this.#installHandles()
  }

  /** A full disk says so to whoever asks. */
  #installVolume() {
    const told = (path, answer) => {
      if (!this.#has('disk-full') || !this.#isBelow(path)) return answer
      const nothing = typeof answer.bavail === 'bigint' ? 0n : 0
      return Object.assign(answer, { bfree: nothing, bavail: nothing })
    }
    fs.statfsSync = (path, ...rest) => told(path, this.#beneath.statfsSync(path, ...rest))
    fs.statfs = (path, ...rest) => {
      const callback = rest.pop()
      this.#beneath.statfs(path, ...rest, (error, answer) =>
        callback(error, error ? answer : told(path, answer)),
      )
    }
    fs.promises.statfs = async (path, ...rest) =>
      told(path, await this.#promisesBeneath.statfs(path, ...rest))
  }

  #installHandles() {
    const faults = this
    const beneath = this.#handleBeneath
    for (const name of HANDLE_WRITES)
      this.#handle[name] = async function (...args) {
        const changed = faults.#beforeWrite(this.fd, ...args)
        // These two write all of it or fail.
        if (changed && /File$/.test(name)) throw failure('ENOSPC', 'write')
        return beneath[name].apply(this, changed?.slice(1) ?? args)
      }
    this.#handle.truncate = async function (...args) {
      faults.#beforeCut(this.fd, ...args)
      return beneath.truncate.apply(this, args)
    }
    for (const name of HANDLE_SYNCS)
      this.#handle[name] = async function () {
        await new Promise((resolve) => faults.#holdUp(faults.#syncDelayMs(this.fd), resolve))
        faults.#refuseToSync(this.fd)
        return beneath[name].apply(this)
      }
  }

  #restore() {
    for (const name of [...WRITES, 'ftruncate', ...SYNCS, ...MAKES_BY_PATH, 'statfs'])
      for (const each of [name, `${name}Sync`]) fs[each] = this.#beneath[each]
    for (const name of [...MAKES_BY_PATH, 'statfs']) fs.promises[name] = this.#promisesBeneath[name]
    if (this.#handle) Object.assign(this.#handle, this.#handleBeneath)
  }

  /** What `promisify` goes by, a function of Node has as symbols. */
  #dressed(name, replacement) {
    for (const symbol of Object.getOwnPropertySymbols(this.#beneath[name])) {
      const dress = Object.getOwnPropertyDescriptor(this.#beneath[name], symbol)
      Object.defineProperty(replacement, symbol, dress)
    }
    return replacement
  }

  #synchronously(name, before) {
    return (...args) => this.#beneath[name](...(before(...args) ?? args))
  }

  #withCallback(name, before) {
    return this.#dressed(name, (...args) => {
      let changed
      const refusal = this.#caught(() => (changed = before(...args)))
      if (refusal) process.nextTick(args.at(-1), refusal)
      else this.#beneath[name](...(changed ?? args))
    })
  }

  #slowly(name) {
    return (descriptor, callback) =>
      this.#holdUp(this.#syncDelayMs(descriptor), () => {
        const refusal = this.#caught(() => this.#refuseToSync(descriptor))
        if (refusal) process.nextTick(callback, refusal)
        else this.#beneath[name](descriptor, callback)
      })
  }

  #holdUp(delayMs, action) {
    if (delayMs === 0) return action()
    const goOn = () => {
      clearTimeout(timer)
      this.#heldUp.delete(goOn)
      action()
    }
    const timer = setTimeout(goOn, delayMs)
    this.#heldUp.add(goOn)
  }

  #syncDelayMs(descriptor) {
    if (!this.#paths.has(descriptor)) return 0
    return Math.max(
      0,
      ...this.#faults.map(({ type, delayMs }) => (type === 'slow-fsync' ? delayMs : 0)),
    )
  }

  #refuseToSync(descriptor) {
    if (this.#has('failing-fsync') && this.#paths.has(descriptor)) throw failure('EIO', 'fsync')
  }

  /** Throws, or returns the arguments by which less is written, or nothing: as it is. */
  #beforeWrite(descriptor, ...args) {
    if (!this.#paths.has(descriptor)) return undefined
    if (this.#has('torn-write')) this.#tear(descriptor, args)
    if (this.#has('failing-write')) throw failure('EIO', 'write')
    if (!this.#has('disk-full')) return undefined
    const { bytes, position } = piece(args)
    const { size } = this.#beneath.fstatSync(descriptor)
    const fits = position === null ? 0 : Math.max(0, size - position)
    if (bytes !== null && bytes.byteLength <= fits) return undefined
    const short = bytes === null ? 0 : Math.min(fits + this.#room, bytes.byteLength - 1)
    this.#room = 0
    if (short === 0) throw failure('ENOSPC', 'write')
    const rest = typeof args.at(-1) === 'function' ? [args.at(-1)] : []
    const [first] = args
    return Array.isArray(first)
      ? [descriptor, [bytes.subarray(0, short)], position, ...rest]
      : [descriptor, bytes, 0, short, position, ...rest]
  }

  /** A death in the middle of a write: the first half is there. */
  #tear(descriptor, args) {
    const { bytes, position } = piece(args)
    if (bytes === null || bytes.byteLength < 2) return
    this.#beneath.writeSync(descriptor, bytes, 0, bytes.byteLength >> 1, position)
    process.kill(process.pid, 'SIGKILL')
  }

  #beforeCut(descriptor, size = 0) {
    if (!this.#paths.has(descriptor)) return
    if (this.#has('failing-write')) throw failure('EIO', 'ftruncate')
    const grows = typeof size === 'number' && size > this.#beneath.fstatSync(descriptor).size
    if (grows && this.#has('disk-full')) throw failure('ENOSPC', 'ftruncate')
  }

  /** Throws when a file or a directory cannot come to be. */
  #refuseToMake(path, flags) {
    if (this.#faults.length === 0 || !this.#isBelow(path)) return
    const makes =
      typeof flags === 'number' ? (flags & fs.constants.O_CREAT) !== 0 : /[wa]/.test(flags)
    if (!makes || this.#beneath.existsSync(path)) return
    if (this.#has('failing-write')) throw failure('EIO', 'open')
    if (this.#has('disk-full')) throw failure('ENOSPC', 'open')
  }

  #caught(action) {
    try {
      action()
      return null
    } catch (error) {
      return error
    }
  }
}

/** What is to be written and where; null for what was given in another way than the node does. */
function piece([what, ...rest]) {
  if (Array.isArray(what)) {
    const [position] = rest
    return { bytes: Buffer.concat(what), position: typeof position === 'number' ? position : null }
  }
  if (!ArrayBuffer.isView(what)) return { bytes: null, position: null }
  const [offset = 0, length = what.byteLength - offset, position = null] = rest
  if (typeof offset !== 'number' || typeof length !== 'number')
    return { bytes: null, position: null }
  const bytes = Buffer.from(what.buffer, what.byteOffset + offset, length)
  return { bytes, position: typeof position === 'number' ? position : null }
}

const TEXTS = { EIO: 'i/o error', ENOSPC: 'no space left on device' }
const NUMBERS = { EIO: -5, ENOSPC: -28 }

/** As the system says it, but for the last words. */
function failure(code, syscall) {
  return Object.assign(new Error(`${code}: ${TEXTS[code]}, ${syscall} (a fault on purpose)`), {
    errno: NUMBERS[code],
    code,
    syscall,
  })
}
