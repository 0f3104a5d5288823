/**
 * What a client of `Changes.Watch` holds, by the rules of proto/lograft/admin/v1/changes.proto and
 * nothing else: a set of things by key. It throws on whatever the rules rule out: an earlier state
 * after a later one, an entry outside a snapshot with a gap in it, half of an entry.
 */
import assert from 'node:assert'
import type { lograft } from '../../src/gen/lograft/admin/v1/admin.js'

type WatchEvent = lograft.admin.v1.WatchEvent
type Change = lograft.admin.v1.Change
type IWatchRequest = lograft.admin.v1.IWatchRequest

export class HeldState {
  #things = new Map<string, unknown>()
  #clusterId = ''
  /** Everything up to here is held; -1 for nothing. */
  #offset = -1
  /** While a snapshot comes: what it has brought so far. */
  #coming: Map<string, unknown> | null = null
  /** Of an entry of which more comes: nothing of it counts before it is whole. */
  #unfinished: Change[] = []
  snapshots = 0
  entries = 0

  /** How to go on where this stopped; what was not whole is asked for again. */
  get resumption(): IWatchRequest {
    this.#coming = null
    this.#unfinished = []
    if (this.#offset < 0) return {}
    return { afterOffset: this.#offset, clusterId: this.#clusterId }
  }

  get offset(): number {
    return this.#offset
  }

  /** By key, in the order of the keys. */
  get things(): Readonly<Record<string, unknown>> {
    const sorted = [...this.#things].sort(([one], [other]) => (one < other ? -1 : 1))
    return Object.fromEntries(sorted)
  }

  apply({ snapshotBegin, entry, snapshotEnd, heartbeat }: WatchEvent): void {
    if (snapshotBegin !== null) {
      this.#clusterId = snapshotBegin.clusterId
      this.#coming = new Map()
      this.snapshots += 1
    }
    if (entry !== null) this.#applyEntry(entry)
    if (snapshotEnd !== null) {
      assert(this.#coming !== null, 'a snapshot ends that has begun')
      assert(snapshotEnd.metadataOffset >= this.#offset, 'no earlier state after a later one')
      this.#things = this.#coming
      this.#coming = null
      this.#offset = snapshotEnd.metadataOffset
    }
    if (heartbeat !== null) {
      assert(heartbeat.metadataOffset >= this.#offset, 'a heartbeat is of now')
      this.#offset = heartbeat.metadataOffset
    }
  }

  #applyEntry({ metadataOffset, more, changes }: lograft.admin.v1.Entry): void {
    if (this.#coming !== null) {
      for (const change of changes) applyTo(this.#coming, change)
      return
    }
    assert(metadataOffset > this.#offset, 'entries come in their order, each once')
    this.#unfinished.push(...changes)
    if (more) return
    for (const change of this.#unfinished) applyTo(this.#things, change)
    this.#unfinished = []
    this.#offset = metadataOffset
    this.entries += 1
  }
}

function applyTo(things: Map<string, unknown>, change: Change): void {
  const { broker, brokerGone, controller, topic, topicGone, partition, config, configGone } = change
  if (broker) things.set(`broker ${broker.brokerId}`, plain(broker))
  else if (brokerGone !== null) assert(things.delete(`broker ${brokerGone}`), 'it was there')
  else if (controller) things.set(`controller ${controller.nodeId}`, plain(controller))
  else if (topic) things.set(`topic ${topic.topicId}`, plain(topic))
  else if (topicGone) removeTopic(things, topicGone)
  else if (partition?.state)
    things.set(`partition ${partition.topicId}-${partition.state.partition}`, plain(partition))
  else if (config) things.set(configKey(config), plain(config))
  else if (configGone)
    assert(things.delete(configKey(configGone)), `it was set: ${configKey(configGone)}`)
  else if (change.feature) things.set(`feature ${change.feature.name}`, plain(change.feature))
  else throw new Error(`a change of a kind that is not known: ${JSON.stringify(change)}`)
}

function removeTopic(things: Map<string, unknown>, gone: lograft.admin.v1.WatchedTopic): void {
  assert(things.delete(`topic ${gone.topicId}`), 'a topic goes that was there')
  for (const key of things.keys())
    if (key.startsWith(`partition ${gone.topicId}-`) || key.startsWith(`config 1/${gone.name}/`))
      things.delete(key)
}

function configKey({ resource, name }: lograft.admin.v1.WatchedConfig): string {
  return `config ${resource?.type}/${resource?.name}/${name}`
}

/** Without the class, and what is not there. */
const plain = (message: object): unknown => JSON.parse(JSON.stringify(message))
