/**
 * Talking to a cluster about topics and their options: how long that may take, and which option was
 * meant by a name that is none, also where the broker does not say so.
 */
import { LograftError } from '../base/errors.ts'
import { Admin } from '../client/admin.ts'
import type { Cluster } from '../client/cluster.ts'
import { BrokerError } from '../client/errors.ts'
import { isTopicOption, meantTopicOption } from '../config/topic-options.ts'
import { errors } from '../wire/errors.ts'

/** What a broker may take for a change; Kafka's tools wait as long. */
const TIMEOUT_MS = 30_000

export const adminOf = (cluster: Cluster) => new Admin(cluster, { timeoutMs: TIMEOUT_MS })

export function isRefusal(thrown: unknown, errorCode: number): thrown is BrokerError {
  return thrown instanceof BrokerError && thrown.errorCode === errorCode
}

/** A misspelt option: Kafka says that it does not know it, this says which was meant. */
export function withMeantOption(thrown: unknown, names: readonly string[]): unknown {
  if (!isRefusal(thrown, errors.INVALID_CONFIG)) return thrown
  const hints = names.flatMap((name) => {
    const meant = isTopicOption(name) ? null : meantTopicOption(name)
    return meant === null || thrown.message.includes(meant) ? [] : [`${name}: ${meant}`]
  })
  if (hints.length === 0) return thrown
  return new LograftError(thrown.code, [thrown.message, ...hints].join('\n  '), { cause: thrown })
}
