/** LeaveGroup. v1 throttle · v3 many members (KIP-345) · v4 flexible · v5 reason (KIP-800). */
import { leaveGroup } from '../../wire/apis/13-leave-group.ts'
import { handler } from '../handler.ts'

export const handleLeaveGroup = handler(leaveGroup, (body, { groups }, { apiVersion }) =>
  groups.ask({ api: 'LeaveGroup', apiVersion, body }),
)
