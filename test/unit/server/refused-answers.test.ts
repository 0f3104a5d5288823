// Goal: a fault switch can fail every request that is served, in every version, and the answer is
// one that this version can carry, names what was asked for, and says nothing but the error.
// Method: requests made from the schemas go over the wire, and so do the answers to them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'
import { refusalOf, refusedMetadata } from '../../../src/server/faults/refused-answers.ts'
import type { Handler } from '../../../src/server/handler.ts'
import { handlers } from '../../../src/server/handlers/index.ts'
import { produce } from '../../../src/wire/apis/00-produce.ts'
import { metadata } from '../../../src/wire/apis/03-metadata.ts'
import { errorCodesOf } from '../../../src/wire/error-codes.ts'
import { errors } from '../../../src/wire/errors.ts'
import { messageArbitrary } from '../wire/arbitrary.ts'

const CODE = errors.NOT_LEADER_OR_FOLLOWER

/** What a client is told of a request, and how often its answer names a code. */
function told({ api }: Handler, version: number, given: unknown) {
  const request = api.decodeRequest(
    version,
    readerOf((out) => encode(given, out)),
  )
  function encode(value: unknown, out: Writer) {
    api.encodeRequest(version, value, out)
  }
  const response = refusalOf(api)(request, CODE, version)
  const answer = api.decodeResponse(
    version,
    readerOf((out) => api.encodeResponse(version, response, out)),
  )
  const codes: number[] = []
  errorCodesOf(api.responseFields)(answer, (code) => codes.push(code))
  return { request, answer, codes }
}

function readerOf(write: (out: Writer) => void): Reader {
  const out = new Writer()
  write(out)
  return new Reader(Buffer.concat(out.finishChunks()))
}

/** Versions in which an answer has an error beside those of the things that were asked for. */
const hasOwnError = ({ api }: Handler, version: number) =>
  api.responseFields.some(
    ({ name, since, until }) => name === 'errorCode' && version >= since && version <= until,
  )

const cases = handlers
  .filter(({ api }) => api.key !== metadata.key)
  .flatMap((handler) => {
    const [min, max] = handler.versions
    return Array.from({ length: max - min + 1 }, (_, index) => ({
      ...{ name: handler.api.name, version: min + index, handler },
    }))
  })

describe('every request that is served can be failed', () => {
  test.each(cases)('$name v$version', ({ handler, version }) => {
    const { api } = handler
    const flexible = api.isFlexible(version)
    let said = 0
    fc.assert(
      fc.property(messageArbitrary(api.requestFields, { version, flexible }), ({ given }) => {
        const { codes } = told(handler, version, given)
        expect(new Set(codes).size).toBeLessThanOrEqual(1)
        if (hasOwnError(handler, version)) expect(codes[0]).toBe(CODE)
        for (const code of codes) expect(code).toBe(CODE)
        said += codes.length
      }),
      { numRuns: 30 },
    )
    expect(said).toBeGreaterThan(0)
  })
})

test('every partition of a produce is named, and has taken nothing', () => {
  const handler = handlers.find(({ api }) => api.key === produce.key)
  if (handler === undefined) throw new Error('Produce is served')
  const partitionData = [0, 4].map((index) => ({ index, records: null }))
  const { answer } = told(handler, 9, {
    ...{ transactionalId: null, acks: -1, timeoutMs: 1 },
    topicData: [{ name: 'orders', partitionData }],
  })
  const nothing = { errorCode: CODE, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 }
  expect(answer).toMatchObject({
    responses: [
      {
        name: 'orders',
        partitionResponses: [
          { index: 0, ...nothing },
          { index: 4, ...nothing },
        ],
      },
    ],
  })
})

test('failed metadata still tells the brokers', () => {
  const partition = { errorCode: 0, partitionIndex: 0, leaderId: 1, replicaNodes: [], isrNodes: [] }
  const brokers = [{ nodeId: 1, host: 'here', port: 9092 }]
  const answer = { brokers, topics: [{ errorCode: 0, name: 'orders', partitions: [partition] }] }
  expect(refusedMetadata(answer, CODE)).toEqual({
    brokers,
    topics: [{ errorCode: CODE, name: 'orders', partitions: [] }],
  })
})
