/**
 * Who the cluster is and which brokers it knows: image and delta side by side. Replay asserts what
 * a command must have checked before; a committed record that cannot be applied is a bug.
 */
import assert from 'node:assert'
import type { NodeId } from '../../base/ids.ts'
import type { ImmutableMap } from '../../base/immutable-map.ts'
import type {
  BrokerRegistrationChangeRecord,
  ClusterIdRecord,
  FeatureLevelRecord,
  RegisterBrokerRecord,
  RegisterControllerRecord,
  UnregisterBrokerRecord,
} from '../records.ts'

export interface BrokerRegistration {
  readonly nodeId: NodeId
  /** Fresh for every process. */
  readonly incarnationId: string
  /** Of the disk's contents (KIP-858). */
  readonly directoryId: string
  /** Fences requests of earlier processes (docs/GLOSSARY.md: the numbers that fence). */
  readonly brokerEpoch: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  /** Registered, but may not lead or serve. */
  readonly fenced: boolean
  /** Moving its leaders away before it stops. */
  readonly inControlledShutdown: boolean
}

/** Where a controller is found, and which of its lives said so. */
export interface ControllerRegistration {
  readonly nodeId: NodeId
  readonly directoryId: string
  readonly incarnationId: string
  readonly host: string
  readonly port: number
}

/** May lead and be in an ISR (KIP-841). */
export function isActive(broker: BrokerRegistration | undefined): boolean {
  return broker !== undefined && !broker.fenced && !broker.inControlledShutdown
}

/** The part of the image this file answers for. */
export interface ClusterImage {
  readonly clusterId: string | null
  readonly features: ImmutableMap<string, number>
  readonly brokers: ImmutableMap<NodeId, BrokerRegistration>
  readonly controllers: ImmutableMap<NodeId, ControllerRegistration>
}

/** Changes to the cluster: the present value where one changed, null where a broker left. */
export class ClusterDelta {
  readonly #was: ClusterImage
  readonly changedBrokers = new Map<NodeId, BrokerRegistration | null>()
  readonly changedControllers = new Map<NodeId, ControllerRegistration | null>()
  readonly changedFeatures = new Map<string, number>()
  #clusterId: string | null

  constructor(was: ClusterImage) {
    this.#was = was
    this.#clusterId = was.clusterId
  }

  broker(nodeId: NodeId): BrokerRegistration | undefined {
    const changed = this.changedBrokers.get(nodeId)
    return changed === undefined ? this.#was.brokers.get(nodeId) : (changed ?? undefined)
  }

  replayClusterId({ clusterId }: ClusterIdRecord): void {
    assert(this.#clusterId === null, 'a cluster is founded once')
    this.#clusterId = clusterId
  }

  replayFeatureLevel({ name, level }: FeatureLevelRecord): void {
    this.changedFeatures.set(name, level)
  }

  replayRegisterBroker({ type: _, ...registration }: RegisterBrokerRecord): void {
    const was = this.broker(registration.nodeId)
    assert(
      was === undefined || was.brokerEpoch <= registration.brokerEpoch,
      'a broker epoch never goes back',
    )
    this.changedBrokers.set(registration.nodeId, registration)
  }

  replayUnregisterBroker({ nodeId, brokerEpoch }: UnregisterBrokerRecord): void {
    this.#registered(nodeId, brokerEpoch)
    this.changedBrokers.set(nodeId, null)
  }

  replayBrokerRegistrationChange(change: BrokerRegistrationChangeRecord): void {
    const was = this.#registered(change.nodeId, change.brokerEpoch)
    this.changedBrokers.set(change.nodeId, {
      ...was,
      fenced: change.fenced ?? was.fenced,
      inControlledShutdown: change.inControlledShutdown ?? was.inControlledShutdown,
    })
  }

  replayRegisterController({ type: _, ...registration }: RegisterControllerRecord): void {
    this.changedControllers.set(registration.nodeId, registration)
  }

  /** Makes this the difference to `next`, a state of which the way there is not known. */
  replaceBy(next: ClusterImage): void {
    this.#clusterId = next.clusterId
    for (const nodeId of this.#was.brokers.keys())
      if (!next.brokers.has(nodeId)) this.changedBrokers.set(nodeId, null)
    for (const [nodeId, broker] of next.brokers) this.changedBrokers.set(nodeId, broker)
    for (const nodeId of this.#was.controllers.keys())
      if (!next.controllers.has(nodeId)) this.changedControllers.set(nodeId, null)
    for (const [nodeId, found] of next.controllers) this.changedControllers.set(nodeId, found)
    for (const name of this.#was.features.keys())
      if (!next.features.has(name)) this.changedFeatures.set(name, 0)
    for (const [name, level] of next.features) this.changedFeatures.set(name, level)
  }

  apply(): ClusterImage {
    let { brokers, controllers, features } = this.#was
    for (const [nodeId, broker] of this.changedBrokers)
      brokers = broker === null ? brokers.delete(nodeId) : brokers.set(nodeId, broker)
    for (const [nodeId, found] of this.changedControllers)
      controllers = found === null ? controllers.delete(nodeId) : controllers.set(nodeId, found)
    for (const [name, level] of this.changedFeatures)
      features = level === 0 ? features.delete(name) : features.set(name, level)
    return { clusterId: this.#clusterId, features, brokers, controllers }
  }

  #registered(nodeId: NodeId, brokerEpoch: number): BrokerRegistration {
    const was = this.broker(nodeId)
    assert(was !== undefined, `broker ${nodeId} is registered`)
    assert(was.brokerEpoch === brokerEpoch, `broker ${nodeId} is in epoch ${brokerEpoch}`)
    return was
  }
}
