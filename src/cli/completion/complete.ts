/**
 * Answers a shell: what may come next on this command line. It is asked with every press of the tab
 * key, so it says nothing when it fails, and a cluster that does not answer at once is not waited
 * for.
 */
import { CommanderError, type Command } from 'commander'
import { Cluster } from '../../client/cluster.ts'
import { GroupAdmin } from '../../client/group-admin.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { hostNet } from '../../host/net.ts'
import { hostRandom } from '../../host/random.ts'
import { BOOTSTRAP_VARIABLE, readPlaces } from '../client-flags.ts'
import { completionOf, type Lookup } from './candidates.ts'
import { FILES } from './scripts.ts'

/** A person waits for it, with a finger on a key. */
const CLUSTER_MS = 1_000
/** More than anybody reads; they type a letter more. */
const NAMES_MAX = 1_000
/** What no shell takes for anything but a word: it is put on the command line as it is. */
const PLAIN = /^[\w.][\w.-]*$/

/** `words`: what stands behind `lograft`, the last one being typed. */
export async function complete(program: Command, words: readonly string[]): Promise<void> {
  const { candidates, lookup, prefix, typed } = completionOf(program, words)
  const names = await namesOf(lookup, words)
  const lines = [
    ...candidates.map(({ word, about }) => (about === '' ? word : `${word}\t${firstLine(about)}`)),
    ...names.filter((name) => name.startsWith(typed)).map((name) => `${prefix}${name}`),
    ...(lookup === 'files' ? [FILES] : []),
  ]
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? ''

async function namesOf(
  lookup: Lookup | null,
  words: readonly string[],
): Promise<readonly string[]> {
  const bootstrap = lookup === null || lookup === 'files' ? null : bootstrapOf(words)
  if (bootstrap === null) return []
  const cluster = new Cluster({
    ...{ net: hostNet, clock: hostClock, random: hostRandom, bootstrap, clientId: 'lograft-cli' },
    ...{ connectTimeoutMs: CLUSTER_MS, greetingTimeoutMs: CLUSTER_MS },
    requestTimeoutMs: CLUSTER_MS,
  })
  const timer = setLimit()
  try {
    const names = await Promise.race([lookUp(cluster, lookup), timer.late])
    return names.filter((name) => PLAIN.test(name)).slice(0, NAMES_MAX)
  } catch {
    return []
  } finally {
    timer.cancel()
    await cluster.close()
  }
}

function setLimit() {
  let cancel = () => {}
  const late = new Promise<readonly string[]>((resolve) => {
    const timer = hostClock.timer(CLUSTER_MS, () => resolve([]))
    cancel = () => timer.cancel()
  })
  return { late, cancel }
}

async function lookUp(cluster: Cluster, lookup: Lookup | null): Promise<readonly string[]> {
  if (lookup === 'groups') {
    const groups = await new GroupAdmin(cluster, { timeoutMs: CLUSTER_MS }).list()
    return groups.map(({ groupId }) => groupId).sort()
  }
  if (lookup === 'brokers') {
    const { brokers } = await cluster.metadata([])
    return brokers.map(({ nodeId }) => String(nodeId)).sort()
  }
  const { topics } = await cluster.metadata(null)
  return topics.flatMap(({ name }) => name ?? []).sort()
}

/** Where this command line says that the cluster is; null when that is no place. */
function bootstrapOf(words: readonly string[]): readonly HostPort[] | null {
  const at = words.findIndex((word) => word === '-b' || word === '--bootstrap')
  const inline = words.find((word) => word.startsWith('--bootstrap='))?.slice('--bootstrap='.length)
  const named = at < 0 ? inline : afterFlag(words, at)
  const text = named ?? process.env[BOOTSTRAP_VARIABLE] ?? '127.0.0.1:9092'
  try {
    return readPlaces(text, { flag: '--bootstrap', port: 9092 })
  } catch (thrown) {
    if (thrown instanceof CommanderError) return null
    throw thrown
  }
}

/** bash cuts `-b host:9092` at the colon, and `--bootstrap=host` at the equal sign. */
function afterFlag(words: readonly string[], at: number): string {
  const rest = words.slice(at + 1).filter((word) => word !== '=')
  return rest[1] === ':' ? rest.slice(0, 3).join('') : (rest[0] ?? '')
}
