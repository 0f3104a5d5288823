/**
 * Serves the controller of this node to others. It adds who leads to a refusal of one that does
 * not, and decides nothing. A caller that has left before its command began is not served; what
 * began is finished.
 */
import type { ControllerCommands } from '../controller/commands.ts'
import type { Leadership } from '../quorum/ports.ts'
import { controllerMethods } from './controller-methods.ts'
import type { Served } from './handlers.ts'
import { serveUnary } from './handlers.ts'
import { withLeader } from './not-controller.ts'
import type { Unary } from './service.ts'
import { RpcError } from './status.ts'

export function controllerService(
  commands: ControllerCommands,
  leadership: () => Leadership,
): readonly Served[] {
  const serve = <Request, Response>(
    method: Unary<Request, Response>,
    command: (request: Request) => Promise<Response>,
  ): Served =>
    serveUnary(method, async (request, { signal }) => {
      if (signal.aborted) throw new RpcError('CANCELLED', 'the caller has left')
      try {
        return await command(request)
      } catch (thrown) {
        throw withLeader(thrown, leadership())
      }
    })
  const methods = controllerMethods
  return [
    serve(methods.registerBroker, (request) => commands.registerBroker(request)),
    serve(methods.shutDownBroker, (nodeId) => commands.shutDownBroker(nodeId)),
    serve(methods.unregisterBroker, (nodeId) => commands.unregisterBroker(nodeId)),
    serve(methods.registerController, (request) => commands.registerController(request)),
    serve(methods.createTopics, (request) => commands.createTopics(request)),
    serve(methods.createPartitions, (request) => commands.createPartitions(request)),
    serve(methods.deleteTopics, (topics) => commands.deleteTopics(topics)),
    serve(methods.alterConfigs, (request) => commands.alterConfigs(request)),
    serve(methods.alterReassignments, (asked) => commands.alterReassignments(asked)),
    serve(methods.electLeaders, (request) => commands.electLeaders(request)),
    serve(methods.applyChanges, (request) => commands.applyChanges(request)),
    serve(methods.allocateProducerIds, (request) => commands.allocateProducerIds(request)),
    serve(methods.alterPartition, (request) => commands.alterPartition(request)),
    serve(methods.leaveIsr, (request) => commands.leaveIsr(request)),
    serve(methods.tellLogEnds, (request) => commands.tellLogEnds(request)),
  ]
}
