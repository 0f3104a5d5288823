/**
 * What `lograft broker shutdown` and `unregister` do: a broker's process ends, and a broker is
 * forgotten. Any node is asked, by gRPC; each has a key of its own, so it is asked again elsewhere
 * when a node goes meanwhile.
 */
import { LograftError } from '../base/errors.ts'
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
import { countOf } from './table.ts'

const wire = lograft.admin.v1
type IMutation = lograft.admin.v1.IMutation
type Impact = lograft.admin.v1.IShutDownImpact

export interface EndFlags extends GrpcFlags, ConfirmFlags {
  readonly dryRun?: true
}

export interface ShutDownFlags extends EndFlags {
  readonly force?: true
}

/** Times that another node is asked. */
const ASKED_MAX = 5

/** Looks first what is left without it, and says so. */
export async function shutDownBroker(brokerId: number, flags: ShutDownFlags): Promise<void> {
  const force = flags.force === true
  await withPlaces(flags, async ({ places, output }) => {
    const ask = (mutation: IMutation) =>
      elsewhere(places, () =>
        places.call(
          clusterMethods.shutDownBroker,
          new wire.ShutDownBrokerRequest({
            ...{ brokerId, force, mutation: new wire.Mutation(mutation) },
          }),
        ),
      )
    const { impact } = await ask({ validateOnly: true }).catch((thrown: unknown) => {
      throw withFlag(thrown)
    })
    const left = printImpact(brokerId, impact ?? {})
    const json = { shutDown: brokerId, dryRun: flags.dryRun === true, impact: jsonOf(impact ?? {}) }
    if (!flags.dryRun) {
      const question = `${left}\nbroker ${brokerId} hands over what it leads, and its process ends. Go on?`
      if (!(await confirmed(question, flags))) return unchanged()
      await ask({ idempotencyKey: newKey() }).catch((thrown: unknown) => {
        throw withFlag(thrown)
      })
    }
    const text = flags.dryRun ? DRY_RUN : `broker ${brokerId} has handed over and ends`
    if (flags.json) await output.printJson(json)
    else await output.print(`${left}\n${text}\n`)
    return DONE
  })
}

/** The refusal, with the flag of this command in place of the field. */
function withFlag(thrown: unknown): unknown {
  if (!(thrown instanceof RpcError) || thrown.reason !== 'UNAVAILABLE_WITHOUT_IT') return thrown
  const next = 'Bring what is missing back first; --force does it all the same.'
  return new LograftError('UNAVAILABLE_WITHOUT_IT', `${thrown.text}. ${next}`, { cause: thrown })
}

function jsonOf(impact: Impact) {
  const { voters, votersLeft, majority, leaderlessPartitions, underMinIsrPartitions } = impact
  return {
    controllers: { voters: voters ?? 0, left: votersLeft ?? 0, majority: majority ?? 0 },
    leaderlessPartitions: leaderlessPartitions ?? 0,
    underMinIsrPartitions: underMinIsrPartitions ?? 0,
  }
}

function printImpact(brokerId: number, impact: Impact): string {
  const { controllers, leaderlessPartitions, underMinIsrPartitions } = jsonOf(impact)
  const { voters, left, majority } = controllers
  const facts = [
    `${left} of ${countOf(voters, 'controller')}, where ${majority} ${majority === 1 ? 'is' : 'are'} a majority`,
    `${countOf(leaderlessPartitions, 'partition')} more without a leader`,
    `${countOf(underMinIsrPartitions, 'partition')} more below min.insync.replicas`,
  ]
  return `without broker ${brokerId} there are ${facts.join(', ')}`
}

export async function unregisterBroker(brokerId: number, flags: EndFlags): Promise<void> {
  await withPlaces(flags, async ({ places, output }) => {
    const validateOnly = flags.dryRun === true
    const question = `broker ${brokerId} is forgotten. Go on?`
    if (!validateOnly && !(await confirmed(question, flags))) return unchanged()
    const mutation = new wire.Mutation({ idempotencyKey: newKey(), validateOnly })
    const request = new wire.UnregisterBrokerRequest({ brokerId, mutation })
    await elsewhere(places, () => places.call(clusterMethods.unregisterBroker, request))
    const text = validateOnly ? DRY_RUN : `broker ${brokerId} is forgotten`
    if (flags.json) await output.printJson({ unregistered: brokerId, dryRun: validateOnly })
    else await output.print(`${text}\n`)
    return DONE
  })
}

const DRY_RUN = 'it could be done; nothing is changed: a dry run'

const newKey = () => `cli-${uuidFromRandom(hostRandom.bytes(16))}`

function unchanged(): number {
  complain('nothing is changed')
  return exitCodes.failure.code
}

/** The node that was asked may be the one that ends. */
async function elsewhere<Answer>(places: AdminPlaces, ask: () => Promise<Answer>): Promise<Answer> {
  for (let asked = 1; ; asked += 1)
    try {
      return await ask()
    } catch (thrown) {
      if (!(thrown instanceof RpcError) || !isPassing(thrown) || asked === ASKED_MAX) throw thrown
      places.leave()
    }
}
