// Goal: the pods of the StatefulSet are nodes that find each other, are probed where they answer,
// keep what they have, and go in good order.
// Method: the manifests are parsed; each pod's configuration is made as Kubernetes would make it,
// and read as a node reads it; names, ports, labels and places have to agree. No cluster is needed.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import type { RoleReadiness } from '../../../src/http/ports.ts'
import { answerWith } from '../../../src/http/pages.ts'
import { readNodeConfig, type LoadedConfig } from '../../../src/config/load.ts'
import { only } from '../../support/calls.ts'
import { commandFault, commandsIn } from './command-lines.ts'

const read = (name: string) =>
  readFileSync(new URL(`../../../deploy/kubernetes/${name}`, import.meta.url), 'utf8')

type Labels = Readonly<Record<string, string>>

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string }
}

interface Container {
  readonly args: readonly string[]
  readonly env: readonly {
    readonly name: string
    readonly value?: string
    readonly valueFrom?: { readonly fieldRef: { readonly fieldPath: string } }
  }[]
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[]
  readonly livenessProbe: Probe
  readonly readinessProbe: Probe
  readonly securityContext: object
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[]
}

interface StatefulSet {
  readonly metadata: { readonly name: string }
  readonly spec: {
    readonly serviceName: string
    readonly replicas: number
    readonly podManagementPolicy: string
    readonly selector: { readonly matchLabels: Labels }
    readonly template: {
      readonly metadata: { readonly labels: Labels; readonly annotations: Labels }
      readonly spec: {
        readonly enableServiceLinks: boolean
        readonly terminationGracePeriodSeconds: number
        readonly securityContext: object
        readonly containers: readonly Container[]
        readonly volumes: readonly {
          readonly name: string
          readonly configMap: { readonly name: string }
        }[]
      }
    }
    readonly volumeClaimTemplates: readonly { readonly metadata: { readonly name: string } }[]
  }
}

interface Service {
  readonly metadata: { readonly name: string }
  readonly spec: {
    readonly clusterIP?: string
    readonly publishNotReadyAddresses?: boolean
    readonly selector: Labels
    readonly ports: readonly {
      readonly name: string
      readonly port: number
      readonly targetPort: string
    }[]
  }
}

interface ConfigMap {
  readonly metadata: { readonly name: string }
  readonly data: Labels
}

interface PodDisruptionBudget {
  readonly spec: {
    readonly maxUnavailable: number
    readonly selector: { readonly matchLabels: Labels }
  }
}

const documents = parseAllDocuments(read('lograft.yaml'), { strict: true, uniqueKeys: true })
const manifests = documents.map((document) => document.toJS() as { kind: string })
const of = <Manifest>(kind: string) =>
  manifests.filter((manifest) => manifest.kind === kind) as unknown as Manifest[]

const set = only(of<StatefulSet>('StatefulSet'))
const services = of<Service>('Service')
const config = only(of<ConfigMap>('ConfigMap'))
const { spec: pod, metadata: podMetadata } = set.spec.template
const container = only(pod.containers)
const headless = services.find(({ spec }) => spec.clusterIP === 'None')

/** The variables of a pod, as Kubernetes makes them: `$(NAME)` is one that stands before. */
function environmentOf(name: string, index: number): Record<string, string> {
  const fields: Labels = {
    "metadata.labels['apps.kubernetes.io/pod-index']": `${index}`,
    'metadata.name': `${name}-${index}`,
    'metadata.namespace': 'streams',
  }
  const environment: Record<string, string> = {}
  for (const { name: variable, value, valueFrom } of container.env)
    environment[variable] =
      value?.replaceAll(/\$\((\w+)\)/g, (_, before: string) => environment[before] ?? '?') ??
      fields[valueFrom?.fieldRef.fieldPath ?? ''] ??
      '?'
  return environment
}

function configOf(environment: Readonly<Record<string, string>>): LoadedConfig {
  const text = config.data['server.properties'] ?? ''
  return readNodeConfig({ file: { name: 'server.properties', text }, environment })
}

const nodes = Array.from({ length: set.spec.replicas }, (_, index) =>
  configOf(environmentOf(set.metadata.name, index)),
)
const within = (labels: Labels, selector: Labels) =>
  Object.entries(selector).every(([name, value]) => labels[name] === value)

test('the manifests are whole', () => {
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
  expect(manifests.map(({ kind }) => kind).sort()).toEqual([
    'ConfigMap',
    'PodDisruptionBudget',
    'Service',
    'Service',
    'StatefulSet',
  ])
})

