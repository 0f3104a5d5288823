/**
 * Goal: a voter that is being added leaves nothing behind that nobody can mend: not when its disk
 * is lost on the way, not when the leader stops, and not a broker that cannot serve.
 * Method: a real quorum of one; the node to be added answers who it is, and never catches up.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { ImmutableMap } from '../../../src/base/immutable-map.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostDisk } from '../../../src/host/disk.ts'
import { Membership, type MembershipOptions } from '../../../src/quorum/membership.ts'
import type { BrokerRegistration } from '../../../src/metadata/image/cluster.ts'
import type { Introduction } from '../../../src/quorum/ports.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'
import { uuid } from '../metadata/images.ts'
import { NO_PEERS } from './no-peers.ts'
import { type QuorumNode, started } from './quorum-node.ts'

const ADDED = { nodeId: asNodeId(2), host: 'localhost', port: 9093 }
const onDisk = (disk: number) => replicaKey({ nodeId: added.nodeId, directoryId: uuid(100 + disk) })

let temporary: TempDir
let node: QuorumNode
/** The node that answers where a node to be added is looked for. */
let added = ADDED
/** The disk on which it is found. */
let disk = 1
/** What it is bound to. */
let bound: Pick<Introduction, 'clusterId' | 'founders' | 'founded'>
const NOTHING = { clusterId: null, founders: null, founded: false }
const CLUSTER = uuid(50)

beforeEach(async () => {
  temporary = await tempDir()
  added = ADDED
  disk = 1
  bound = NOTHING
  const options = { disk: hostDisk, directory: `${temporary.path}/__cluster_metadata-0` }
  // With a log that is empty at the election everybody has caught up.
  await (await started(options)).quorum.close()
  node = await started(options)
})
afterEach(async () => {
  await node.quorum.close()
  await temporary[Symbol.asyncDispose]()
})

const peers = {
  ...NO_PEERS,
  introduce: () => {
    return Promise.resolve({ replica: onDisk(disk), incarnationId: uuid(9), ...bound })
  },
}

interface Scene {
  readonly broker?: BrokerRegistration
  readonly fence?: MembershipOptions['fence']
}

function membership({ broker, fence = () => Promise.reject(new Error('fenced')) }: Scene = {}) {
  const image = () => {
    const { committedImage } = node.loader
    const brokers = ImmutableMap.from(broker ? [[broker.nodeId, broker]] : [])
    return { ...committedImage, clusterId: CLUSTER, brokers }
  }
  const register = () => Promise.resolve()
  return new Membership({ quorum: node.quorum, clock: hostClock, peers, image, register, fence })
}

const learners = () => node.quorum.driver?.raft.configuration.learners

/** Resolves when the node is a learner, and its catching up is waited for. */
async function beginsToAdd(signal: AbortSignal) {
  const adding = membership().add(ADDED, null, signal)
  adding.catch(() => {})
  const isLearner = () => learners()?.includes(onDisk(disk)) === true
  await node.quorum.until(isLearner, new AbortController().signal)
  return { adding }
}

test('a learner whose disk is replaced takes the place of the one it was', async () => {
  const impatient = new AbortController()
  const { adding } = await beginsToAdd(impatient.signal)
  impatient.abort()
  await expect(adding).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
  disk = 2
  const patient = new AbortController()
  const { adding: again } = await beginsToAdd(patient.signal)
  expect(learners()).toEqual([onDisk(2)])
  patient.abort()
  await expect(again).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
})

test('a node of another quorum is refused, one that voted here long ago is not', async () => {
  const founders = [replicaKey({ nodeId: asNodeId(8), directoryId: uuid(88) })]
  const { signal } = new AbortController()
  bound = { clusterId: uuid(51), founders, founded: true }
  await expect(membership().add(ADDED, null, signal)).rejects.toMatchObject({
    code: 'INCONSISTENT_CLUSTER_ID',
  })
  bound = { clusterId: null, founders, founded: false }
  await expect(membership().add(ADDED, null, signal)).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
    message: 'node 2 is part of another quorum; empty its directory',
  })
  bound = { clusterId: CLUSTER, founders, founded: true }
  const impatient = new AbortController()
  const { adding } = await beginsToAdd(impatient.signal)
  impatient.abort()
  await expect(adding).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
})

