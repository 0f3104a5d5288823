/**
 * Goal: who leads, who is in sync and who is eligible after an event, exactly as KIP-966 has it,
 * and which of the two epochs rises.
 * Method: a table of partitions and events; each gives the change, or none.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import {
  buildPartitionChange,
  type PartitionEvent,
} from '../../../src/controller/partition-change-builder.ts'
import {
  applyPartitionChange,
  type PartitionRegistration,
} from '../../../src/metadata/image/topics.ts'
import type { Assignment } from '../../../src/controller/reassignment.ts'
import { NO_LEADER } from '../../../src/metadata/records.ts'
import { nodeIds, topicId } from '../metadata/images.ts'

interface Case {
  readonly what: string
  /** Replicas 1, 2, 3 unless said otherwise. */
  readonly replicas?: readonly number[]
  readonly leader: number
  readonly isr: readonly number[]
  readonly elr?: readonly number[]
  readonly lastKnown?: readonly number[]
  readonly adding?: readonly number[]
  readonly removing?: readonly number[]
  readonly active: readonly number[]
  readonly minIsr: number
  readonly event: PartitionEvent
  /**
   * `leader isr elr`, then `last [...]` where the last known ELR is not empty, `of [...] +[...]
   * -[...]` where the replicas are others or being reassigned, which of the epochs rose, and
   * `risky`; null for no change.
   */
  readonly gives: string | null
}

const online: PartitionEvent = { election: 'online' }
const without = (id: number, isr: readonly number[]): PartitionEvent => ({
  isr: nodeIds(...isr.filter((member) => member !== id)),
  election: 'online',
})

const reassigned = (
  replicas: readonly number[],
  adding: readonly number[],
  removing: readonly number[],
): Assignment => ({
  replicas: nodeIds(...replicas),
  addingReplicas: nodeIds(...adding),
  removingReplicas: nodeIds(...removing),
})

