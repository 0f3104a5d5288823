/**
 * JoinGroup. v1 rebalance timeout · v4 member ids are required (KIP-394) · v5 static members
 * (KIP-345) · v6 flexible · v7 protocol type (KIP-559) · v8 reason (KIP-800) · v9 skipped
 * assignment (KIP-814). The answer waits until the generation begins, and those behind it on the
 * connection wait for it.
 */
import { joinGroup } from '../../wire/apis/11-join-group.ts'
import { handler } from '../handler.ts'

export const handleJoinGroup = handler(joinGroup, (body, { groups }, call) => {
  const { apiVersion, clientId, peer, whenLeaving } = call
  // As Kafka writes an address: with a slash in front, and without the port.
  const clientHost = `/${peer.slice(0, peer.lastIndexOf(':'))}`
  return groups.join({ apiVersion, body, clientId: clientId ?? '', clientHost }, whenLeaving)
})
