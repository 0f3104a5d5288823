/** The admin API of one node, called as any client would: over its gRPC port. */
import { hostClock } from '../../src/host/clock.ts'
import { PEER_KEEPALIVE, RpcChannel } from '../../src/rpc/channel.ts'
import type { Unary } from '../../src/rpc/service.ts'
import { RpcError } from '../../src/rpc/status.ts'

export class AdminClient {
  readonly channel: RpcChannel

  constructor(grpcAddress: string) {
    this.channel = new RpcChannel({
      to: { host: '127.0.0.1', port: Number(grpcAddress.split(':').at(-1)) },
      ends: { from: 'test', to: grpcAddress },
      clock: hostClock,
      keepalive: PEER_KEEPALIVE,
      fatal: (error) => {
        throw error
      },
    })
  }

  call<Request, Response>(
    method: Unary<Request, Response>,
    request: Request,
    timeoutMs = 30_000,
  ): Promise<Response> {
    return this.channel.unary(method, request, { timeoutMs })
  }

  /** `INVALID_PARTITIONS topics[0].count`, or `done`. */
  async outcome<Request>(method: Unary<Request, unknown>, request: Request): Promise<string> {
    try {
      await this.call(method, request)
      return 'done'
    } catch (thrown) {
      if (!(thrown instanceof RpcError)) throw thrown
      return `${thrown.reason ?? thrown.code} ${thrown.field ?? '-'}`
    }
  }

  close(): void {
    this.channel.close()
  }
}
