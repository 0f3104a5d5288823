/**
 * OffsetFetch. v2 null asks for all, error of the group · v5 leader epochs (KIP-320) · v6 flexible
 * · v7 stable offsets (KIP-447; without transactions all are) · v8 many groups at once (KIP-709).
 */
import { fetchResponse, groupFetches } from '../../coordinator/groups/offset-fetch.ts'
import { offsetFetch } from '../../wire/apis/09-offset-fetch.ts'
import { fewAtOnce } from '../few-at-once.ts'
import { handler } from '../handler.ts'

export const handleOffsetFetch = handler(
  offsetFetch,
  async (request, { groups }, { apiVersion }) => {
    const asked = groupFetches(apiVersion, request)
    const fetched = await fewAtOnce(asked, (one) => groups.fetchOffsets(apiVersion, one))
    return fetchResponse(apiVersion, fetched)
  },
)
