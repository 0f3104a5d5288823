/**
 * What consumers say about themselves in JoinGroup: a version, then their topics, then what does
 * not matter here. To the coordinator it is opaque but for one question: whose topics are these?
 */
import { MalformedBytes } from '../../bytes/malformed.ts'
import { Reader } from '../../bytes/reader.ts'

export const CONSUMER_PROTOCOL_TYPE = 'consumer'

/** The topics of one subscription; null when it is not to be understood. */
export function subscribedTopics(metadata: Uint8Array): readonly string[] | null {
  const reader = new Reader(metadata)
  try {
    if (reader.int16() < 0) return null
    const count = reader.int32()
    if (count < 0 || count > reader.remaining / 2) return null
    return Array.from({ length: count }, () => reader.utf8(reader.int16()))
  } catch (error) {
    if (error instanceof MalformedBytes) return null
    throw error
  }
}
