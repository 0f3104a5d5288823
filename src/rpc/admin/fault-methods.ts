/**
 * The service `lograft.admin.v1.Faults` (proto/lograft/admin/v1/faults.proto) in our own types, as
 * server and client share it. Pure.
 */
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { domainCodec, must, present } from '../domain-codec.ts'
import { unary } from '../service.ts'
import { invalid } from './fields.ts'
import type { FaultSwitch, WantedFault } from './ports.ts'

const wire = lograft.admin.v1

const KINDS = {
  fail: wire.FaultKind.FAULT_KIND_FAIL,
  delay: wire.FaultKind.FAULT_KIND_DELAY,
  'lose-answers': wire.FaultKind.FAULT_KIND_LOSE_ANSWERS,
  'refuse-client': wire.FaultKind.FAULT_KIND_REFUSE_CLIENT,
} as const satisfies Record<WantedFault['kind'], number>

/** Switches named in one request at most. */
const IDS_MAX = 1_000

const orderToWire = ({ kind, ...order }: WantedFault) => ({ ...order, kind: KINDS[kind] })

function orderFromWire(order: lograft.admin.v1.InjectFaultRequest): WantedFault {
  const { api, clientId, count, forMs, error, delayMs } = order
  const known = (Object.keys(KINDS) as WantedFault['kind'][]).find(
    (name) => KINDS[name] === order.kind,
  )
  const kind = known ?? invalid('kind', 'what shall the switch do?')
  return { kind, api, clientId, count, forMs, error, delayMs }
}

const faultToWire = ({ id, hits, leftMs, ...order }: FaultSwitch) => ({
  ...{ id, hits, leftMs },
  order: orderToWire(order),
})

function faultFromWire(fault: lograft.admin.v1.IFault): FaultSwitch {
  const { id = 0, hits = 0, leftMs = 0 } = fault
  const order = new wire.InjectFaultRequest(present(fault.order, 'an order'))
  return { id: id ?? 0, hits: hits ?? 0, leftMs: leftMs ?? 0, ...orderFromWire(order) }
}

const injectRequest = domainCodec(wire.InjectFaultRequest, orderToWire, orderFromWire)

const injectReply = domainCodec(
  wire.InjectFaultReply,
  (fault: FaultSwitch) => ({ fault: faultToWire(fault) }),
  ({ fault }) => faultFromWire(present(fault, 'a fault')),
)

const listRequest = domainCodec(
  wire.ListFaultsRequest,
  (_: null) => ({}),
  () => null,
)

const listReply = domainCodec(
  wire.ListFaultsReply,
  (faults: readonly FaultSwitch[]) => ({ faults: faults.map(faultToWire) }),
  ({ faults }) => faults.map(faultFromWire),
)

const clearRequest = domainCodec(
  wire.ClearFaultsRequest,
  ({ ids }: { readonly ids: readonly number[] }) => ({ ids: [...ids] }),
  ({ ids }) => {
    must(ids.length <= IDS_MAX, `at most ${IDS_MAX} ids`)
    return { ids }
  },
)

const clearReply = domainCodec(
  wire.ClearFaultsReply,
  ({ cleared }: { readonly cleared: number }) => ({ cleared }),
  ({ cleared }) => ({ cleared }),
)

const path = (name: string) => `lograft.admin.v1.Faults/${name}`

export const faultMethods = {
  inject: unary(path('Inject'), injectRequest, injectReply),
  list: unary(path('List'), listRequest, listReply),
  clear: unary(path('Clear'), clearRequest, clearReply),
}
