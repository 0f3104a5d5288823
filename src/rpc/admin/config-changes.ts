/**
 * Configurations: what changes them (proto/lograft/admin/v1/topics.proto). It makes changes of
 * requests; what they do is the active controller's.
 */
import type { Change } from '../../controller/changes.ts'
import type { ConfigOperation } from '../../controller/requests.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { ConfigResource } from '../../metadata/image/configs.ts'
import { CLUSTER_RESOURCE } from '../../metadata/image/configs.ts'
import type { Served } from '../handlers.ts'
import { distinct, invalid, someOf } from './fields.ts'
import { configMethods } from './methods.ts'
import { carryOut, mutatedBy } from './mutation.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'

const { ResourceType } = lograft.admin.v1
type Resource = lograft.admin.v1.Resource
type ConfigChange = lograft.admin.v1.ConfigChange

export function configChanges(node: AdminNode): readonly Served[] {
  return [
    serveAdmin(configMethods.alter, async (request, caller) => {
      const fieldOf = (index: number) => `changes[${index}]`
      const changes = someOf(request.changes, 'changes').map((change, index) =>
        alterConfigs(change, fieldOf(index)),
      )
      distinct(request.changes, 'changes', ({ resource }) => `${resource?.type}/${resource?.name}`)
      const wanted = { method: 'Configs.Alter', request, changes, fieldOf }
      return mutatedBy(await carryOut(node, wanted, limitsOf(caller)))
    }),
  ]
}

export function alterConfigs(change: ConfigChange, field: string): Change {
  const operations: ConfigOperation[] = [
    ...valued('set', change.set),
    ...valued('append', change.append),
    ...valued('subtract', change.subtract),
    ...change.unset.map((name) => ({ type: 'delete', name }) as const),
  ]
  distinct(operations, field, ({ name }) => name)
  const resource = resourceOf(change.resource, `${field}.resource`)
  return { type: 'alter-configs', change: { resource, operations, replacesAll: false } }
}

function valued(
  type: 'set' | 'append' | 'subtract',
  values: Readonly<Record<string, string>>,
): readonly ConfigOperation[] {
  return Object.entries(values).map(([name, value]) => ({ type, name, value }))
}

export function resourceOf(resource: Resource | null, field: string): ConfigResource {
  switch (resource?.type) {
    case ResourceType.RESOURCE_TYPE_TOPIC:
      if (resource.name === '') invalid(`${field}.name`, 'a topic is named')
      return { type: 'topic', name: resource.name }
    case ResourceType.RESOURCE_TYPE_BROKER:
      if (!/^\d{1,10}$/.test(resource.name)) invalid(`${field}.name`, 'the id of a broker')
      return { type: 'broker', name: resource.name }
    case ResourceType.RESOURCE_TYPE_CLUSTER:
      if (resource.name !== '') invalid(`${field}.name`, 'the cluster has no name here')
      return CLUSTER_RESOURCE
    default:
      return invalid(`${field}.type`, 'RESOURCE_TYPE_TOPIC, _BROKER or _CLUSTER')
  }
}
