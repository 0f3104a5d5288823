/**
 * What a fault switch is told to do, and whether that makes sense: what does not is refused with
 * the field of the request that is wrong. Pure.
 */
import { LograftError } from '../../base/errors.ts'
import { nearestName } from '../../config/nearest.ts'
import { errors, type ErrorCode, type ErrorName } from '../../wire/errors.ts'

export type FaultKind = 'fail' | 'delay' | 'lose-answers' | 'refuse-client'

/** Empty texts and 0: not said. */
export interface FaultOrder {
  readonly kind: FaultKind
  /** Kafka's name of a request, such as `Produce`; only `refuse-client` may do without. */
  readonly api: string
  /** Only requests with this client id; with `*` at its end, with all that begin so. */
  readonly clientId: string
  /** For `fail`: Kafka's name of the error. */
  readonly error: string
  /** For `delay`. */
  readonly delayMs: number
  /** How many requests; otherwise 1, but of `refuse-client` as many as come. */
  readonly count: number
  /** How long at most; otherwise a minute. */
  readonly forMs: number
}

/** One that makes sense, with what was not said filled in. */
export interface CheckedOrder extends FaultOrder {
  readonly errorCode: ErrorCode
  readonly fits: (api: string, clientId: string | null) => boolean
}

const COUNT_MAX = 1_000_000
const FOR_MS = 60_000
const FOR_MS_MAX = 3_600_000
const DELAY_MS_MAX = 60_000
const CLIENT_ID_CHARACTERS_MAX = 249

/** Throws INVALID_REQUEST with the field that is wrong. */
export function checkedOrder(order: FaultOrder, apis: readonly string[]): CheckedOrder {
  const { kind, api, clientId, error, delayMs, count, forMs } = order
  const refusesClient = kind === 'refuse-client'
  if (refusesClient && clientId === '') refuse('client_id', 'name the client that is refused')
  if (clientId.length > CLIENT_ID_CHARACTERS_MAX)
    refuse('client_id', `at most ${CLIENT_ID_CHARACTERS_MAX} characters`)
  if (api !== '' || !refusesClient) checkName(api, apis, { field: 'api', what: 'request' })
  checkNumber('count', count, COUNT_MAX)
  checkNumber('for_ms', forMs, FOR_MS_MAX)
  checkNumber('delay_ms', delayMs, DELAY_MS_MAX)
  if (kind === 'delay' && delayMs === 0) refuse('delay_ms', 'say for how long')
  if (kind !== 'delay' && delayMs !== 0) refuse('delay_ms', `${kind} delays nothing`)
  if (kind === 'fail') checkName(error, ERROR_NAMES, { field: 'error', what: 'error' })
  else if (error !== '') refuse('error', `${kind} answers with no error`)
  return {
    ...{ kind, api, clientId, error, delayMs },
    count: count || (refusesClient ? COUNT_MAX : 1),
    forMs: forMs || FOR_MS,
    errorCode: kind === 'fail' ? errors[error as ErrorName] : errors.NONE,
    fits: fitting(api, clientId),
  }
}

const ERROR_NAMES = Object.keys(errors).filter((name) => name !== 'NONE')

function fitting(api: string, clientId: string): CheckedOrder['fits'] {
  const isPrefix = clientId.endsWith('*')
  const name = isPrefix ? clientId.slice(0, -1) : clientId
  const fitsClient = (id: string) => (isPrefix ? id.startsWith(name) : id === name)
  return (of, id) =>
    (api === '' || of === api) && (clientId === '' || (id !== null && fitsClient(id)))
}

function checkName(
  name: string,
  known: readonly string[],
  { field, what }: { readonly field: string; readonly what: string },
): void {
  if (known.includes(name)) return
  const meant = nearestName(name, known)
  const hint = meant === null ? '' : `; did you mean ${meant}?`
  const example = known.slice(0, 3).join(', ')
  refuse(field, name === '' ? `name one, such as ${example}` : `there is no ${what} ${name}${hint}`)
}

function checkNumber(field: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max)
    refuse(field, `a whole number up to ${max}, not ${value}`)
}

function refuse(field: string, why: string): never {
  throw new LograftError('INVALID_REQUEST', `${field}: ${why}`, { field })
}
