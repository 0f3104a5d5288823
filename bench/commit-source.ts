/**
 * Commits of offsets as a load: one OffsetCommit of a group without members, sent again and again.
 * The first answer is looked at; every other has to be the same, byte for byte.
 */
import type { RequestSource } from '../src/cli/bench/request-sender.ts'
import { offsetCommit } from '../src/wire/apis/08-offset-commit.ts'
import { errorName, errors } from '../src/wire/errors.ts'
import { readResponse, requestFrame } from '../src/wire/message.ts'
import type { Address } from '../test/support/client.ts'

const VERSION = 8
const CORRELATION_BYTES = 4

export interface Committer {
  /** Of the group's coordinator. */
  readonly address: Address
  readonly groupId: string
  readonly topic: string
  /** How many of the topic's partitions are committed at once, from the first on. */
  readonly partitions: number
}

export function commitSource({ address, ...commits }: Committer): RequestSource {
  const request = commitRequest(commits)
  const header = { correlationId: 0, clientId: 'lograft-bench' }
  const frame = new Uint8Array(Buffer.concat(requestFrame(offsetCommit, VERSION, header, request)))
  return { address, frame, payloadBytes: frame.byteLength, check: commitCheck() }
}

/** Something is committed for each of the partitions. */
export function commitRequest({ groupId, topic, partitions }: Omit<Committer, 'address'>) {
  return {
    groupId,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    groupInstanceId: null,
    topics: [
      {
        name: topic,
        partitions: Array.from({ length: partitions }, (_, partitionIndex) => ({
          partitionIndex,
          committedOffset: 1_000_000 + partitionIndex,
          committedLeaderEpoch: 0,
          committedMetadata: '',
        })),
      },
    ],
  }
}

function commitCheck(): (response: Uint8Array) => void {
  let good: Uint8Array | null = null
  return (response) => {
    const body = response.subarray(CORRELATION_BYTES)
    if (good !== null && Buffer.compare(good, body) === 0) return
    const { topics } = readResponse(offsetCommit, VERSION, response).response
    const codes = topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode))
    const bad = codes.find((code) => code !== errors.NONE)
    if (bad !== undefined) throw new Error(`a commit was refused: ${errorName(bad)}`)
    good = Uint8Array.from(body)
  }
}
