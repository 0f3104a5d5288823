/**
 * Dynamic configuration: overrides by resource. `broker` with an empty name is the cluster-wide
 * level, where the safety settings live (S12). Values are text, validated before they became
 * records.
 */
import type { NodeId } from '../../base/ids.ts'
import { ImmutableMap } from '../../base/immutable-map.ts'
import type { ConfigRecord, ConfigResourceType } from '../records.ts'

export interface ConfigResource {
  readonly type: ConfigResourceType
  readonly name: string
}

/** The cluster-wide level. */
export const CLUSTER_RESOURCE: ConfigResource = { type: 'broker', name: '' }

export type Overrides = ImmutableMap<string, string>

export interface ConfigsImage {
  /** By `resourceKey`; a resource without overrides is absent. */
  readonly byResource: ImmutableMap<string, Overrides>
}

export const EMPTY_CONFIGS: ConfigsImage = { byResource: ImmutableMap.empty() }

const NO_OVERRIDES: Overrides = ImmutableMap.empty()

/** `topic/orders`, `broker/1`, `broker/` for the cluster. */
function resourceKey({ type, name }: ConfigResource): string {
  return `${type}/${name}`
}

/** The resource of a `resourceKey`. */
export function resourceOf(key: string): ConfigResource {
  const slash = key.indexOf('/')
  const type = key.slice(0, slash) === 'topic' ? 'topic' : 'broker'
  return { type, name: key.slice(slash + 1) }
}

export function overridesOf(image: ConfigsImage, resource: ConfigResource): Overrides {
  return image.byResource.get(resourceKey(resource)) ?? NO_OVERRIDES
}

/** A topic's own overrides. */
export function topicOverrides(image: ConfigsImage, topic: string): Overrides {
  return overridesOf(image, { type: 'topic', name: topic })
}

/** The cluster-wide overrides. */
export function clusterOverrides(image: ConfigsImage): Overrides {
  return overridesOf(image, CLUSTER_RESOURCE)
}

/** What is set for one broker alone. */
export function brokerOverrides(image: ConfigsImage, nodeId: NodeId): Overrides {
  return overridesOf(image, brokerResource(nodeId))
}

export function brokerResource(nodeId: NodeId): ConfigResource {
  return { type: 'broker', name: String(nodeId) }
}

/** Resources whose overrides changed, with what they are now. */
export class ConfigsDelta {
  readonly #was: ConfigsImage
  /** By `resourceKey`. */
  readonly changed = new Map<string, Overrides>()

  constructor(was: ConfigsImage) {
    this.#was = was
  }

  replayConfig({ resourceType, resourceName, key, value }: ConfigRecord): void {
    const resource = resourceKey({ type: resourceType, name: resourceName })
    const overrides = this.#overrides(resource)
    this.changed.set(resource, value === null ? overrides.delete(key) : overrides.set(key, value))
  }

  /** A topic's configs end with it (invariant B11). */
  removeTopic(name: string): void {
    const resource = resourceKey({ type: 'topic', name })
    if (this.#overrides(resource).size > 0) this.changed.set(resource, NO_OVERRIDES)
  }

  /** Makes this the difference to `next`, a state of which the way there is not known. */
  replaceBy(next: ConfigsImage): void {
    for (const resource of this.#was.byResource.keys())
      if (!next.byResource.has(resource)) this.changed.set(resource, NO_OVERRIDES)
    for (const [resource, overrides] of next.byResource) this.changed.set(resource, overrides)
  }

  /** Whether the overrides of `resource` changed. */
  hasChanged(resource: ConfigResource): boolean {
    return this.changed.has(resourceKey(resource))
  }

  apply(): ConfigsImage {
    let { byResource } = this.#was
    for (const [resource, overrides] of this.changed)
      byResource =
        overrides.size === 0 ? byResource.delete(resource) : byResource.set(resource, overrides)
    return { byResource }
  }

  #overrides(resource: string): Overrides {
    return this.changed.get(resource) ?? this.#was.byResource.get(resource) ?? NO_OVERRIDES
  }
}
