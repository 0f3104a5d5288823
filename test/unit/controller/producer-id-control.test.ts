/**
 * Goal: no two brokers are ever given one producer id, and only a present process is given any
 * (B12). Method: blocks taken one after the other; the edge of what a number can count.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { allocateProducerIds } from '../../../src/controller/producer-id-control.ts'
import { after, broker, imageWith } from '../metadata/images.ts'

const present = { nodeId: asNodeId(1), brokerEpoch: 1 }

describe('producer ids', () => {
  test('come in blocks that follow each other', () => {
    let image = imageWith(broker(1))
    for (const firstProducerId of [0, 1_000, 2_000]) {
      const { records, reply } = allocateProducerIds(image, present)
      expect(reply).toEqual({ firstProducerId, count: 1_000 })
      image = after(image, ...records)
    }
  })

  test('are not given to an earlier process or a stranger', () => {
    const image = imageWith(broker(1))
    for (const request of [
      { ...present, brokerEpoch: 0 },
      { nodeId: asNodeId(2), brokerEpoch: 1 },
    ])
      expect(() => allocateProducerIds(image, request)).toThrow(
        expect.objectContaining({ code: 'STALE_BROKER_EPOCH' }) as Error,
      )
  })

  test('end before they cannot be told apart', () => {
    const nextProducerId = 2 ** 53 - 500
    const image = imageWith(broker(1), { type: 'ProducerIds', ...present, nextProducerId })
    expect(() => allocateProducerIds(image, present)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_SERVER_ERROR' }) as Error,
    )
  })
})
