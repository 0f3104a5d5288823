/**
 * A broker that says what a test wants: a TCP listener that cuts frames, reads requests with our
 * codec and answers each API by a function of the test. For what a real broker does not do on
 * command: old versions, refusals that pass, answers that never come.
 */
import net from 'node:net'
import { ReusedMemory } from '../../src/bytes/reused-memory.ts'
import { Reader } from '../../src/bytes/reader.ts'
import type { Api, RequestOf, ResponseOf } from '../../src/wire/api.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import type { metadata } from '../../src/wire/apis/03-metadata.ts'
import { FrameReader } from '../../src/wire/frame.ts'
import { decodeRequestHeader } from '../../src/wire/header.ts'
import { responseFrame } from '../../src/wire/message.ts'
import type { Address } from './client.ts'

/** `silence`: no answer at all. `hang-up`: the connection ends instead. */
export type Reply<A extends Api> = ResponseOf<A> | 'silence' | 'hang-up'

interface Script {
  readonly api: Api
  readonly versions: readonly [number, number]
  readonly reply: (request: never, version: number) => Reply<Api>
}

/** Answers one API in a range of versions. */
export function answering<A extends Api>(
  api: A,
  versions: readonly [number, number],
  reply: (request: RequestOf<A>, version: number) => Reply<A>,
): Script {
  return { api, versions, reply }
}

export class ScriptedBroker implements AsyncDisposable {
  /** `Name vN` of each request, in order. */
  readonly heard: string[] = []
  readonly #server = net.createServer((socket) => this.#accept(socket))
  readonly #sockets = new Set<net.Socket>()
  #scripts: ReadonlyMap<number, Script> = new Map()

  /** Listens on a free port. What it serves, and in which versions, is what the scripts say. */
  static async start(scripts: readonly Script[]): Promise<ScriptedBroker> {
    const broker = new ScriptedBroker()
    broker.#scripts = new Map(scripts.map((script) => [script.api.key, script]))
    await new Promise<void>((resolve) => broker.#server.listen(0, '127.0.0.1', resolve))
    return broker
  }

  get address(): Address {
    return { host: '127.0.0.1', port: (this.#server.address() as net.AddressInfo).port }
  }

  /** The answer to Metadata of a cluster that is this broker, and one topic. */
  describes(topic: string, partitionCount: number): ResponseOf<typeof metadata> {
    return {
      brokers: [{ nodeId: 1, ...this.address }],
      controllerId: 1,
      topics: [
        {
          errorCode: 0,
          name: topic,
          partitions: Array.from({ length: partitionCount }, (_, partitionIndex) => ({
            errorCode: 0,
            partitionIndex,
            leaderId: 1,
            replicaNodes: [1],
            isrNodes: [1],
          })),
        },
      ],
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(socket: net.Socket): void {
    this.#sockets.add(socket)
    const frames = new FrameReader({
      maxBytes: 64 << 20,
      memory: new ReusedMemory({ spareBytesMax: 0 }),
    })
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      frames.push(chunk)
      for (let frame = frames.next(); frame !== null; frame = frames.next())
        this.#answer(socket, frame)
      frames.keep()
    })
  }

  #answer(socket: net.Socket, frame: Uint8Array): void {
    const reader = new Reader(frame)
    const { apiKey, apiVersion, correlationId, api } = decodeRequestHeader(reader)
    this.heard.push(`${api?.name ?? apiKey} v${apiVersion}`)
    const script = this.#scripts.get(apiKey)
    if (apiKey === apiVersions.key && script === undefined)
      return this.#write(socket, apiVersions, apiVersion, correlationId, this.#served())
    if (!api || !script) return void socket.destroy()
    const reply = script.reply(api.decodeRequest(apiVersion, reader) as never, apiVersion)
    if (reply === 'hang-up') socket.destroy()
    else if (reply !== 'silence') {
      // A request it does not know is answered in version 0, with an error (KIP-511).
      const isTooNew = api.key === apiVersions.key && apiVersion > script.versions[1]
      this.#write(socket, api, isTooNew ? 0 : apiVersion, correlationId, reply)
    }
  }

  #write<A extends Api>(
    socket: net.Socket,
    api: A,
    version: number,
    correlationId: number,
    response: ResponseOf<A>,
  ): void {
    for (const chunk of responseFrame(api, version, correlationId, response)) socket.write(chunk)
  }

  #served(): ResponseOf<typeof apiVersions> {
    const ranges = [...this.#scripts.values()].map(({ api, versions }) => ({
      apiKey: api.key,
      minVersion: versions[0],
      maxVersion: versions[1],
    }))
    return {
      errorCode: 0,
      apiKeys: [...ranges, { apiKey: apiVersions.key, minVersion: 0, maxVersion: 3 }],
    }
  }
}
