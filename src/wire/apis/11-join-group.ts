/**
 * JoinGroup: a member of the classic protocol asks to be in the next generation of its group. The
 * answer waits until the generation begins.
 * v1 rebalance timeout · v4 a member without an id is given one and asks again (KIP-394) ·
 * v5 static members (KIP-345) · v6 flexible · v7 protocol type (KIP-559) · v8 reason (KIP-800) ·
 * v9 a leader that need not assign (KIP-814).
 */
import { defineApi } from '../api.ts'
import {
  array,
  bool,
  bytes,
  defaulted,
  int16,
  int32,
  nullable,
  nullableSince,
  since,
  string,
  struct,
} from '../schema.ts'

export const joinGroup = defineApi({
  key: 11,
  name: 'JoinGroup',
  versions: [0, 9],
  flexibleFrom: 6,
  request: {
    groupId: string,
    sessionTimeoutMs: int32,
    /** How long the group waits for the member when it rebalances; −1: the session timeout. */
    rebalanceTimeoutMs: since(1, int32, -1),
    /** Empty: none yet. */
    memberId: string,
    groupInstanceId: since(5, nullable(string), null),
    protocolType: string,
    /** What the member can do, the best first. */
    protocols: array(struct({ name: string, metadata: bytes })),
    reason: since(8, nullable(string), null),
  },
  response: {
    throttleTimeMs: since(2, int32, 0),
    errorCode: int16,
    generationId: defaulted(int32, -1),
    protocolType: since(7, nullable(string), null),
    /** Empty where there is none; from v7 on it may also be null. */
    protocolName: nullableSince(7, string),
    leader: string,
    /** The leader is told its generation and must not assign. */
    skipAssignment: since(9, bool, false),
    memberId: string,
    /** For the leader alone. */
    members: array(
      struct({
        memberId: string,
        groupInstanceId: since(5, nullable(string), null),
        metadata: bytes,
      }),
    ),
  },
})
