/**
 * The nodes that a command may ask by gRPC: one after the other, and the next one when a node is
 * gone. What was asked is asked again only when that cannot do it twice.
 */
import { asError } from '../base/errors.ts'
import type { HostPort } from '../config/addresses.ts'
import { keepAlive } from '../host/keep-alive.ts'
import type { RpcChannel } from '../rpc/channel.ts'
import type { ServerStream, Unary } from '../rpc/service.ts'
import { RpcError } from '../rpc/status.ts'
import { explainAdmin } from './explain-admin.ts'
import type { GrpcFlags } from './grpc-flags.ts'
import { Output } from './output.ts'
import { dialFirst } from './quorum-dial.ts'
import { fail } from './session.ts'

export class AdminPlaces {
  readonly #places: readonly HostPort[]
  readonly #timeoutMs: number
  #first = 0
  #channel: RpcChannel | null = null

  constructor({ grpc, timeout }: GrpcFlags) {
    this.#places = grpc
    this.#timeoutMs = timeout
  }

  /** To the node that answers. Rejects with NothingAnswers. */
  async channel(): Promise<RpcChannel> {
    const turned = [...this.#places.slice(this.#first), ...this.#places.slice(0, this.#first)]
    this.#channel ??= await dialFirst(turned, this.#timeoutMs)
    return this.#channel
  }

  /** The node is of no use any more: the next one is asked. */
  leave(): void {
    this.close()
    this.#first = (this.#first + 1) % this.#places.length
  }

  async call<Request, Response>(
    method: Unary<Request, Response>,
    request: Request,
  ): Promise<Response> {
    return (await this.channel()).unary(method, request, { timeoutMs: this.#timeoutMs })
  }

  /**
   * What a node tells, one after the other, each when the one before is dealt with; how it ended.
   * Rejects with what `told` throws.
   */
  async receive<Request, Response>(
    method: ServerStream<Request, Response>,
    request: Request,
    { told, signal }: { told: (message: Response) => Promise<void>; signal: AbortSignal },
  ): Promise<RpcError | null> {
    const stream = (await this.channel()).responses(method, request)
    const leave = () => stream.fail(new RpcError('CANCELLED', 'not wanted any more'))
    signal.addEventListener('abort', leave, { once: true })
    if (signal.aborted) leave()
    try {
      return await new Promise((resolve, reject) => {
        let telling = Promise.resolve()
        stream.open({
          message(message) {
            stream.pause()
            telling = telling.then(() => told(message)).then(() => stream.resume())
            telling.catch((thrown: unknown) => {
              leave()
              reject(asError(thrown))
            })
          },
          closed: (error) =>
            void telling.then(
              () => resolve(error),
              () => undefined,
            ),
        })
      })
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  close(): void {
    this.#channel?.close()
    this.#channel = null
  }
}

/** Whether another node may be asked the same: this one has gone, or found nobody that leads. */
export function isPassing({ code, reason }: RpcError): boolean {
  if (reason === null) return ['UNAVAILABLE', 'CANCELLED', 'DEADLINE_EXCEEDED'].includes(code)
  return reason === 'NOT_CONTROLLER' || reason === 'REQUEST_TIMED_OUT'
}

export interface AdminSession {
  readonly places: AdminPlaces
  readonly output: Output
}

/** Runs `action`, and sets the process's exit code to what it returns, or to its failure's. */
export async function withPlaces(
  flags: GrpcFlags,
  action: (session: AdminSession) => Promise<number>,
): Promise<void> {
  const release = keepAlive()
  const places = new AdminPlaces(flags)
  try {
    process.exitCode = await action({ places, output: new Output() })
  } catch (thrown) {
    process.exitCode = fail(thrown, explainAdmin(thrown))
  } finally {
    places.close()
    release()
  }
}
