/**
 * The time of another machine, from the `date` of an HTTP/2 answer. Every gRPC port gives one with
 * whatever it answers, also with a refusal, so nothing has to be served for it. In whole seconds.
 */
import http2 from 'node:http2'

/** Milliseconds since 1970 by that machine, cut to the second. Rejects without an answer. */
export function httpDate(
  { host, port }: { readonly host: string; readonly port: number },
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const name = host.includes(':') ? `[${host}]` : host
    const session = http2.connect(`http://${name}:${port}`)
    const end = (error: Error | null, dateMs = NaN) => {
      clearTimeout(timer)
      session.destroy()
      if (error) reject(error)
      else if (Number.isNaN(dateMs)) reject(new Error('it answers without a date'))
      else resolve(dateMs)
    }
    const timer = setTimeout(() => end(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    session.on('error', end)
    const stream = session.request({ ':path': '/' })
    stream.on('error', end)
    stream.on('response', ({ date }) => end(null, Date.parse(String(date))))
    stream.on('close', () => end(new Error('it ended the connection without an answer')))
    stream.end()
  })
}
