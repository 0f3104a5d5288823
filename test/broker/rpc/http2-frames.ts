/**
 * HTTP/2 by hand (RFC 9113): frames that no client library would send, or not so. Headers are HPACK
 * literals that are never indexed.
 */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

export const TYPES = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
} as const

export const END_STREAM = 1
export const END_HEADERS = 4

export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = new Uint8Array(),
  claimedLength = payload.byteLength,
): Buffer {
  const header = Buffer.alloc(9)
  header.writeUIntBE(claimedLength & 0xff_ffff, 0, 3)
  header[3] = type
  header[4] = flags
  header.writeUInt32BE(stream, 5)
  return Buffer.concat([header, payload])
}

function literal(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  const length =
    bytes.byteLength < 127
      ? [bytes.byteLength]
      : [127, ((bytes.byteLength - 127) & 0x7f) | 0x80, (bytes.byteLength - 127) >> 7]
  return Buffer.concat([Buffer.from(length), bytes])
}

function headers(fields: readonly (readonly [string, string])[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([name, value]) => [Buffer.of(0), literal(name), literal(value)]),
  )
}

/** What grpc asks for, but for `changed`. */
export function callHeaders(path: string, changed: Readonly<Record<string, string>> = {}): Buffer {
  const fields = {
    ':method': 'POST',
    ':scheme': 'http',
    ':path': path,
    ':authority': 'localhost',
    'content-type': 'application/grpc',
    te: 'trailers',
    ...changed,
  }
  return headers(Object.entries(fields).filter(([, value]) => value !== ''))
}

/** A message as gRPC puts it into DATA frames. */
export function grpcMessage(
  message: Uint8Array,
  { isCompressed = false, claimedLength = message.byteLength } = {},
): Buffer {
  const prefix = Buffer.alloc(5)
  prefix[0] = isCompressed ? 1 : 0
  prefix.writeUInt32BE(claimedLength >>> 0, 1)
  return Buffer.concat([prefix, message])
}

export function reset(stream: number, code: number): Buffer {
  const payload = Buffer.alloc(4)
  payload.writeUInt32BE(code)
  return frame(TYPES.reset, 0, stream, payload)
}
