/**
 * One run of a command that talks to brokers: connects, acts, closes, and turns whatever goes wrong
 * into one line on standard error and an exit code. What nobody foresaw keeps its stack.
 */
import { asError, isLograftError, LograftError } from '../base/errors.ts'
import { CONNECT_TIMEOUT_MS, Cluster, GREETING_TIMEOUT_MS } from '../client/cluster.ts'
import type { TopicMetadata } from '../client/cluster.ts'
import { BrokerError } from '../client/errors.ts'
import { nearestName } from '../config/nearest.ts'
import { hostClock } from '../host/clock.ts'
import { keepAlive } from '../host/keep-alive.ts'
import { hostNet } from '../host/net.ts'
import { hostRandom } from '../host/random.ts'
import { errors } from '../wire/errors.ts'
import type { ClientFlags } from './client-flags.ts'
import { exitCodeOf, exitCodes, isWrongValue } from './exit-codes.ts'
import { explainClient } from './explain-client.ts'
import { Output } from './output.ts'
import { Waiting } from './waiting.ts'

export interface Session {
  readonly cluster: Cluster
  readonly output: Output
}

/** Kafka's client id of what is sent from here. */
const CLIENT_ID = 'lograft-cli'

/** Who only looks wants to know what is wrong, and not to wait until it passes. */
export const LOOK_MS = 10_000

interface Looking {
  /** For what a command that only looks waits: it says so, and not for longer than `LOOK_MS`. */
  readonly looksFor?: string
}

/** Runs `action` and sets the process's exit code to what it returns, or to that of its failure. */
export async function withCluster(
  { bootstrap, timeout, watch }: ClientFlags,
  action: (session: Session) => Promise<number>,
  { looksFor }: Looking = {},
): Promise<void> {
  const release = keepAlive()
  const waiting = new Waiting({
    explain: (error) => explainClient(error, bootstrap) ?? error.message,
    // What is drawn on a screen is not written over; whoever watches is told of failures there.
    say: (what) => void (watch === undefined && complain(what)),
  })
  if (looksFor !== undefined) waiting.begin(`${looksFor}, ${LOOK_MS / 1_000} s at most`)
  const cluster = new Cluster({
    net: hostNet,
    clock: hostClock,
    random: hostRandom,
    bootstrap,
    clientId: CLIENT_ID,
    onRetry: (error) => waiting.note(error),
    ...(looksFor !== undefined && { requestTimeoutMs: LOOK_MS }),
    ...firstWaits(timeout),
  })
  try {
    // Once, without trying again: who names the wrong place wants to know it now.
    await cluster.connect()
    process.exitCode = await action({ cluster, output: new Output() })
  } catch (thrown) {
    process.exitCode = fail(thrown, explainClient(thrown, bootstrap))
  } finally {
    waiting.end()
    await cluster.close()
    release()
  }
}

/** Neither dialling nor the first answer takes longer than the whole may; 0 is one attempt. */
function firstWaits(timeoutMs: number | undefined) {
  if (timeoutMs === undefined || timeoutMs === 0) return {}
  return {
    connectTimeoutMs: Math.min(timeoutMs, CONNECT_TIMEOUT_MS),
    greetingTimeoutMs: Math.min(timeoutMs, GREETING_TIMEOUT_MS),
  }
}

/** Prints a failure; the exit code for it. `advice` replaces the error's own words. */
export function fail(thrown: unknown, advice: string | null = null): number {
  const error = asError(thrown)
  if (advice !== null) complain(advice)
  else if (isLograftError(error)) complain(error.message)
  else complain(error.stack ?? error.message)
  // Kafka's names of errors mean something else than ours.
  if (!(error instanceof BrokerError)) return exitCodeOf(error)
  return exitCodes[isWrongValue(error.code) ? 'usage' : 'failure'].code
}

/** One line on standard error. */
export function complain(message: string): void {
  process.stderr.write(`lograft: ${message}\n`)
}

/** The exit code of a command that did what it was asked. */
export const DONE = exitCodes.clean.code

/** A topic, or an error that names the one that may have been meant. */
export async function existingTopic(cluster: Cluster, name: string): Promise<TopicMetadata> {
  const topic = await lookUp(cluster, name)
  if (topic) return topic
  throw await unknownTopic(cluster, name)
}

/** A topic, or null when there is none. Throws BrokerError for anything else. */
export async function lookUp(cluster: Cluster, name: string): Promise<TopicMetadata | null> {
  const [topic] = (await cluster.metadata([name])).topics
  if (!topic || topic.errorCode === errors.UNKNOWN_TOPIC_OR_PARTITION) return null
  // Without a leader a topic exists all the same.
  if (topic.errorCode !== errors.NONE && topic.errorCode !== errors.LEADER_NOT_AVAILABLE)
    throw new BrokerError(topic.errorCode, `topic ${name}`)
  return topic
}

export async function unknownTopic(cluster: Cluster, name: string): Promise<LograftError> {
  const nearest = await nearestTopic(cluster, name)
  const hint = nearest ? `did you mean ${nearest}?` : '`lograft topic list` names those there are.'
  return new LograftError('UNKNOWN_TOPIC', `there is no topic ${name}; ${hint}`)
}

/** The existing topic that is nearest to a misspelt name, or null. */
export async function nearestTopic(cluster: Cluster, name: string): Promise<string | null> {
  const { topics } = await cluster.metadata(null)
  const names = topics.flatMap((topic) => (topic.name === null ? [] : [topic.name]))
  // Topic names may differ in case and punctuation only, which nearestName disregards.
  return nearestName(name, names) ?? nearestName(name.toLowerCase(), names)
}
