/** What members say of themselves, and what their leader hands out: opaque to the coordinator. */
import { Writer } from '../../../src/bytes/writer.ts'

/** The topic that all groups read, as far as anybody can tell. */
export const GROUP_TOPIC = 't'

export type Assigning = 'eager' | 'cooperative'

export interface AssignedMember {
  readonly memberId: string
  readonly instanceId: string | null
  readonly owned: readonly number[]
}

/** As consumers encode it: a version, topics, and data of their own, here what they own. */
export function encodeSubscription(owned: readonly number[]): Uint8Array {
  const writer = new Writer(64)
  writer.int16(0)
  writer.int32(1)
  const topic = Buffer.from(GROUP_TOPIC)
  writer.int16(topic.byteLength)
  writer.bytes(topic)
  const own = Buffer.from(JSON.stringify(owned))
  writer.int32(own.byteLength)
  writer.bytes(own)
  return writer.finish()
}

export function ownedIn(subscription: Uint8Array): readonly number[] {
  const at = 2 + 4 + 2 + GROUP_TOPIC.length + 4
  return parse(subscription.subarray(at))
}

export const encodeAssignment = (partitions: readonly number[]): Uint8Array =>
  Buffer.from(JSON.stringify(partitions))

/** Empty: nothing. */
export function decodeAssignment(assignment: Uint8Array): readonly number[] {
  return assignment.byteLength === 0 ? [] : parse(assignment)
}

const parse = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()) as number[]

/**
 * The leader's work: everything is dealt round. Cooperative: nobody is given what another one says
 * that it owns; it is free when that one has come back without it.
 */
export function assign(
  assigning: Assigning,
  members: readonly AssignedMember[],
  partitions: number,
): ReadonlyMap<string, readonly number[]> {
  const order = [...members].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
  const all = Array.from({ length: partitions }, (_, partition) => partition)
  const wanted = new Map(
    order.map(({ memberId }, at) => [
      memberId,
      all.filter((partition) => partition % order.length === at),
    ]),
  )
  if (assigning === 'eager') return wanted
  const ownerOf = new Map(members.flatMap(({ memberId, owned }) => owned.map((p) => [p, memberId])))
  return new Map(
    Array.from(wanted, ([memberId, given]) => [
      memberId,
      given.filter((partition) => [undefined, memberId].includes(ownerOf.get(partition))),
    ]),
  )
}

const nameOf = ({ instanceId, memberId }: AssignedMember) => instanceId ?? memberId
