/**
 * Kafka's own command-line tools as tests run them: all in one JVM (java/KafkaTools.java), one
 * after the other, because a JVM of its own costs each of them a second. What they print is for
 * people; the readers of it are here, and judge nothing.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { JavaTools } from '../support/java.ts'
import { within } from '../support/within.ts'

const ANSWER_WITHIN_MS = 60_000
const SOURCE = fileURLToPath(new URL('java/KafkaTools.java', import.meta.url))
const TOOLS = 'org.apache.kafka.tools'

/** By the names of Kafka's shell scripts. */
const MAINS = {
  'kafka-topics': `${TOOLS}.TopicCommand`,
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-consumer-groups': `${TOOLS}.consumer.group.ConsumerGroupCommand`,
  'kafka-reassign-partitions': `${TOOLS}.reassign.ReassignPartitionsCommand`,
  'kafka-metadata-quorum': `${TOOLS}.MetadataQuorumCommand`,
  'kafka-log-dirs': `${TOOLS}.LogDirsCommand`,
  'kafka-leader-election': `${TOOLS}.LeaderElectionCommand`,
  'kafka-delete-records': `${TOOLS}.DeleteRecordsCommand`,
  'kafka-cluster': `${TOOLS}.ClusterTool`,
  'kafka-features': `${TOOLS}.FeatureCommand`,
  'kafka-broker-api-versions': `${TOOLS}.BrokerApiVersionsCommand`,
  'kafka-get-offsets': `${TOOLS}.GetOffsetShell`,
  'kafka-transactions': `${TOOLS}.TransactionsCommand`,
} as const

export type KafkaTool = keyof typeof MAINS

export interface ToolResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export class KafkaTools {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #bootstrap: string
  readonly #answers: AsyncIterator<string>
  #complaints = ''

  private constructor(child: ChildProcessWithoutNullStreams, bootstrap: string) {
    this.#child = child
    this.#bootstrap = bootstrap
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaints += text))
    child.stdin.on('error', () => undefined)
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  }

  static start(java: JavaTools, bootstrap: string): KafkaTools {
    java.compile(SOURCE)
    const [executable, ...args] = java.commandOf('KafkaTools')
    return new KafkaTools(spawn(executable, args), bootstrap)
  }

  /** What a tool answers; it is told where the cluster is. */
  async ask(tool: KafkaTool, ...args: readonly string[]): Promise<ToolResult> {
    const where = ['--bootstrap-server', this.#bootstrap]
    // The flag belongs to the subcommand there, and stands before it elsewhere.
    const all = tool === 'kafka-cluster' ? [...args, ...where] : [...where, ...args]
    const command = [MAINS[tool], ...all]
    this.#child.stdin.write(`${JSON.stringify(command)}\n`)
    const what = `an answer of ${tool} ${args.join(' ')}`
    const answer = await within(ANSWER_WITHIN_MS, what, this.#answers.next())
    if (answer.done === true) throw new Error(`the JVM has ended: ${this.#complaints}`)
    return JSON.parse(answer.value) as ToolResult
  }

  /** The same of one that must succeed; what it printed. */
  async run(tool: KafkaTool, ...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.ask(tool, ...args)
    if (status !== 0)
      throw new Error(`${tool} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`)
    return stdout
  }

  stop(): void {
    this.#child.kill('SIGKILL')
  }
}

/** Rows of a table that begins with a line of titles, in whatever columns. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  const [, ...rows] = text.trim().split('\n')
  return rows.map((row) => row.trim().split(/\s+/))
}

/** `Name: value` pairs of a line, separated by tabs. */
export function pairsOf(line: string): Readonly<Record<string, string>> {
  const pairs = line
    .trim()
    .split('\t')
    .map((pair): [string, string] => {
      const at = pair.indexOf(':')
      return [pair.slice(0, at), pair.slice(at + 1).trim()]
    })
  return Object.fromEntries(pairs)
}

/** Numbers between commas. */
export const idsOf = (text: string | undefined): readonly number[] =>
  (text ?? '').split(',').filter(Boolean).map(Number)

export interface ToldConfig {
  readonly value: string
  readonly source: string
  /** What would hold if nobody had said anything; null when that is not told. */
  readonly fallback: string | null
}

/** `name=value … synonyms={SOURCE:name=value, …}` lines, by name. */
export function configsOf(text: string): ReadonlyMap<string, ToldConfig> {
  const found = text.matchAll(/^\s+([\w.]+)=(.*?) sensitive=\w+ synonyms=\{(.*)\}$/gm)
  return new Map(
    Array.from(found, ([, name = '', value = '', synonyms = '']) => {
      const [source = ''] = synonyms.split(':', 1)
      const fallback = /DEFAULT_CONFIG:[\w.]+=(.*)$/.exec(synonyms)?.[1] ?? null
      return [name, { value, source, fallback }]
    }),
  )
}
