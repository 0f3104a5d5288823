/**
 * Which replicas of a topic are held back while they catch up: all of them, or each by its
 * partition and broker (KIP-73). Pure.
 */
import { invalidValue, list, string, type OptionType } from './option.ts'

const ALL = '*'
const REPLICA = /^\d+:\d+$/

const texts = list(string, { mayBeEmpty: true })

/** `*`, or `partition:broker` for each. */
export const throttledReplicas: OptionType<readonly string[]> = {
  ...texts,
  valid: `[${ALL}, [partitionId]:[brokerId],...]`,
  parse(text, name) {
    const parsed = texts.parse(text, name)
    if ('problem' in parsed) return parsed
    const { value } = parsed
    const isAll = value.length === 1 && value[0] === ALL
    if (isAll || value.every((each) => REPLICA.test(each))) return parsed
    const format = '[partitionId]:[brokerId],[partitionId]:[brokerId],...'
    const why = `${name} must be the literal '${ALL}' or a list of replicas in the following format: ${format}`
    return invalidValue(name, text.trim(), why)
  },
}

export function isThrottledReplica(
  throttled: readonly string[],
  { partition, broker }: { readonly partition: number; readonly broker: number },
): boolean {
  if (throttled.length === 0) return false
  return throttled[0] === ALL || setOf(throttled).has(`${partition}:${broker}`)
}

/** Of lists that are in use: every fetch of every follower asks. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

function setOf(list: readonly string[]): ReadonlySet<string> {
  const known = sets.get(list)
  if (known) return known
  const set = new Set(list)
  sets.set(list, set)
  return set
}
