/** The fault switches of a node, if it was started with them and is a broker. */
import type { Logger } from '../base/log.ts'
import type { NodeConfig } from '../config/node-options.ts'
import { FaultSwitches } from '../server/faults/fault-switches.ts'
import { handlers } from '../server/handlers/index.ts'
import type { Host } from './machine.ts'

export function faultSwitches(
  config: NodeConfig,
  { host, logger }: { readonly host: Host; readonly logger: Logger },
): FaultSwitches | null {
  if (!config['fault.switches.enable'] || !config['process.roles'].includes('broker')) return null
  logger.warn({}, 'fault switches are enabled: whoever reaches the gRPC port can make it fail')
  return new FaultSwitches({
    clock: host.clock,
    logger: logger.child({ component: 'faults' }),
    apis: handlers.map(({ api }) => api.name),
  })
}