const cases: readonly Case[] = [
  {
    what: 'nothing happens',
    leader: 1,
    isr: [1, 2, 3],
    active: [1, 2, 3],
    minIsr: 2,
    event: online,
    gives: null,
  },
  {
    what: 'a follower leaves: no new leader epoch',
    leader: 1,
    isr: [1, 2, 3],
    active: [1, 2],
    minIsr: 2,
    event: without(3, [1, 2, 3]),
    gives: '1 [1,2] [] partition',
  },
  {
    what: 'the leader leaves: the next in preference leads',
    leader: 1,
    isr: [1, 2, 3],
    active: [2, 3],
    minIsr: 2,
    event: without(1, [1, 2, 3]),
    gives: '2 [2,3] [] partition leader',
  },
  {
    what: 'below min ISR, who leaves stays eligible',
    leader: 2,
    isr: [2, 3],
    active: [3],
    minIsr: 2,
    event: without(2, [2, 3]),
    gives: '3 [3] [2] partition leader',
  },
  {
    what: 'the eligible ones accumulate while the ISR is too small',
    leader: 3,
    isr: [3],
    elr: [2],
    active: [],
    minIsr: 2,
    event: without(3, [3]),
    gives: '-1 [] [2,3] partition leader',
  },
  {
    what: 'one that lost records is not eligible',
    leader: 3,
    isr: [3],
    elr: [2],
    active: [],
    minIsr: 2,
    event: { ...without(3, [3]), dataLosing: nodeIds(3) },
    gives: '-1 [] [2] last [3] partition leader',
  },
  {
    what: 'with an empty ISR an eligible one is elected, cleanly, and is the ISR',
    leader: NO_LEADER,
    isr: [],
    elr: [2, 3],
    active: [3],
    minIsr: 2,
    event: online,
    gives: '3 [3] [2] partition leader',
  },
  {
    what: 'an election from the ELR that reaches min ISR ends it',
    leader: NO_LEADER,
    isr: [],
    elr: [2, 3],
    active: [3],
    minIsr: 1,
    event: online,
    gives: '3 [3] [] partition leader',
  },
  {
    what: 'an ISR at min ISR again ends the ELR, and the leader stays',
    leader: 1,
    isr: [1],
    elr: [2],
    active: [1, 2, 3],
    minIsr: 2,
    event: { isr: nodeIds(1, 3), election: 'online' },
    gives: '1 [1,3] [] partition',
  },
  {
    what: 'an eligible one does not lead while there is an ISR',
    leader: 1,
    isr: [1],
    elr: [2],
    active: [2],
    minIsr: 2,
    event: online,
    gives: '-1 [1] [2] partition leader',
  },
  {
    what: 'nobody leads uncleanly unless it is asked for',
    leader: NO_LEADER,
    isr: [],
    elr: [1],
    active: [2, 3],
    minIsr: 2,
    event: online,
    gives: null,
  },
  {
    what: 'an unclean election takes the first that is active and forgets the rest',
    leader: NO_LEADER,
    isr: [],
    elr: [1],
    active: [2, 3],
    minIsr: 1,
    event: { election: 'unclean' },
    gives: '2 [2] [] partition leader risky',
  },
  {
    what: 'an unclean election is clean when it can be',
    leader: NO_LEADER,
    isr: [],
    elr: [3],
    active: [2, 3],
    minIsr: 1,
    event: { election: 'unclean' },
    gives: '3 [3] [] partition leader',
  },
  {
    what: 'the preferred leader comes back',
    leader: 2,
    isr: [1, 2, 3],
    active: [1, 2, 3],
    minIsr: 2,
    event: { election: 'preferred' },
    gives: '1 [1,2,3] [] partition leader',
  },
  {
    what: 'a preferred leader that may not lead changes nothing',
    leader: 2,
    isr: [2, 3],
    active: [1, 2, 3],
    minIsr: 2,
    event: { election: 'preferred' },
    gives: null,
  },
  {
    what: 'a single replica leaves and stays eligible',
    replicas: [1],
    leader: 1,
    isr: [1],
    active: [],
    minIsr: 1,
    event: without(1, [1]),
    gives: '-1 [] [1] partition leader',
  },
  {
    what: 'a single replica comes back',
    replicas: [1],
    leader: NO_LEADER,
    isr: [],
    elr: [1],
    active: [1],
    minIsr: 1,
    event: online,
    gives: '1 [1] [] partition leader',
  },
  {
    what: 'replicas are to be added: no new leader epoch',
    leader: 1,
    isr: [1, 2, 3],
    active: [1, 2, 3, 4],
    minIsr: 2,
    event: { election: 'online', assignment: reassigned([4, 1, 2, 3], [4], [3]) },
    gives: '1 [1,2,3] [] of [4,1,2,3] +[4] -[3] partition',
  },
  {
    what: 'the last to be added is in sync: replicas go, and the leader leads anew',
    replicas: [1, 2, 4, 3],
    adding: [4],
    removing: [3],
    leader: 1,
    isr: [1, 2, 3],
    active: [1, 2, 3, 4],
    minIsr: 2,
    event: { election: 'online', isr: nodeIds(1, 2, 3, 4) },
    gives: '1 [1,2,4] [] of [1,2,4] +[] -[] partition leader',
  },
  {
    what: 'the reassignment ends, and takes the leader with it',
    replicas: [4, 5, 1, 2],
    adding: [4, 5],
    removing: [1, 2],
    leader: 1,
    isr: [1, 2, 5],
    active: [1, 2, 4, 5],
    minIsr: 2,
    event: { election: 'online', isr: nodeIds(1, 2, 4, 5) },
    gives: '4 [4,5] [] of [4,5] +[] -[] partition leader',
  },
  {
    what: 'not all who shall stay are in sync: the reassignment goes on',
    replicas: [4, 5, 1, 2],
    adding: [4, 5],
    removing: [1, 2],
    leader: 1,
    isr: [1, 2],
    active: [1, 2, 4, 5],
    minIsr: 2,
    event: { election: 'online', isr: nodeIds(1, 2, 5) },
    gives: '1 [1,2,5] [] of [4,5,1,2] +[4,5] -[1,2] partition',
  },
  {
    what: 'a follower is removed that nobody waits for: at once',
    leader: 2,
    isr: [1, 2, 3],
    active: [1, 2, 3],
    minIsr: 2,
    event: { election: 'online', assignment: reassigned([1, 2, 3], [], [3]) },
    gives: '2 [1,2] [] of [1,2] +[] -[] partition leader',
  },
  {
    what: 'replicas are only put in another order',
    leader: 1,
    isr: [1, 2, 3],
    active: [1, 2, 3],
    minIsr: 2,
    event: { election: 'online', assignment: reassigned([3, 2, 1], [], []) },
    gives: '1 [1,2,3] [] of [3,2,1] +[] -[] partition',
  },
  {
    what: 'replicas that are added do not raise what min ISR asks for',
    replicas: [2, 3, 1],
    adding: [2, 3],
    leader: 1,
    isr: [1],
    active: [],
    minIsr: 2,
    event: without(1, [1]),
    gives: '-1 [] [1] of [2,3,1] +[2,3] -[] partition leader',
  },
  {
    what: 'one that is being added leaves, and the rest is enough: it is not eligible',
    replicas: [2, 3, 1],
    adding: [2, 3],
    leader: 1,
    isr: [2, 1],
    active: [1],
    minIsr: 2,
    event: without(2, [2, 1]),
    gives: '1 [1] [] of [2,3,1] +[2,3] -[] partition',
  },
  {
    what: 'one that lost records is remembered as one of the last',
    leader: 3,
    isr: [2, 3],
    active: [3],
    minIsr: 2,
    event: { ...without(2, [2, 3]), dataLosing: nodeIds(2) },
    gives: '3 [3] [] last [2] partition',
  },
  {
    what: 'all lost records: nobody is eligible, and all of them are the last',
    leader: 3,
    isr: [3],
    lastKnown: [2],
    active: [2],
    minIsr: 2,
    event: { ...without(3, [3]), dataLosing: nodeIds(3) },
    gives: '-1 [] [] last [2,3] partition leader',
  },
  {
    what: 'one that lost its disk is not one of the last',
    leader: 3,
    isr: [3],
    lastKnown: [2, 3],
    active: [],
    minIsr: 2,
    event: { ...without(3, [3]), dataLosing: nodeIds(3), emptied: nodeIds(3) },
    gives: '-1 [] [] last [2] partition leader',
  },
  {
    what: 'an ISR at min ISR again forgets the last',
    leader: 1,
    isr: [1],
    lastKnown: [2],
    active: [1, 2, 3],
    minIsr: 2,
    event: { isr: nodeIds(1, 3), election: 'online' },
    gives: '1 [1,3] [] partition',
  },
  {
    what: 'one is chosen for its log: the record says what that may mean',
    leader: NO_LEADER,
    isr: [],
    lastKnown: [2, 3],
    active: [2, 3],
    minIsr: 2,
    event: { isr: nodeIds(3), election: 'online', mayLoseRecords: true },
    gives: '3 [3] [] last [2] partition leader risky',
  },
  {
    what: 'an unclean election forgets who was eligible, also below min ISR',
    leader: NO_LEADER,
    isr: [],
    elr: [1],
    lastKnown: [3],
    active: [2],
    minIsr: 2,
    event: { election: 'unclean' },
    gives: '2 [2] [] partition leader risky',
  },
]

