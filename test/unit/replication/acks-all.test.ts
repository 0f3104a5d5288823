// Goal: acks=all is acknowledged exactly when every in-sync replica has the records, and by nobody
// but the leader that appended them (invariants C9, C13, C14).
// Method: the pure decision, state by state.
import { describe, expect, test } from 'vitest'
import type { CommitState } from '../../../src/replication/acks-all.ts'
import {
  effectiveMinInsyncReplicas,
  mayAppendForAll,
  outcomeForAll,
} from '../../../src/replication/acks-all.ts'
import { errors } from '../../../src/wire/errors.ts'

const leading: CommitState = {
  leaderEpoch: 3,
  highWatermark: 10,
  isrCount: 2,
  replicaCount: 3,
  minInsyncReplicas: 2,
}

describe('before the append', () => {
  test('enough in-sync replicas: go ahead', () => {
    expect(mayAppendForAll(leading)).toBe(errors.NONE)
  })

  test('too few: NOT_ENOUGH_REPLICAS', () => {
    expect(mayAppendForAll({ ...leading, isrCount: 1 })).toBe(errors.NOT_ENOUGH_REPLICAS)
  })

  test('min.insync.replicas beyond the replica count asks for all of them, not for more', () => {
    const single = { ...leading, isrCount: 1, replicaCount: 1 }
    expect(effectiveMinInsyncReplicas(single)).toBe(1)
    expect(mayAppendForAll(single)).toBe(errors.NONE)
  })
})

describe('after the append', () => {
  const appended = { leaderEpoch: 3, requiredOffset: 10 }

  test('the high watermark is exclusive: at the required offset it is done', () => {
    expect(outcomeForAll(leading, appended)).toBe(errors.NONE)
    expect(outcomeForAll({ ...leading, highWatermark: 9 }, appended)).toBe('wait')
  })

  test.each([null, 2, 4])(
    'leading in epoch %s, appended in 3: never acknowledged',
    (leaderEpoch) => {
      expect(outcomeForAll({ ...leading, leaderEpoch }, appended)).toBe(
        errors.NOT_LEADER_OR_FOLLOWER,
      )
    },
  )

  test.each([9, 10])(
    'the ISR shrank below the minimum: appended, and said so at once (watermark %i)',
    (highWatermark) => {
      expect(outcomeForAll({ ...leading, isrCount: 1, highWatermark }, appended)).toBe(
        errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
      )
    },
  )
})
