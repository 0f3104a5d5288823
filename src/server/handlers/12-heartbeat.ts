/** Heartbeat. v1 throttle · v3 static members (KIP-345) · v4 flexible. */
import { heartbeat } from '../../wire/apis/12-heartbeat.ts'
import { handler } from '../handler.ts'

export const handleHeartbeat = handler(heartbeat, (body, { groups }, { apiVersion }) =>
  groups.ask({ api: 'Heartbeat', apiVersion, body }),
)
