/**
 * What `lograft topic alter` does. Whatever can be known to be wrong is refused before anything is
 * changed, because the two changes it may be asked for are two requests.
 */
import { LograftError } from '../base/errors.ts'
import type { Admin } from '../client/admin.ts'
import { meantTopicOption } from '../config/topic-options.ts'
import type { ClientFlags } from './client-flags.ts'
import { exitCodes } from './exit-codes.ts'
import { DONE, complain, existingTopic, withCluster } from './session.ts'
import { countOf } from './table.ts'
import { adminOf, withMeantOption } from './topic-option.ts'

export interface AlterFlags extends ClientFlags {
  readonly partitions?: number
  readonly config?: readonly (readonly [string, string])[]
  readonly deleteConfig?: readonly string[]
}

export async function alter(name: string, flags: AlterFlags): Promise<void> {
  const wrong = contradiction(flags)
  if (wrong !== null) {
    complain(wrong)
    process.exitCode = exitCodes.usage.code
    return
  }
  const { partitions, config = [], deleteConfig = [] } = flags
  await withCluster(flags, async ({ cluster, output }) => {
    const present = (await existingTopic(cluster, name)).partitions.length
    const admin = adminOf(cluster)
    if (deleteConfig.length > 0) await refuseUnknown(admin, name, deleteConfig)
    const more = partitions === present ? undefined : partitions
    if (more !== undefined) await admin.createPartitions(name, more, { validateOnly: true })
    if (config.length + deleteConfig.length > 0) {
      const changes = new Map<string, string | null>([
        ...config,
        ...deleteConfig.map((key) => [key, null] as const),
      ])
      await admin.alterConfigs({ topic: name }, changes).catch((thrown: unknown) => {
        throw withMeantOption(thrown, [...changes.keys()])
      })
      if (!flags.json) await output.print(`${name}: configuration changed\n`)
    }
    if (more !== undefined) {
      await admin.createPartitions(name, more)
      if (!flags.json) await output.print(`${name}: ${countOf(more, 'partition')} now\n`)
    } else if (partitions !== undefined && !flags.json)
      await output.print(`${name} has ${countOf(present, 'partition')} already\n`)
    if (flags.json)
      await output.printJson({
        ...{ name, partitions: more ?? present, set: Object.fromEntries(config) },
        unset: deleteConfig,
      })
    return DONE
  })
}

function contradiction({ partitions, config = [], deleteConfig = [] }: AlterFlags): string | null {
  if (config.length + deleteConfig.length === 0 && partitions === undefined)
    return 'nothing to alter: name --partitions, --config or --delete-config'
  const twice = deleteConfig.find((key) => config.some(([set]) => set === key))
  return twice === undefined ? null : `${twice} cannot be both set and deleted`
}

/** Kafka takes away in silence what it has never heard of. */
async function refuseUnknown(admin: Admin, name: string, keys: readonly string[]): Promise<void> {
  const known = new Set((await admin.describeConfigs({ topic: name })).map((entry) => entry.name))
  const unknown = keys.find((key) => !known.has(key))
  if (unknown === undefined) return
  const meant = meantTopicOption(unknown)
  const hint = meant === null ? '' : ` (${meant})`
  throw new LograftError('USAGE', `--delete-config ${unknown}: topics have no such option${hint}`)
}
