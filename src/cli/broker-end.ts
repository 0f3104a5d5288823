/**
 * What `lograft broker shutdown` and `unregister` do: a broker's process ends, and a broker is
 * forgotten. Any node is asked, by gRPC; each has a key of its own, so it is asked again elsewhere
 * when a node goes meanwhile.
 */
import { uuidFromRandom } from '../bytes/uuid.ts'
import { lograft } from '../gen/lograft/admin/v1/admin.js'
import { hostRandom } from '../host/random.ts'
import { clusterMethods } from '../rpc/admin/methods.ts'
import { RpcError } from '../rpc/status.ts'
import { type AdminPlaces, isPassing, withPlaces } from './admin-places.ts'
import { confirmed, type ConfirmFlags } from './confirm.ts'
import { exitCodes } from './exit-codes.ts'
import type { GrpcFlags } from './grpc-flags.ts'
import { complain, DONE } from './session.ts'

const wire = lograft.admin.v1
type IMutation = lograft.admin.v1.IMutation

export interface EndFlags extends GrpcFlags, ConfirmFlags {
  readonly dryRun?: true
}

/** Times that another node is asked. */
const ASKED_MAX = 5

export function shutDownBroker(brokerId: number, flags: EndFlags): Promise<void> {
  return end(flags, {
    question: `broker ${brokerId} hands over what it leads, and its process ends. Go on?`,
    done: { text: `broker ${brokerId} has handed over and ends`, json: { shutDown: brokerId } },
    ask: (places, mutation) =>
      places.call(
        clusterMethods.shutDownBroker,
        new wire.ShutDownBrokerRequest({ brokerId, mutation: new wire.Mutation(mutation) }),
      ),
  })
}

export function unregisterBroker(brokerId: number, flags: EndFlags): Promise<void> {
  return end(flags, {
    question: `broker ${brokerId} is forgotten. Go on?`,
    done: { text: `broker ${brokerId} is forgotten`, json: { unregistered: brokerId } },
    ask: (places, mutation) =>
      places.call(
        clusterMethods.unregisterBroker,
        new wire.UnregisterBrokerRequest({ brokerId, mutation: new wire.Mutation(mutation) }),
      ),
  })
}

interface End {
  readonly question: string
  readonly done: { readonly text: string; readonly json: object }
  readonly ask: (places: AdminPlaces, mutation: IMutation) => Promise<unknown>
}

async function end(flags: EndFlags, { question, done, ask }: End): Promise<void> {
  await withPlaces(flags, async ({ places, output }) => {
    const validateOnly = flags.dryRun === true
    if (!validateOnly && !(await confirmed(question, flags))) {
      complain('nothing is changed')
      return exitCodes.failure.code
    }
    const idempotencyKey = `cli-${uuidFromRandom(hostRandom.bytes(16))}`
    await elsewhere(places, () => ask(places, { idempotencyKey, validateOnly }))
    const text = validateOnly ? 'it could be done; nothing is changed: a dry run' : done.text
    await (flags.json
      ? output.printJson({ ...done.json, dryRun: validateOnly })
      : output.print(`${text}\n`))
    return DONE
  })
}

/** The node that was asked may be the one that ends. */
async function elsewhere(places: AdminPlaces, ask: () => Promise<unknown>): Promise<void> {
  for (let asked = 1; ; asked += 1)
    try {
      await ask()
      return
    } catch (thrown) {
      if (!(thrown instanceof RpcError) || !isPassing(thrown) || asked === ASKED_MAX) throw thrown
      places.leave()
    }
}
