/**
 * What `lograft quorum …` does: asks one node, which passes on what only the leader can do. The
 * places given are tried in turn until one answers; what was asked for is asked once.
 */
import { asNodeId } from '../base/ids.ts'
import type { HostPort, Voter } from '../config/addresses.ts'
import { keepAlive } from '../host/keep-alive.ts'
import type { QuorumAdmin } from '../quorum/admin.ts'
import { QuorumClient } from '../rpc/admin/quorum-client.ts'
import { confirmed, type ConfirmFlags } from './confirm.ts'
import { exitCodes } from './exit-codes.ts'
import { explainQuorum } from './explain-quorum.ts'
import { Output } from './output.ts'
import { dialFirst } from './quorum-dial.ts'
import { printQuorum } from './quorum-description.ts'
import { report, type ReportFlags } from './report.ts'
import { complain, fail } from './session.ts'

export interface QuorumFlags extends ReportFlags {
  readonly grpc: readonly HostPort[]
  /** In milliseconds. */
  readonly timeout: number
}

export interface RemoveFlags extends QuorumFlags, ConfirmFlags {
  readonly dryRun?: true
}

export async function status(flags: QuorumFlags): Promise<void> {
  await withQuorum(flags, ({ quorum, output }) =>
    report(output, flags, async () => {
      const description = await quorum.describe()
      return { json: description, text: printQuorum(description) }
    }),
  )
}

export async function transfer(node: number | null, flags: QuorumFlags): Promise<void> {
  await withQuorum(flags, async ({ quorum, output, signal }) => {
    const before = node ?? (await quorum.describe()).leaderId
    await quorum.transfer(node === null ? null : asNodeId(node), signal)
    const leaderId = node ?? (await quorum.describe()).leaderId
    const asBefore = node === null && leaderId === before ? ', as before' : ''
    return report(output, flags, () =>
      Promise.resolve({ json: { leaderId }, text: `node ${leaderId} leads${asBefore}\n` }),
    )
  })
}

export async function add(node: Voter, replaces: number | null, flags: QuorumFlags): Promise<void> {
  await withQuorum(flags, async ({ quorum, output, signal }) => {
    const { nodeId, host, port } = node
    const replaced = replaces === null ? null : asNodeId(replaces)
    await quorum.add({ nodeId: asNodeId(nodeId), host, port }, replaced, signal)
    const instead = replaces === null ? '' : ` in the place of node ${replaces}`
    const json = { added: nodeId, removed: replaces === null ? [] : [replaces] }
    return report(output, flags, () =>
      Promise.resolve({ json, text: `node ${nodeId} votes${instead}\n` }),
    )
  })
}

export async function remove(nodes: readonly number[], flags: RemoveFlags): Promise<void> {
  await withQuorum(flags, async ({ quorum, output, signal }) => {
    const unique = [...new Set(nodes)]
    const { replicas } = await quorum.describe()
    const voters = replicas.filter(({ role }) => role === 'voter').map(({ nodeId }) => nodeId)
    const left = voters.filter((nodeId) => !unique.includes(nodeId))
    const arithmetic = `of ${voters.length} voters ${left.length} are left: ${left.join(', ')}`
    if (!flags.dryRun && !(await confirmed(`${arithmetic}. Go on?`, flags))) {
      complain('nothing is changed')
      return exitCodes.failure.code
    }
    if (!flags.dryRun) await quorum.remove(unique.map(asNodeId), signal)
    const text = flags.dryRun
      ? `${arithmetic}\n`
      : unique.map((node) => `node ${node} votes no more\n`).join('')
    const json = { removed: flags.dryRun ? [] : unique, left }
    const notes = flags.dryRun ? ['nothing is changed: that was a dry run'] : []
    return report(output, flags, () => Promise.resolve({ json, text, notes }))
  })
}

interface QuorumSession {
  readonly quorum: QuorumAdmin
  readonly output: Output
  /** For calls that nobody cancels: they end at their timeout. */
  readonly signal: AbortSignal
}

async function withQuorum(
  { grpc, timeout: timeoutMs }: QuorumFlags,
  action: (session: QuorumSession) => Promise<number>,
): Promise<void> {
  const release = keepAlive()
  let close = () => {}
  try {
    const channel = await dialFirst(grpc, timeoutMs)
    close = () => channel.close()
    const quorum = new QuorumClient(channel, { connectTimeoutMs: timeoutMs, timeoutMs })
    const { signal } = new AbortController()
    process.exitCode = await action({ quorum, output: new Output(), signal })
  } catch (thrown) {
    process.exitCode = fail(thrown, explainQuorum(thrown))
  } finally {
    close()
    release()
  }
}
