/** The fault switches of a broker, from outside: one connection for each call, none kept. */
import type { Clock } from '../../base/clock.ts'
import type { HostPort } from '../../config/addresses.ts'
import { formatHostPort } from '../../config/addresses.ts'
import { PEER_KEEPALIVE, RpcChannel } from '../channel.ts'
import { faultMethods } from './fault-methods.ts'
import type { FaultSwitch, WantedFault } from './ports.ts'

const CALL_MS = 10_000

const NOTHING = { api: '', clientId: '', error: '', delayMs: 0, count: 0, forMs: 0 }

/** A switch that was set. */
export interface InjectedFault extends FaultSwitch {
  /** Takes it back, and only it. Idempotent; one that is gone with its process is taken back. */
  readonly undo: () => Promise<void>
}

/** Rejects with an `RpcError`: FAULTS_DISABLED, INVALID_REQUEST, or that nobody answers. */
export async function injectFault(
  { to, clock }: { readonly to: HostPort; readonly clock: Clock },
  wanted: Pick<WantedFault, 'kind'> & Partial<WantedFault>,
): Promise<InjectedFault> {
  const through = async <Answer>(call: (channel: RpcChannel) => Promise<Answer>) => {
    const name = formatHostPort(to)
    const channel = new RpcChannel({
      ...{ to, clock, ends: { from: 'faults', to: name }, keepalive: PEER_KEEPALIVE },
      fatal: (error) => {
        throw error
      },
    })
    try {
      return await call(channel)
    } finally {
      channel.close()
    }
  }
  const limits = { timeoutMs: CALL_MS }
  const fault = await through((channel) =>
    channel.unary(faultMethods.inject, { ...NOTHING, ...wanted }, limits),
  )
  return {
    ...fault,
    async undo() {
      await through((channel) => channel.unary(faultMethods.clear, { ids: [fault.id] }, limits))
    },
  }
}
