/** One load on all peers in turns, a fresh topic for each run; medians of what came out. */
import { spawn } from 'node:child_process'
import { runRequests } from '../../src/cli/bench/request-load.ts'
import { batchOf, produceSource } from '../../src/cli/bench/requests.ts'
import { createTopic, deleteTopic } from '../../test/support/calls.ts'
import type { Address } from '../../test/support/client.ts'
import { Client } from '../../test/support/client.ts'
import { within } from '../../test/support/within.ts'
import { median } from '../compare.ts'
import { statsOf } from '../process-stats.ts'
import type { ClientRun, ForeignClient, Work } from './clients.ts'
import { readRun, RECORD_BYTES } from './clients.ts'

export interface Peer {
  readonly name: string
  /** `host:port`. */
  readonly bootstrap: string
  /** Of the broker, where it runs on this machine and is known. */
  readonly pid: number | null
}

export interface Case {
  readonly name: string
  readonly client: ForeignClient
  /** It reads what was produced before, and that is not measured. */
  readonly reads: boolean
  readonly acks: Work['acks']
  readonly compression: Work['compression']
}

export interface Result {
  readonly peer: string
  readonly run: ClientRun | null
  readonly cpuSecondsPerGB: number | null
  readonly residentMB: number | null
  /** The client's last words, when it did not do what it should. */
  readonly failure: string | null
  /** The peer has no consumer groups, and the client cannot do without: nobody failed. */
  readonly isUnserved: boolean
}

export interface Figures {
  readonly name: string
  readonly results: readonly Result[]
}

/** How a broker without a group coordinator turns Kafka's consumer away. */
const NO_GROUPS = 'GroupAuthorizationException'
const CLIENT_DEADLINE_MS = 300_000

export async function measureCase(
  one: Case,
  peers: readonly Peer[],
  { records, rounds }: { records: number; rounds: number },
): Promise<Figures> {
  const all = new Map(peers.map(({ name }) => [name, [] as Result[]]))
  for (let round = 0; round < rounds; round += 1)
    for (const peer of peers) all.get(peer.name)?.push(await measureOne(one, peer, records))
  const speed = ({ run }: Result) => run?.megabytesPerSecond ?? 0
  const results = [...all.values()].map((runs) =>
    median(runs.sort((first, second) => speed(first) - speed(second))),
  )
  return { name: one.name, results }
}

/** Takes a peer's first, slow seconds: most of a JVM's code is compiled when it has run a while. */
export async function warmUp({ bootstrap }: Peer, records: number): Promise<void> {
  const address = addressOf(bootstrap)
  await using client = await Client.connect(address)
  const topic = nextTopic()
  await createTopic(client, topic)
  await fill(address, topic, records)
  await deleteTopic(client, topic)
}

async function measureOne(one: Case, peer: Peer, records: number): Promise<Result> {
  const topic = nextTopic()
  const { bootstrap, pid } = peer
  const address = addressOf(bootstrap)
  await using client = await Client.connect(address)
  await createTopic(client, topic)
  try {
    const work = { bootstrap, topic, records, acks: one.acks, compression: one.compression }
    if (one.reads) await fill(address, topic, records)
    const before = pid === null ? null : statsOf(pid)
    const { status, output } = await execute(one.client(work))
    const after = pid === null ? null : statsOf(pid)
    const run = status === 0 ? readRun(output) : null
    const cpuSeconds = before && after && run ? after.cpuSeconds - before.cpuSeconds : null
    return {
      peer: peer.name,
      run,
      cpuSecondsPerGB: cpuSeconds === null ? null : cpuSeconds / ((records * RECORD_BYTES) / 1e9),
      residentMB: after && run ? after.residentBytes / 1e6 : null,
      failure: run ? null : (output.trim().split('\n').at(-1) ?? ''),
      isUnserved: !run && output.includes(NO_GROUPS),
    }
  } finally {
    await deleteTopic(client, topic)
  }
}

let topics = 0
const nextTopic = () => `peers-${process.pid}-${(topics += 1)}`

function addressOf(bootstrap: string): Address {
  const at = bootstrap.lastIndexOf(':')
  return { host: bootstrap.slice(0, at), port: Number(bootstrap.slice(at + 1)) }
}

/** What a consumer will read, produced by our own load: a foreign one's time is not wanted. */
async function fill(address: Address, topic: string, records: number): Promise<void> {
  const batch = batchOf(RECORD_BYTES, 100 * RECORD_BYTES)
  await runRequests([produceSource({ address, topic, partition: 0 }, batch, -1)], {
    inFlight: 5,
    durationMs: CLIENT_DEADLINE_MS,
    requestsMax: Math.ceil(records / 100),
  })
}

/** Runs a client to its end; what it printed on both streams. */
async function execute({ command, args }: ReturnType<ForeignClient>) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (text: Buffer) => (output += text.toString())
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  try {
    return { status: await within(CLIENT_DEADLINE_MS, `the end of ${command}`, closed), output }
  } finally {
    child.kill('SIGKILL')
  }
}
