/** What `lograft plan make` does: asks for the difference, prints it, and keeps it if wanted. */
import { resolve } from 'node:path'
import type { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { writeFileAtomically } from '../../base/disk.ts'
import { LograftError } from '../../base/errors.ts'
import { hostDisk } from '../../host/disk.ts'
import { planMethods } from '../../rpc/admin/methods.ts'
import { withPlaces, type AdminPlaces } from '../admin-places.ts'
import type { GrpcFlags } from '../grpc-flags.ts'
import { DONE } from '../session.ts'
import { desiredState } from './desired-file.ts'
import { readText } from './files.ts'
import { printedPlan } from './plan-file.ts'
import { printPlan } from './print.ts'
import { inWords } from './refusal.ts'

type Plan = lograft.admin.v1.Plan
type MakePlanRequest = lograft.admin.v1.MakePlanRequest

export interface MakeFlags extends GrpcFlags {
  readonly file: string
  readonly output?: string
}

export async function make(flags: MakeFlags): Promise<void> {
  await withPlaces(flags, async ({ places, output }) => {
    const { file, output: path } = flags
    if (path !== undefined && hostDisk.exists(path))
      throw new LograftError('USAGE', `-o ${path}: it is there; name a new file`)
    const plan = await planFor(places, await readText(file, desiredState))
    const printed = printedPlan(plan)
    if (path !== undefined) {
      const text = `${JSON.stringify(printed, null, 1)}\n`
      // Its directory is made durable, too, and so must be named.
      writeFileAtomically(hostDisk, resolve(path), new TextEncoder().encode(text))
    }
    if (flags.json) await output.printJson(printed)
    else await output.print(printPlan(plan) + next(flags, plan))
    return DONE
  })
}

/** What brings the cluster to a desired state. */
export async function planFor(places: AdminPlaces, desired: MakePlanRequest): Promise<Plan> {
  return places.call(planMethods.make, desired).catch((thrown: unknown) => {
    throw inWords(thrown, { desired })
  })
}

function next({ file, output: path }: MakeFlags, { steps }: Plan): string {
  if (steps.length === 0) return ''
  const losesData = steps.some((step) => step.losesData)
  const what = path ?? `-f ${file}`
  const loss = losesData ? ' --allow-data-loss' : ''
  return `Nothing was changed. To carry it out: lograft plan apply ${what} --yes${loss}\n`
}
