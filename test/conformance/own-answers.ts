/**
 * What our own command says of a cluster, as it is compared with what others' tools say. The
 * command as a shell runs it, with `--json`; one that fails ends the test.
 */
import { expect } from 'vitest'
import type { Cluster } from '../../src/embed/api.ts'
import { only } from '../support/calls.ts'
import { run } from '../support/command.ts'

interface DescribedPartition {
  readonly partition: number
  readonly leader: number | null
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly startOffset: number
  readonly endOffset: number
  readonly sizeBytes: number
}

export interface DescribedTopic {
  readonly topicId: string
  readonly partitions: readonly DescribedPartition[]
  readonly configs: readonly {
    readonly name: string
    readonly value: string
    readonly source: string
  }[]
}

export interface DescribedGroup {
  readonly state: string
  readonly coordinator: number
  readonly partitions: readonly {
    readonly topic: string
    readonly partition: number
    readonly committedOffset: number | null
    readonly endOffset: number
    readonly lag: number | null
  }[]
}

export interface DescribedQuorum {
  readonly clusterId: string
  readonly leaderId: number
  readonly epoch: number
  readonly replicas: readonly {
    readonly nodeId: number
    readonly directoryId: string
    readonly role: string
    readonly address: { readonly host: string; readonly port: number }
  }[]
}

export class OwnAnswers {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** What the command prints. */
  async print(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await run(args)
    expect(code, `lograft ${args.join(' ')}: ${stderr}`).toBe(0)
    return stdout.toString()
  }

  /** The same with where the cluster is, as a value. */
  async ask<Answer>(...args: readonly string[]): Promise<Answer> {
    const text = await this.print(...args, '--json', '-b', this.#cluster.bootstrap)
    return JSON.parse(text) as Answer
  }

  async topicNames(): Promise<readonly string[]> {
    const topics = await this.ask<{ name: string }[]>('topic', 'list')
    return topics.map(({ name }) => name).sort()
  }

  async topic(name: string): Promise<DescribedTopic> {
    return only(await this.ask<DescribedTopic[]>('topic', 'describe', name))
  }

  async group(name: string): Promise<DescribedGroup> {
    return only(await this.ask<DescribedGroup[]>('group', 'describe', name))
  }

  async quorum(): Promise<DescribedQuorum> {
    const running = this.#cluster.brokers.filter(({ isRunning }) => isRunning)
    const places = running.map(({ grpcAddress }) => grpcAddress).join()
    const text = await this.print('quorum', 'status', '--json', '--grpc', places)
    return JSON.parse(text) as DescribedQuorum
  }
}
