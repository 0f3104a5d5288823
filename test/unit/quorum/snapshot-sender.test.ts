/**
 * Goal: a snapshot is on its way for as long as its receiver is wanted by a leader, and no longer:
 * a replica that never comes back costs nothing once it was let go.
 * Method: a real quorum of one whose log begins at a snapshot, and a learner that says it has
 * nothing; the transport keeps what it was asked to send.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hostDisk } from '../../../src/host/disk.ts'
import type { Driver } from '../../../src/quorum/driver.ts'
import type { RaftTransport, RaftTransportEvents } from '../../../src/quorum/ports.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import type { Message } from '../../../src/raft/messages.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'
import { uuid } from '../metadata/images.ts'
import { NO_PEERS } from './no-peers.ts'
import { named, QuorumNode } from './quorum-node.ts'

const LEARNER = replicaKey({ nodeId: asNodeId(2), directoryId: uuid(20) })

let temporary: TempDir
beforeEach(async () => {
  temporary = await tempDir()
})
afterEach(() => temporary[Symbol.asyncDispose]())

/** Takes snapshots and never delivers them; answers appends as a replica with nothing would. */
class Waiting {
  readonly signals: AbortSignal[] = []
  readonly transport: RaftTransport & typeof NO_PEERS
  #events: RaftTransportEvents | null = null
  #asked: (signal: AbortSignal) => void = () => {}

  constructor() {
    this.transport = {
      ...NO_PEERS,
      open: (events) => {
        this.#events = events
      },
      send: (message) => this.#answer(message),
      sendSnapshot: (_to, _snapshot, signal) => {
        this.signals.push(signal)
        this.#asked(signal)
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve(false), { once: true }),
        )
      },
    }
  }

  /** Resolves with the signal of the next snapshot that is asked for. */
  next(): Promise<AbortSignal> {
    return new Promise((resolve) => {
      this.#asked = resolve
    })
  }

  #answer(message: Message): void {
    if (message.type !== 'append') return
    const { to: from, from: to, term, session, previousIndex } = message
    const place = { previousIndex, hintIndex: 0, hintTerm: 0 }
    const rejection: Message = { type: 'append-rejection', from, to, term, session, ...place }
    setImmediate(() => this.#events?.onMessage(rejection))
  }
}

function driverOf({ quorum }: QuorumNode): Driver {
  if (quorum.driver === null) throw new Error('it has not begun')
  return quorum.driver
}

/** A leader whose log begins at a snapshot. */
async function trimmed(transport: Waiting['transport']): Promise<QuorumNode> {
  const directory = `${temporary.path}/__cluster_metadata-0`
  const settings = { disk: hostDisk, directory, transport, maxBytesBetweenSnapshots: 1_000 }
  const node = new QuorumNode(settings)
  await node.start()
  for (let number = 1; (node.quorum.storage?.startIndex ?? 0) === 0; number += 1)
    await node.append(named(`topic-${number}`, number))
  return node
}

test('a snapshot for a replica that is let go is given up', async () => {
  const waiting = new Waiting()
  const node = await trimmed(waiting.transport)
  const driver = driverOf(node)
  const asked = waiting.next()
  const add = { type: 'add-learner', replica: LEARNER } as const
  await driver.ask({ type: 'configure', change: add }).outcome
  const signal = await asked
  expect(signal.aborted).toBe(false)
  const remove = { type: 'remove-learner', replica: LEARNER } as const
  await driver.ask({ type: 'configure', change: remove }).outcome
  expect(signal.aborted).toBe(true)

  const askedAgain = waiting.next()
  await driver.ask({ type: 'configure', change: add }).outcome
  expect((await askedAgain).aborted).toBe(false)
  expect(waiting.signals).toHaveLength(2)
  await node.quorum.close()
  expect(waiting.signals.map(({ aborted }) => aborted)).toEqual([true, true])
  expect(node.fatal).toEqual([])
})
