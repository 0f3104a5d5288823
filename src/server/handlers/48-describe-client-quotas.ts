/**
 * DescribeClientQuotas (KIP-546). There are no quotas of clients, so what is asked is checked as
 * Kafka does, and nothing is found.
 */
import type { RequestOf } from '../../wire/api.ts'
import { describeClientQuotas } from '../../wire/apis/48-describe-client-quotas.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { clipped } from '../refusals.ts'

type Component = RequestOf<typeof describeClientQuotas>['components'][number]

const EXACT = 0
const DEFAULT = 1
const ANY = 2

export const handleDescribeClientQuotas = handler(describeClientQuotas, ({ components }) => {
  for (const [at, component] of components.entries()) {
    const others = components.slice(0, at)
    const fault = faultOf(component) ?? combinationFault(component, others)
    if (fault !== null)
      return { errorCode: fault[0], errorMessage: clipped(fault[1]), entries: null }
  }
  return { errorCode: errors.NONE, errorMessage: null, entries: [] }
})

type Fault = readonly [errorCode: ErrorCode, why: string]

function faultOf({ entityType, matchType, match }: Component): Fault | null {
  if (entityType === '') return [errors.INVALID_REQUEST, 'a kind of names is empty']
  if (!ENTITY_TYPES.includes(entityType))
    return [errors.UNSUPPORTED_VERSION, `no quotas are known of a ${entityType}`]
  switch (matchType) {
    case EXACT:
      return match === null ? [errors.INVALID_REQUEST, 'an exact match needs a name'] : null
    case DEFAULT:
    case ANY:
      return match === null ? null : [errors.INVALID_REQUEST, 'only an exact match has a name']
    default:
      return [errors.INVALID_REQUEST, `the type of match ${matchType} is not known`]
  }
}

/** The kinds of names that have quotas in Kafka. */
const IP = 'ip'
const ENTITY_TYPES: readonly string[] = ['user', 'client-id', IP]

function combinationFault({ entityType }: Component, others: readonly Component[]): Fault | null {
  if (others.some((other) => other.entityType === entityType))
    return [errors.INVALID_REQUEST, `${entityType} is named twice`]
  const mixesIp = others.some((other) => (other.entityType === IP) !== (entityType === IP))
  return mixesIp ? [errors.INVALID_REQUEST, 'ip goes with neither user nor client-id'] : null
}
