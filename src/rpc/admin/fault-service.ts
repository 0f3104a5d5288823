/**
 * Serves `lograft.admin.v1.Faults` on every node, so that one without switches can say what it
 * lacks.
 */
import { LograftError } from '../../base/errors.ts'
import type { Served } from '../handlers.ts'
import { serveUnary } from '../handlers.ts'
import { faultMethods } from './fault-methods.ts'
import type { FaultBoard } from './ports.ts'

/** `switches` is null where the node was not started with them, or is no broker. */
export function faultService(switches: FaultBoard | null): readonly Served[] {
  const board = (): FaultBoard => {
    if (switches !== null) return switches
    throw new LograftError('FAULTS_DISABLED', 'this node has no fault switches')
  }
  return [
    serveUnary(faultMethods.inject, (order) => board().inject(order)),
    serveUnary(faultMethods.list, () => board().list()),
    serveUnary(faultMethods.clear, ({ ids }) => ({ cleared: board().clear(ids) })),
  ]
}
