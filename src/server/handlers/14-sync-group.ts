/**
 * SyncGroup. v1 throttle · v3 static members (KIP-345) · v4 flexible · v5 protocol type and name
 * (KIP-559). The answer waits until the leader of the generation has assigned.
 */
import { syncGroup } from '../../wire/apis/14-sync-group.ts'
import { handler } from '../handler.ts'

export const handleSyncGroup = handler(syncGroup, (body, { groups }, { apiVersion, whenLeaving }) =>
  groups.ask({ api: 'SyncGroup', apiVersion, body }, whenLeaving),
)