describe('each pod', () => {
  test('is a node by its own number, in both roles, and finds the others by their names', () => {
    for (const [index, { config: node, warnings }] of nodes.entries()) {
      expect(warnings).toEqual([])
      expect(node['node.id']).toBe(index)
      expect(node['process.roles']).toEqual(['broker', 'controller'])
      const name = `${set.metadata.name}-${index}.${set.spec.serviceName}`
      expect(node['controller.quorum.voters'][index]).toEqual({
        ...{ nodeId: index, host: name, port: node['grpc.listener'].port },
      })
      expect(node['controller.quorum.voters']).toHaveLength(set.spec.replicas)
      for (const { host } of [node['advertised.listeners'][0]!, node['advertised.grpc.listener']])
        expect(host).toBe(`${name}.streams.svc`)
    }
    expect(headless?.metadata.name).toBe(set.spec.serviceName)
    // Founding takes all of them at once, and none is ready before.
    expect(set.spec.podManagementPolicy).toBe('Parallel')
    expect(headless?.spec.publishNotReadyAddresses).toBe(true)
  })

  test('listens where Services, probes and scrapers look', () => {
    const { listeners, 'grpc.listener': grpc, 'http.listener': http } = nodes[0]!.config
    const ports = {
      kafka: listeners[0]?.port,
      grpc: grpc.port,
      http: http === 'none' ? 0 : http.port,
    }
    expect(
      Object.fromEntries(container.ports.map((port) => [port.name, port.containerPort])),
    ).toEqual(ports)
    for (const { spec } of services)
      for (const { name, port, targetPort } of spec.ports) {
        expect(targetPort).toBe(name)
        expect(port).toBe(ports[name as keyof typeof ports])
      }
    for (const place of [listeners[0], grpc, http]) expect(place).toMatchObject({ host: '0.0.0.0' })
    expect(podMetadata.annotations['prometheus.io/port']).toBe(`${ports.http}`)
  })

  test('is probed where a node answers: it lives while it waits, and is ready when it serves', async () => {
    let roles: readonly RoleReadiness[] = [{ role: 'broker', notServing: 'it waits' }]
    const answer = answerWith({ metrics: () => Promise.resolve(''), roles: () => roles })
    const { livenessProbe, readinessProbe } = container
    const status = async ({ httpGet: { path, port } }: Probe) => {
      expect(port).toBe('http')
      return (await answer({ path } as Parameters<typeof answer>[0])).status
    }
    expect([await status(livenessProbe), await status(readinessProbe)]).toEqual([200, 503])
    roles = [{ role: 'broker', notServing: null }]
    expect([await status(livenessProbe), await status(readinessProbe)]).toEqual([200, 200])
    const path = podMetadata.annotations['prometheus.io/path'] ?? ''
    expect(await status({ httpGet: { path, port: 'http' } })).toBe(200)
  })

  test('keeps its data in a volume of its own, and reads the file that it names', () => {
    const mounts = new Map(container.volumeMounts.map(({ name, mountPath }) => [mountPath, name]))
    const [directory = ''] = nodes[0]!.config['log.dirs']
    const claims = set.spec.volumeClaimTemplates.map(({ metadata }) => metadata.name)
    expect(claims).toContain(mounts.get(directory))
    expect(commandFault(container.args)).toBeNull()
    const path = container.args[container.args.indexOf('--config') + 1] ?? ''
    const at = path.lastIndexOf('/')
    const volume = pod.volumes.find(({ name }) => name === mounts.get(path.slice(0, at)))
    expect(volume?.configMap.name).toBe(config.metadata.name)
    expect(Object.keys(config.data)).toEqual([path.slice(at + 1)])
  })

  test('has time to hand over, no variables that look like properties, and few rights', () => {
    // Handing over takes up to 5 s, requests under way 5 s more, and then logs are flushed.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(30)
    expect(pod.enableServiceLinks).toBe(false)
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 1000,
    })
    expect(container.securityContext).toMatchObject({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ['ALL'] },
    })
  })
})

test('Services and the budget mean these pods, and the set no others', () => {
  const { labels } = podMetadata
  expect(labels).toEqual(set.spec.selector.matchLabels)
  for (const { spec } of services) expect(within(labels, spec.selector)).toBe(true)
  const { maxUnavailable, selector } = only(of<PodDisruptionBudget>('PodDisruptionBudget')).spec
  expect(within(labels, selector.matchLabels)).toBe(true)
  // A majority stays.
  expect(set.spec.replicas - maxUnavailable).toBeGreaterThan(set.spec.replicas / 2)
})

test('more brokers, as the page says', () => {
  const page = read('README.md')
  expect(page).toContain('`LOGRAFT_PROCESS_ROLES` is `broker`')
  expect(page).toContain(`ordinals: { start: ${set.spec.replicas} }`)
  const environment = environmentOf('lograft-broker', set.spec.replicas)
  const { config: node, warnings } = configOf({ ...environment, LOGRAFT_PROCESS_ROLES: 'broker' })
  expect(warnings).toEqual([])
  expect([node['node.id'], node['process.roles']]).toEqual([3, ['broker']])
})

test('the page names commands that there are', () => {
  const commands = commandsIn(read('README.md'))
  expect(commands.length).toBeGreaterThan(4)
  for (const command of commands) expect(commandFault(command.split(' ')), command).toBeNull()
})
