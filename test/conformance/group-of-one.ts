/**
 * All that a client's program can do with a group, once, on the recorded node: not whether it works
 * (that is `groups-suite.ts`), but in which versions it asks.
 */
import { expect } from 'vitest'
import { createTopic } from '../support/calls.ts'
import type { Program } from '../support/foreign-client.ts'
import type { RecordedNode } from '../support/recorded-node.ts'
import { eventually } from '../support/within.ts'
import { SpeakingClient } from './dialect.ts'
import { MemberProcess, untilAll } from './group-member.ts'

const WAIT_MS = 60_000

/** `deleteOffsets`: whether it can. */
export async function useGroupOfOne(
  program: Program,
  { node, bootstrap, recorder }: RecordedNode,
  { deleteOffsets }: { readonly deleteOffsets: boolean },
): Promise<void> {
  const topic = 'of-one'
  const group = topic
  await createTopic(await node.connect(), topic)
  const [executable, ...args] = program
  await using member = new MemberProcess({
    command: [executable, ...args, bootstrap, 'member'],
    joining: { groupId: group, topic },
  })
  await untilAll([member], 'its partition', () => member.partitions.length === 1)
  await eventually(WAIT_MS, 'a heartbeat', () => Promise.resolve('Heartbeat' in recorder.newest()))
  const admin = new SpeakingClient(program, bootstrap)
  expect(await admin.ask('listGroups')).toContain(group)
  await admin.ask('describeGroups', { groups: [group], topic })
  await member.leave()
  await admin.ask('setGroupOffsets', { group, topic, offsets: { 0: 0 } })
  expect(await admin.ask('groupOffsets', { group, topic })).toMatchObject({ value: { 0: 0 } })
  if (deleteOffsets) await admin.ask('deleteGroupOffsets', { group, topic, partitions: [0] })
  await admin.ask('deleteGroups', { groups: [group] })
}
