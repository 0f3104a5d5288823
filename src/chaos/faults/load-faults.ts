/**
 * What strangers do to a node: they take its processor, or its connections. Both are bounded, and
 * end with this process.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import net from 'node:net'
import { delay } from '../../base/clock.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { within } from '../waiting.ts'
import { allOrNone } from './all-or-none.ts'
import type { FaultKind, Site } from './fault.ts'
import type { Undo } from './undo.ts'

type LoadFaultName = 'starve-cpu' | 'connection-storm'

/** Beside each of which a node has a small share of one core. */
const NEIGHBOURS = 4
/** They end with this process, too, however that ends. */
const BUSY = `
  const parent = process.ppid
  while (process.ppid === parent) {
    const until = Date.now() + 200
    while (Date.now() < until);
  }
`
/** Dialled at once; others wait for these. */
const DIALLED_AT_ONCE = 100
const CONNECTED_WITHIN_MS = 10_000

export const loadFaults: { readonly [Name in LoadFaultName]: FaultKind<Name> } = {
  'starve-cpu': {
    needs: ['signals'],
    describe: ({ on }) => `${on} on one core with ${NEIGHBOURS} busy neighbours`,
    inflict: (_spec, nodes, site) => allOrNone(nodes, (id) => starve(id, site)),
  },
  'connection-storm': {
    needs: [],
    describe: ({ on, connections }) => `${connections} connections to ${on}`,
    inflict: ({ connections }, nodes, site) =>
      allOrNone(nodes, (id) => storm(id, connections, site)),
  },
}

function starve(id: number, { target, draw }: Site): Promise<Undo> {
  const { pid } = target.node(id)
  if (pid === null) throw new Error(`the process of node ${id} is not known`)
  const before = coresOf(pid)
  const core = draw.pick(coresIn(before))
  pin(pid, String(core))
  const neighbours: ChildProcess[] = []
  for (let count = 0; count < NEIGHBOURS; count += 1) {
    const neighbour = spawn(process.execPath, ['-e', BUSY], { stdio: 'ignore' })
    neighbour.on('error', () => undefined)
    if (neighbour.pid !== undefined) pin(neighbour.pid, String(core))
    neighbours.push(neighbour)
  }
  return Promise.resolve(() => {
    for (const neighbour of neighbours) neighbour.kill('SIGKILL')
    // A process that has ended has taken its core along.
    if (target.node(id).pid === pid) pin(pid, before)
    return Promise.resolve()
  })
}

/** Which cores a process may use, as taskset writes it: `0-3,6`. */
function coresOf(pid: number): string {
  const { status, stdout, error } = spawnSync('taskset', ['-c', '-p', String(pid)], {
    encoding: 'utf8',
  })
  if (error) throw new Error('there is no taskset here, which pins a process to a core')
  const cores = /: ([\d,-]+)\s*$/.exec(stdout)?.[1]
  if (status !== 0 || cores === undefined) throw new Error(`taskset does not tell cores of ${pid}`)
  return cores
}

/** All threads of it. */
function pin(pid: number, cores: string): void {
  const { status, stderr } = spawnSync('taskset', ['-a', '-c', '-p', cores, String(pid)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`taskset cannot pin ${pid} to ${cores}: ${stderr.trim()}`)
}

function coresIn(list: string): readonly number[] {
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

async function storm(id: number, connections: number, { target, note, signal }: Site) {
  const { kafka } = target.node(id)
  if (kafka === null) throw new Error(`node ${id} has no Kafka listener`)
  const sockets: net.Socket[] = []
  let open = 0
  for (let from = 0; from < connections && !signal.aborted; from += DIALLED_AT_ONCE) {
    const count = Math.min(DIALLED_AT_ONCE, connections - from)
    const dialled = Array.from({ length: count }, () => dial(kafka, sockets))
    open += (await Promise.all(dialled)).filter((isOpen) => isOpen).length
    await delay(hostClock, 0)
  }
  note(`${open} of ${connections} connections to node ${id} came about`)
  return () => {
    for (const socket of sockets) socket.destroy()
    return Promise.resolve()
  }
}

function dial({ host, port }: HostPort, sockets: net.Socket[]): Promise<boolean> {
  const socket = net.connect({ host, port })
  sockets.push(socket)
  const outcome = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('close', () => resolve(false))
  })
  socket.on('error', () => undefined)
  return within(CONNECTED_WITHIN_MS, 'a connection', outcome).catch(() => false)
}
