// Goal: unmodified clients run groups against three brokers, the same tests for all of them.
// Method: every member is a process, which can be killed; `groups-suite.ts` judges what they tell.
// docs/CLIENTS.md has a table of what is proved with whom.
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { prepareGo, prepareNode, preparePython, type Prepared } from '../support/foreign-client.ts'
import { javaTools } from '../support/java.ts'
import { kcatEnvironment, kcatPeer, kcatProgram } from '../support/kcat.ts'
import { describeWith } from '../support/peer.ts'
import { SpeakingClient } from './dialect.ts'
import { MemberProcess, type Joining, type MemberEvent } from './group-member.ts'
import { describeGroups, type GroupClient } from './groups-suite.ts'

const all = {
  outlive: true,
  static: true,
  cooperative: true,
  pause: true,
  seek: true,
  deleteOffsets: true,
}

interface Program {
  readonly name: string
  readonly prepared: Prepared
  readonly can: GroupClient['can']
  readonly cure: string
}

const clients: readonly Program[] = [
  {
    name: 'kafkajs',
    prepared: prepareNode('groups/kafkajs.ts'),
    can: { ...all, static: false, cooperative: false, deleteOffsets: false },
    cure: 'npm ci',
  },
  {
    name: '@platformatic/kafka',
    prepared: prepareNode('groups/platformatic.ts'),
    can: { ...all, outlive: false, cooperative: false, pause: false, seek: false },
    cure: 'npm ci',
  },
  {
    name: 'confluent-kafka (librdkafka 2)',
    prepared: preparePython('groups.py'),
    can: { ...all, deleteOffsets: false },
    cure: 'install python3 and python3-venv; the rest comes from PyPI',
  },
  {
    name: 'franz-go',
    prepared: prepareGo(),
    can: all,
    cure: 'install Go 1.21 or newer; the rest comes from the module proxy',
  },
  {
    name: 'kafka-clients 4.1.1 (Java)',
    prepared: prepareJava(),
    can: all,
    cure: 'install a JDK and Maven; the rest comes from Maven Central',
  },
]

for (const { name, prepared, can, cure } of clients) {
  const missing = 'missing' in prepared ? prepared.missing : null
  describeWith({ name: `${name}, groups`, missing, cure })(name, () => {
    if (!('program' in prepared)) return
    const [executable, ...args] = prepared.program
    describeGroups({
      can,
      admin: (bootstrap) => new SpeakingClient(prepared.program, bootstrap),
      join: (bootstrap, joining) =>
        new MemberProcess({ command: [executable, ...args, bootstrap, 'member'], joining }),
    })
  })
}

describeWith(kcatPeer)('kcat -G', () => {
  const can = { ...all, pause: false, seek: false, deleteOffsets: false }
  describeGroups({ can, admin: null, join: joinKcat })
})

function prepareJava(): Prepared {
  const here = (name: string) => fileURLToPath(new URL(`java/${name}`, import.meta.url))
  const java = javaTools(here('client.pom.xml'), { 'kafka.version': '4.1.1' })
  if (typeof java === 'string') return { missing: java }
  java.compile(here('KafkaGroups.java'))
  afterAll(() => {
    java.dispose()
  })
  return { program: java.commandOf('KafkaGroups') }
}

/** It commits by itself, at the latest when it leaves, and tells of its group on standard error. */
function joinKcat(
  bootstrap: string,
  { groupId, topic, instanceId, clientId, sessionTimeoutMs = 10_000, assignor }: Joining,
): MemberProcess {
  const settings = {
    'session.timeout.ms': sessionTimeoutMs,
    'heartbeat.interval.ms': 300,
    'auto.offset.reset': 'earliest',
    'fetch.wait.max.ms': 100,
    'partition.assignment.strategy': assignor === 'cooperative' ? 'cooperative-sticky' : 'range',
    ...(instanceId !== undefined && { 'group.instance.id': instanceId }),
    ...(clientId !== undefined && { 'client.id': clientId }),
  }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-X', `${key}=${value}`])
  const owned = new Set<number>()
  return new MemberProcess({
    command: [
      ...([kcatProgram ?? 'kcat', '-b', bootstrap, '-u', ...flags] as const),
      ...['-f', 'record %p %o %s\\n', '-G', groupId, topic],
    ],
    joining: null,
    env: kcatEnvironment,
    parse: (line) => eventOf(line, owned),
  })
}

function eventOf(line: string, owned: Set<number>): MemberEvent | null {
  const record = /^record (\d+) (\d+) (.*)$/.exec(line)
  if (record)
    return {
      event: 'record',
      partition: Number(record[1]),
      offset: Number(record[2]),
      value: record[3] ?? '',
    }
  if (/fenced by other consumer/.test(line)) return { event: 'error', error: 82 }
  // `assigned: …` and `revoked: …`; where it is cooperative, `incremental assignment of …`.
  const change =
    /rebalanced(?:: incremental| .*:) (assigned|assignment|revoked?)(?: of .*\))?: ?(.*)$/.exec(
      line,
    )
  if (!change) return null
  const isAssigned = change[1]?.startsWith('assign')
  const named = [...(change[2] ?? '').matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number))
  for (const partition of named) {
    if (isAssigned) owned.add(partition)
    else owned.delete(partition)
  }
  const now = [...owned].sort((a, b) => a - b)
  return isAssigned ? { event: 'assigned', now } : { event: 'revoked', taken: named, now }
}