test('a node is added, or let go, only with the disk that was named', async () => {
  const { signal } = new AbortController()
  const other = membership().add({ ...ADDED, directoryId: uuid(102) }, null, signal)
  await expect(other).rejects.toMatchObject({
    code: 'INVALID_VOTER_KEY',
    message: `node 2 has directory id ${uuid(101)}, not ${uuid(102)}`,
  })
  expect(learners()).toEqual([])
  const impatient = new AbortController()
  const adding = membership().add({ ...ADDED, directoryId: uuid(101) }, null, impatient.signal)
  impatient.abort()
  await expect(adding).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
  expect(learners()).toEqual([onDisk(1)])
  await expect(membership().remove([ADDED.nodeId], signal, uuid(102))).rejects.toMatchObject({
    code: 'VOTER_NOT_FOUND',
    message: `node 2 with directory id ${uuid(102)} is not part of the quorum`,
  })
  await membership().remove([ADDED.nodeId], signal, uuid(101))
  expect(learners()).toEqual([])
})

describe('a node whose id a broker with another disk has', () => {
  const nodeId = ADDED.nodeId
  const broker = {
    ...{ nodeId, brokerEpoch: 7, incarnationId: uuid(8), directoryId: uuid(99) },
    ...{ host: 'localhost', port: 9092, rack: null, fenced: false, inControlledShutdown: false },
  }
  const { signal } = new AbortController()

  test('is not added: two machines were given one id', async () => {
    const added = membership({ broker }).add(ADDED, null, signal)
    const message = /^broker 2 is in service with another directory: give the new node another/
    await expect(added).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringMatching(message) as unknown,
    })
    const instead = membership({ broker }).add(ADDED, asNodeId(1), signal)
    await expect(instead).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
    expect(learners()).toEqual([])
  })

  test('is added when it is the same disk, or one that is fenced', async () => {
    for (const other of [{ directoryId: uuid(101) }, { fenced: true }]) {
      const impatient = new AbortController()
      const adding = membership({ broker: { ...broker, ...other } }).add(
        ADDED,
        null,
        impatient.signal,
      )
      impatient.abort()
      await expect(adding).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
    }
  })

  test('takes its place when it replaces it, before it is a learner', async () => {
    const self = asNodeId(1)
    const fenced: unknown[] = []
    const fence: MembershipOptions['fence'] = (which) => {
      fenced.push(which, learners())
      return Promise.resolve()
    }
    added = { ...ADDED, nodeId: self }
    const own = { ...broker, nodeId: self }
    const impatient = new AbortController()
    impatient.abort()
    const adding = membership({ broker: own, fence }).add(added, self, impatient.signal)
    await expect(adding).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
    expect(fenced).toEqual([{ nodeId: self, brokerEpoch: 7 }, []])
    expect(learners()).toEqual([onDisk(1)])
  })
})

test('a leader that stops sends whoever adds a voter elsewhere', async () => {
  const { adding } = await beginsToAdd(new AbortController().signal)
  // Its catching up is waited for now.
  const isCommitted = () => node.quorum.driver?.raft.configurationsInDoubt.length === 1
  await node.quorum.until(isCommitted, new AbortController().signal)
  await node.quorum.close()
  await expect(adding).rejects.toBeInstanceOf(LograftError)
})

test('what was removed in part is not asked for as a whole again', async () => {
  const driver = node.quorum.driver
  if (driver === null) throw new Error('it has not begun')
  const keys = [2, 3].map((id) => replicaKey({ nodeId: asNodeId(id), directoryId: uuid(id) }))
  for (const replica of keys)
    await driver.ask({ type: 'configure', change: { type: 'add-learner', replica } }).outcome
  const isPartlyDone = () =>
    driver.raft.configurationsInDoubt.every((configuration) => configuration.learners.length === 1)
  const { signal } = new AbortController()
  const removing = membership().remove([asNodeId(2), asNodeId(3)], signal)
  removing.catch(() => {})
  await node.quorum.until(isPartlyDone, signal)
  await node.quorum.close()
  await expect(removing).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
})