describe('a partition, when', () => {
  test.each(cases)('$what', (row) => {
    const { leader, active, minIsr, event, gives } = row
    const was: PartitionRegistration = {
      replicas: nodeIds(...(row.replicas ?? [1, 2, 3])),
      isr: nodeIds(...row.isr),
      elr: nodeIds(...(row.elr ?? [])),
      leader: leader === NO_LEADER ? NO_LEADER : asNodeId(leader),
      leaderEpoch: 5,
      partitionEpoch: 8,
      addingReplicas: nodeIds(...(row.adding ?? [])),
      removingReplicas: nodeIds(...(row.removing ?? [])),
      lastKnownElr: nodeIds(...(row.lastKnown ?? [])),
    }
    const at = { topicId: topicId(1), partition: 0 }
    const rules = { isActive: (id: number) => active.includes(id), minIsr }
    const change = buildPartitionChange(at, was, event, rules)
    if (change === null) return expect(gives).toBeNull()
    const now = applyPartitionChange(was, change)
    const isMoved =
      now.addingReplicas.length + now.removingReplicas.length > 0 ||
      now.replicas.join() !== was.replicas.join()
    const words = [
      `${now.leader} [${now.isr.join()}] [${now.elr.join()}]`,
      ...(now.lastKnownElr.length > 0 ? [`last [${now.lastKnownElr.join()}]`] : []),
      ...(isMoved ? [`of ${shown(now)}`] : []),
      now.partitionEpoch === was.partitionEpoch + 1 ? 'partition' : '?',
      ...(now.leaderEpoch === was.leaderEpoch + 1 ? ['leader'] : []),
      ...(change.mayLoseRecords ? ['risky'] : []),
    ]
    expect(words.join(' ')).toBe(gives)
  })
})

const shown = ({ replicas, addingReplicas, removingReplicas }: PartitionRegistration) =>
  `[${replicas.join()}] +[${addingReplicas.join()}] -[${removingReplicas.join()}]`
