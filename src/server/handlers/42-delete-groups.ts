/** DeleteGroups. v2 flexible. Groups without members, and all that they have committed. */
import { deleteGroups } from '../../wire/apis/42-delete-groups.ts'
import { handler } from '../handler.ts'

export const handleDeleteGroups = handler(deleteGroups, async ({ groupsNames }, { groups }) => {
  const deleted = [...new Set(groupsNames)].map(async (groupId) => {
    return { groupId, errorCode: await groups.deleteGroup(groupId) }
  })
  return { results: await Promise.all(deleted) }
})
