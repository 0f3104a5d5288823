/**
 * Which versions of which APIs one broker serves, and the highest that both sides know. Asked of
 * every new connection, because a cluster may be in the middle of an upgrade (KIP-35, KIP-511).
 */
import { Reader } from '../bytes/reader.ts'
import type { Api } from '../wire/api.ts'
import { apiVersions } from '../wire/apis/18-api-versions.ts'
import { errors } from '../wire/errors.ts'
import { readResponse } from '../wire/message.ts'
import { VERSION } from '../version.ts'
import type { Connection } from './connection.ts'
import { ClientError, refuseUnlessNone } from './errors.ts'

type Range = readonly [min: number, max: number]

/** What we ask in; a broker that does not know it says so in version 0. */
const ASKED_VERSION = 3

export class ServedVersions {
  readonly #ranges: ReadonlyMap<number, Range>

  constructor(ranges: ReadonlyMap<number, Range>) {
    this.#ranges = ranges
  }

  /** The whole table, in the order of the keys. */
  toString(): string {
    const rows = [...this.#ranges].sort(([a], [b]) => a - b)
    return rows.map(([key, [min, max]]) => `${key}:${min}-${max}`).join(' ')
  }

  /** The highest version that both know, `within` narrowing our side; null when there is none. */
  highest(api: Api, within: Range = api.versions): number | null {
    const served = this.#ranges.get(api.key)
    if (served === undefined) return null
    const min = Math.max(served[0], api.versions[0], within[0])
    const max = Math.min(served[1], api.versions[1], within[1])
    return min <= max ? max : null
  }
}

/** Asks the broker behind a new connection. */
export async function askVersions(
  connection: Connection,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<ServedVersions> {
  for (let version = ASKED_VERSION; ; version = 0) {
    const body = { clientSoftwareName: 'lograft', clientSoftwareVersion: VERSION }
    const frame = await connection.exchange(apiVersions, version, body, { timeoutMs })
    const tooNew = errorCodeOf(frame) === errors.UNSUPPORTED_VERSION
    if (tooNew && version > 0) continue
    const { response } = read(connection, version, frame)
    refuseUnlessNone(response.errorCode, 'asking which versions are served')
    return new ServedVersions(
      new Map(
        response.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [
          apiKey,
          [minVersion, maxVersion],
        ]),
      ),
    )
  }
}

/** Behind the correlation id, at every version. */
function errorCodeOf(frame: Uint8Array): number | null {
  return frame.byteLength < 6 ? null : new Reader(frame, 4).int16()
}

function read(connection: Connection, version: number, frame: Uint8Array) {
  try {
    return readResponse(apiVersions, version, frame)
  } catch (thrown) {
    connection.close()
    throw new ClientError('BAD_RESPONSE', connection.address, 'it does not speak Kafka', {
      cause: thrown,
    })
  }
}
