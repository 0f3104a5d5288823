/**
 * What `lograft quorum …` does: asks one node, which passes on what only the leader can do. The
 * places given are tried in turn until one answers; what was asked for is asked once.
 */
import { asNodeId } from '../base/ids.ts'
import type { HostPort, Voter } from '../config/addresses.ts'
import { keepAlive } from '../host/keep-alive.ts'
import type { QuorumAdmin } from '../quorum/admin.ts'
import { QuorumClient } from '../rpc/admin/quorum-client.ts'
import { fail, DONE } from './session.ts'
import { explainQuorum } from './explain-quorum.ts'
import { Output } from './output.ts'
import { dialFirst } from './quorum-dial.ts'
import { printQuorum } from './quorum-description.ts'

export interface QuorumFlags {
  readonly grpc: readonly HostPort[]
  /** In milliseconds. */
  readonly timeout: number
  readonly json?: true
}

export async function status(flags: QuorumFlags): Promise<void> {
  await withQuorum(flags, async ({ quorum, output }) => {
    const description = await quorum.describe()
    if (flags.json) await output.printJson(description)
    else await output.print(printQuorum(description))
  })
}

export async function transfer(node: number | null, flags: QuorumFlags): Promise<void> {
  await withQuorum(flags, async ({ quorum, output, signal }) => {
    const before = node ?? (await quorum.describe()).leaderId
    await quorum.transfer(node === null ? null : asNodeId(node), signal)
    if (node !== null) return void (await output.print(`node ${node} leads\n`))
    const { leaderId } = await quorum.describe()
    const text =
      leaderId === before ? `node ${leaderId} leads, as before` : `node ${leaderId} leads`
    await output.print(`${text}\n`)
  })
}

export async function add(node: Voter, replaces: number | null, flags: QuorumFlags): Promise<void> {
  await withQuorum(flags, async ({ quorum, output, signal }) => {
    const { nodeId, host, port } = node
    const replaced = replaces === null ? null : asNodeId(replaces)
    await quorum.add({ nodeId: asNodeId(nodeId), host, port }, replaced, signal)
    const instead = replaces === null ? '' : ` in the place of node ${replaces}`
    await output.print(`node ${nodeId} votes${instead}\n`)
  })
}

export async function remove(nodes: readonly number[], flags: QuorumFlags): Promise<void> {
  await withQuorum(flags, async ({ quorum, output, signal }) => {
    const unique = [...new Set(nodes)]
    await quorum.remove(unique.map(asNodeId), signal)
    await output.print(unique.map((node) => `node ${node} votes no more\n`).join(''))
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
  action: (session: QuorumSession) => Promise<void>,
): Promise<void> {
  const release = keepAlive()
  let close = () => {}
  try {
    const channel = await dialFirst(grpc, timeoutMs)
    close = () => channel.close()
    const quorum = new QuorumClient(channel, { connectTimeoutMs: timeoutMs, timeoutMs })
    await action({ quorum, output: new Output(), signal: new AbortController().signal })
    process.exitCode = DONE
  } catch (thrown) {
    process.exitCode = fail(thrown, explainQuorum(thrown))
  } finally {
    close()
    release()
  }
}
