/** RemoveRaftVoter (KIP-853): a voter, or a learner, by its id and its directory id. */
import { removeRaftVoter } from '../../wire/apis/81-remove-raft-voter.ts'
import { handler } from '../handler.ts'
import { changeQuorum } from '../quorum-change.ts'

export const handleRemoveRaftVoter = handler(removeRaftVoter, (asked, services, call) =>
  changeQuorum(
    asked,
    (nodeId, signal) => services.quorum.remove([nodeId], signal, asked.voterDirectoryId),
    services,
    call,
  ),
)
