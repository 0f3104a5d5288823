/** ListGroups. v1 throttle · v3 flexible · v4 states (KIP-518). Those that are coordinated here. */
import { listGroups } from '../../wire/apis/16-list-groups.ts'
import { handler } from '../handler.ts'

export const handleListGroups = handler(listGroups, ({ statesFilter }, { groups }) =>
  groups.list(statesFilter),
)
