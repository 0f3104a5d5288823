/**
 * A socket for generating load: it reads into one buffer that is used again and again, so that what
 * arrives costs no memory, and lends its bytes only until the callback returns. Anything that keeps
 * what it receives wants `host/net.ts`.
 */
import net from 'node:net'

/** Read at once at most; the size at which loopback is fastest. */
const READ_BYTES = 256 * 1024

export interface LoadSocketEvents {
  /** Bytes arrived. They are lent until this returns. */
  data(bytes: Uint8Array): void
  /** All that was written is with the operating system, after a time when it was not. */
  drained(): void
  /** Called once, last. `error` is null when either side closed in good order. */
  closed(error: Error | null): void
}

export interface LoadSocket {
  /** Sends bytes, which must not change until they are sent; false: wait for `drained`. */
  write(bytes: Uint8Array): boolean
  destroy(): void
}

/** Dials; rejects with the system's error when nobody answers within `timeoutMs`. */
export function openLoadSocket(
  { host, port, timeoutMs }: { host: string; port: number; timeoutMs: number },
  events: LoadSocketEvents,
): Promise<LoadSocket> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
    const onread = {
      buffer,
      callback: (size: number, bytes: Uint8Array) => {
        events.data(bytes.subarray(0, size))
        return true
      },
    }
    const socket = net.connect({ host, port, noDelay: true, onread })
    let failure: Error | null = null
    const timer = setTimeout(() => {
      socket.destroy(new Error(`${host}:${port} did not answer within ${timeoutMs} ms`))
    }, timeoutMs)
    socket
      .on('connect', () => {
        clearTimeout(timer)
        resolve({ write: (bytes) => socket.write(bytes), destroy: () => socket.destroy() })
      })
      .on('drain', () => events.drained())
      .on('error', (error) => (failure = error))
      .on('close', () => {
        clearTimeout(timer)
        // Before the connection this settles the promise; afterwards that does nothing.
        reject(failure ?? new Error('closed'))
        events.closed(failure)
      })
  })
}
