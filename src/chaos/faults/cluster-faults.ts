/**
 * What administrators do while everything is in use: replicas move, topics come and go, a
 * controller leaves the quorum and joins it again.
 */
import { asNodeId } from '../../base/ids.ts'
import { Admin } from '../../client/admin.ts'
import { Cluster } from '../../client/cluster.ts'
import { ReplicaAdmin, type WantedReplicas } from '../../client/replica-admin.ts'
import type { HostPort } from '../../config/addresses.ts'
import { formatHostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { hostNet } from '../../host/net.ts'
import { hostRandom } from '../../host/random.ts'
import { PEER_KEEPALIVE, RpcChannel } from '../../rpc/channel.ts'
import { QuorumClient } from '../../rpc/admin/quorum-client.ts'
import { errorName, errors } from '../../wire/errors.ts'
import { eventually, within } from '../waiting.ts'
import type { FaultKind, Site } from './fault.ts'
import type { Undo } from './undo.ts'
import { allOrNone } from './all-or-none.ts'

type ClusterFaultName = 'reassign' | 'topic-churn' | 'replace-controller'

const CALL_MS = 20_000
const JOINED_WITHIN_MS = 90_000
const CHURNED = 'chaos-churn'

export const clusterFaults: { readonly [Name in ClusterFaultName]: FaultKind<Name> } = {
  reassign: {
    needs: [],
    describe: ({ topic }) => `a replica of ${topic} moves, and back`,
    inflict: ({ topic }, _nodes, site) => reassign(topic, site),
  },
  'topic-churn': {
    needs: [],
    describe: ({ topics }) => `${topics} topics come and go`,
    inflict: ({ topics }, _nodes, site) => churn(topics, site),
  },
  'replace-controller': {
    needs: ['admin', 'signals', 'start'],
    describe: ({ on }) => `${on} leaves the quorum, and joins it again`,
    inflict: (_spec, nodes, site) => allOrNone(nodes, (id) => leaveQuorum(id, site)),
  },
}

async function asking<Answer>(
  { target }: Site,
  ask: (cluster: Cluster) => Promise<Answer>,
): Promise<Answer> {
  const cluster = new Cluster({
    ...{ net: hostNet, clock: hostClock, random: hostRandom, clientId: 'chaos' },
    ...{ bootstrap: target.bootstrap, connectTimeoutMs: 2_000, requestTimeoutMs: CALL_MS },
  })
  try {
    return await ask(cluster)
  } finally {
    await cluster.close()
  }
}

/** To a broker that has none; where all have one, a follower does without for a while. */
async function reassign(topic: string, site: Site): Promise<Undo> {
  const partitions = await site.view.describe(topic)
  if (!partitions) throw new Error(`nobody tells of topic ${topic}`)
  const { partition, replicas, leader } = site.draw.pick(partitions)
  const running = site.target.nodes.filter(({ kafka, isRunning }) => kafka && isRunning)
  const added = running.map(({ id }) => id).filter((id) => !replicas.includes(id))
  const leaving = site.draw.pick(replicas.filter((id) => id !== leader))
  const others = replicas.filter((id) => id !== leaving)
  const moved = added.length > 0 ? [...others, site.draw.pick(added)] : others
  site.note(`${topic}-${partition}: replicas ${replicas.join()} become ${moved.join()}`)
  await move({ topic, partition, replicas: moved }, site)
  return () => move({ topic, partition, replicas }, site)
}

function move(wanted: WantedReplicas, site: Site): Promise<void> {
  return asking(site, async (cluster) => {
    const admin = new ReplicaAdmin(cluster, { timeoutMs: CALL_MS })
    const [outcome] = await admin.reassign([wanted])
    if (outcome && outcome.errorCode !== errors.NONE)
      throw new Error(outcome.errorMessage ?? errorName(outcome.errorCode))
  })
}

/** Topics of numbers of their own: several may come and go at a time. */
async function churn(topics: number, site: Site): Promise<Undo> {
  const names = Array.from(
    { length: topics },
    (_, index) => `${CHURNED}-${site.draw.int(0, 999_999)}-${index}`,
  )
  const created: string[] = []
  const forget = async () => {
    await asking(site, async (cluster) => {
      const admin = new Admin(cluster, { timeoutMs: CALL_MS })
      for (const name of created.splice(0)) await admin.deleteTopic(name)
    })
  }
  try {
    await asking(site, async (cluster) => {
      const admin = new Admin(cluster, { timeoutMs: CALL_MS })
      for (const name of names) {
        if (site.signal.aborted) break
        created.push(name)
        await admin.createTopic({
          ...{ name, partitions: -1, replicationFactor: -1, configs: new Map() },
        })
      }
    })
    return forget
  } catch (thrown) {
    await forget().catch(() => undefined)
    throw thrown
  }
}

/** It goes on as it is until the fault is taken back; then it is started again and added. */
async function leaveQuorum(id: number, site: Site): Promise<Undo> {
  const { grpc } = site.target.node(id)
  if (grpc === null) throw new Error(`node ${id} has no gRPC listener`)
  const nodeId = asNodeId(id)
  await onQuorum(id, site, (quorum, signal) => quorum.remove([nodeId], signal))
  let isBack = false
  return async () => {
    if (isBack) return
    isBack = true
    // It is in service only when it has been added, and can be added only when it was started.
    const letGo = await site.lives.hold(id, 'SIGTERM')
    const inService = letGo()
    inService.catch(() => undefined)
    await eventually(JOINED_WITHIN_MS, `node ${id} in the quorum`, async () => {
      if ((await site.view.askQuorum())?.voters.includes(id)) return true
      await onQuorum(id, site, (quorum, signal) =>
        quorum.add({ nodeId, ...grpc }, null, signal),
      ).catch(() => undefined)
      return false
    })
    await inService
  }
}

/** Through a node that runs, another one if there is. */
async function onQuorum(
  id: number,
  { target }: Site,
  ask: (quorum: QuorumClient, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const running = target.nodes.filter(
    ({ grpc, isRunning, isPaused }) => grpc && isRunning && !isPaused,
  )
  const asked = running.find((node) => node.id !== id) ?? running[0]
  if (!asked?.grpc) throw new Error('no controller runs')
  const channel = channelTo(asked.grpc)
  const abort = new AbortController()
  const limits = { connectTimeoutMs: 5_000, timeoutMs: CALL_MS }
  try {
    const quorum = new QuorumClient(channel, limits)
    await within(CALL_MS + 5_000, 'an answer of the quorum', ask(quorum, abort.signal))
  } finally {
    abort.abort()
    channel.close()
  }
}

function channelTo(to: HostPort): RpcChannel {
  return new RpcChannel({
    ...{ to, clock: hostClock, keepalive: PEER_KEEPALIVE },
    ends: { from: 'chaos', to: formatHostPort(to) },
    fatal: (error) => {
      throw error
    },
  })
}
