/**
 * AddRaftVoter (KIP-853). The node must run with an empty directory and wait to be added; it is
 * asked at the first of the listeners, which is its gRPC one. Answered when it votes.
 */
import { addRaftVoter } from '../../wire/apis/80-add-raft-voter.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { changeQuorum } from '../quorum-change.ts'

/** What the gRPC API takes for a host. */
const HOST = /^[\w.:-]{1,255}$/

export const handleAddRaftVoter = handler(
  addRaftVoter,
  ({ timeoutMs, listeners: [listener], ...asked }, services, call) => {
    if (listener === undefined || !HOST.test(listener.host) || listener.port === 0)
      return {
        errorCode: errors.INVALID_REQUEST,
        errorMessage: 'a voter needs a listener with a host and a port',
      }
    const { host, port } = listener
    const { voterDirectoryId: directoryId } = asked
    return changeQuorum(
      asked,
      (nodeId, signal) => services.quorum.add({ nodeId, host, port, directoryId }, null, signal),
      services,
      call,
      timeoutMs,
    )
  },
)
