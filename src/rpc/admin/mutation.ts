/**
 * What all requests that change metadata have in common: the idempotency key, the question to the
 * active controller, and what is said of faults. Pure but for the question.
 */
import { LograftError } from '../../base/errors.ts'
import type {
  ApplyChangesResult,
  Change,
  ChangeFault,
  RequestKey,
  WantedChange,
} from '../../controller/changes.ts'
import type { Reply } from '../../controller/requests.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { CallOptions } from '../leader-calls.ts'
import { invalid } from './fields.ts'
import type { AdminNode } from './ports.ts'

const { Mutated } = lograft.admin.v1
type Mutation = lograft.admin.v1.Mutation | null

const KEY = /^[\w.:-]{1,64}$/

/** Of a key that the caller did not choose: those have no space in them. */
function requestKeyOf(
  node: Pick<AdminNode, 'digest'>,
  method: string,
  request: { readonly mutation: Mutation },
): RequestKey | null {
  const key = request.mutation?.idempotencyKey ?? ''
  if (key === '') return null
  return {
    key: checkedKey(key, 'mutation.idempotency_key'),
    digest: digestOf(node, method, request),
  }
}

export function checkedKey(key: string, field: string): string {
  if (!KEY.test(key)) invalid(field, 'a key has 1 to 64 of letters, digits, "_", ".", ":" and "-"')
  return key
}

/** Of what a request wants: whatever was written first, and without what is no part of it. */
export function digestOf(node: Pick<AdminNode, 'digest'>, method: string, request: object): string {
  const { mutation: _mutation, ...content } = canonical(request) as Record<string, unknown>
  return node.digest(`${method} ${JSON.stringify(content)}`)
}

/**
 * Keys in order, without those that hold nothing, or what they hold when nothing is said: some
 * languages write a default, others leave it out, and both mean the same.
 */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  // A message has its defaults in its prototype; a map has none.
  const defaults = Object.getPrototypeOf(value) as Readonly<Record<string, unknown>>
  const entries = Object.entries(value)
    .filter(([key, held]) => held !== null && held !== undefined && held !== defaults[key])
    .map(([key, held]) => [key, canonical(held)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries)
}

/** Rejects when the controller refuses, or finds a fault in any of the changes. */
export async function carryOut(
  node: AdminNode,
  wanted: {
    readonly method: string
    readonly request: { readonly mutation: Mutation }
    readonly changes: readonly Change[]
    /** The field that the change at an index was made of. */
    readonly fieldOf: (index: number) => string
  },
  limits: CallOptions,
): Promise<ApplyChangesResult & Reply> {
  const { method, request, changes, fieldOf } = wanted
  const result = await node.applyChanges(
    {
      changes: changes.map((change): WantedChange => ({ change, expects: null })),
      validateOnly: request.mutation?.validateOnly ?? false,
      requestKey: requestKeyOf(node, method, request),
    },
    limits,
  )
  refuseFaults(result.faults, fieldOf)
  return result
}

/** The first one decides; the text tells of the others. */
export function refuseFaults(
  faults: readonly ChangeFault[],
  fieldOf: (index: number) => string,
): void {
  const [first, ...others] = faults
  if (first === undefined) return
  const more = others.length === 0 ? '' : ` (and ${others.length} more fault(s) in this request)`
  const message = `${first.message}${more}; nothing was changed`
  throw new LograftError(first.code, message, { field: fieldOf(first.index) })
}

export function mutatedBy({ appliedAt, metadataOffset }: ApplyChangesResult & Reply) {
  return new Mutated({
    metadataOffset: appliedAt ?? metadataOffset,
    alreadyApplied: appliedAt !== null,
  })
}

/**
 * For what is done elsewhere than in the metadata log: the key is noted there when all of it is
 * done. `look` refuses, or says what `act` goes by: it is not asked what an earlier request with
 * this key did. `act` may be repeated, and finds done what is done.
 */
export async function onceElsewhere<Seen, Result>(
  node: AdminNode,
  wanted: {
    readonly method: string
    readonly request: { readonly mutation: Mutation }
    readonly look: () => Seen | Promise<Seen>
    readonly act: (seen: Seen) => Promise<Result>
    /** Or else the key stays free, so that who asks again gets the rest. Default: it is. */
    readonly isWhole?: (result: Result) => boolean
  },
  limits: CallOptions,
): Promise<{
  readonly mutated: lograft.admin.v1.Mutated
  /** Null: an earlier request with this key did it. */
  readonly seen: Seen | null
  /** Null also when it was only validated. */
  readonly result: Result | null
}> {
  const { method, request, look, act, isWhole = () => true } = wanted
  const requestKey = requestKeyOf(node, method, request)
  const note = (validateOnly: boolean) =>
    node.applyChanges({ changes: [], validateOnly, requestKey }, limits)
  const before = await note(true)
  if (before.appliedAt !== null) return { mutated: mutatedBy(before), seen: null, result: null }
  const seen = await look()
  if (request.mutation?.validateOnly) return { mutated: mutatedBy(before), seen, result: null }
  const result = await act(seen)
  return { mutated: mutatedBy(isWhole(result) ? await note(false) : before), seen, result }
}

export const hasKey = ({ mutation }: { readonly mutation: Mutation }): boolean =>
  (mutation?.idempotencyKey ?? '') !== ''
