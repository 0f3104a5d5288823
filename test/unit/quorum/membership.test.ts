/**
 * Goal: a voter that is being added leaves nothing behind that nobody can mend: not when its disk
 * is lost on the way, not when the leader stops.
 * Method: a real quorum of one; the node to be added answers who it is, and never catches up.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostDisk } from '../../../src/host/disk.ts'
import { Membership } from '../../../src/quorum/membership.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'
import { uuid } from '../metadata/images.ts'
import { NO_PEERS } from './no-peers.ts'
import { type QuorumNode, started } from './quorum-node.ts'

const ADDED = { nodeId: asNodeId(2), host: 'localhost', port: 9093 }
const onDisk = (disk: number) => replicaKey({ nodeId: ADDED.nodeId, directoryId: uuid(100 + disk) })

let temporary: TempDir
let node: QuorumNode
/** The disk on which the added node is found. */
let disk = 1

beforeEach(async () => {
  temporary = await tempDir()
  disk = 1
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
    const unfounded = { clusterId: null, founders: null, founded: false }
    return Promise.resolve({ replica: onDisk(disk), incarnationId: uuid(9), ...unfounded })
  },
}

function membership(): Membership {
  const image = () => node.loader.committedImage
  const register = () => Promise.resolve()
  return new Membership({ quorum: node.quorum, clock: hostClock, peers, image, register })
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

test('a leader that stops in between says so, and is not broken', async () => {
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
