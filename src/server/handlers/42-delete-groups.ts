/** DeleteGroups. v2 flexible. Groups without members, and all that they have committed. */
import { deleteGroups } from '../../wire/apis/42-delete-groups.ts'
import { fewAtOnce } from '../few-at-once.ts'
import { handler } from '../handler.ts'

export const handleDeleteGroups = handler(deleteGroups, async ({ groupsNames }, { groups }) => {
  const results = await fewAtOnce([...new Set(groupsNames)], async (groupId) => {
    return { groupId, errorCode: await groups.deleteGroup(groupId) }
  })
  return { results }
})
