/** RST instead of an end: tells the other side that the connection broke. */
import type net from 'node:net'

/**
 * Closes the socket at once, with RST unless its end is being sent: Node.js refuses that then, and
 * keeps the descriptor for ever (EINVAL from uv_tcp_close_reset).
 */
export function reset(socket: net.Socket): void {
  const isEnding = socket.writableEnded && !socket.writableFinished
  if (isEnding) socket.destroy()
  else socket.resetAndDestroy()
}
