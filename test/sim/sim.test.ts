/**
 * Goal: runs that once failed pass for ever, and a seed means one run. Method: all corpora are
 * replayed from their files; some seeds are run twice and compared event by event, through their
 * hashes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { simulateCluster } from './cluster/simulate.ts'
import type { ClusterRun } from './cluster/world.ts'
import { simulateGroups } from './groups/simulate.ts'
import type { GroupsRun } from './groups/world.ts'
import type { Kept } from './shrink.ts'
import { CORPORA } from './shrink.ts'
import { simulate } from './simulate.ts'
import { simulateSystem } from './system/simulate.ts'
import type { SystemRun } from './system/world.ts'
import type { Run } from './world.ts'
import type { WorldName } from './worlds.ts'
import { WORLD_NAMES, WORLDS } from './worlds.ts'

function keptIn(world: WorldName): readonly (readonly [string, unknown])[] {
  const folder = CORPORA[world]
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown])
}

describe('what once failed', () => {
  test.each(keptIn('core'))('in a world of cores: %s', (_, run) => {
    expect(simulate(run as Kept<Run>).violation).toBeNull()
  })

  test.each(keptIn('cluster'))('in a world of clusters: %s', async (_, run) => {
    expect((await simulateCluster(run as Kept<ClusterRun>)).violation).toBeNull()
  })

  test.each(keptIn('groups'))('in a world of groups: %s', async (_, run) => {
    expect((await simulateGroups(run as Kept<GroupsRun>)).violation).toBeNull()
  })

  test.each(keptIn('system'))('in a world of whole nodes: %s', async (_, run) => {
    expect((await simulateSystem(run as Kept<SystemRun>)).violation).toBeNull()
  })
})

describe.each(WORLD_NAMES)('the same seed is the same run, in the world %s', (world) => {
  test.each([1, 2, 3, 4, 5])('seed %d', async (seed) => {
    const one = await WORLDS[world].run(seed)
    const other = await WORLDS[world].run(seed)
    expect(one.violation).toBeNull()
    expect(other.hash).toBe(one.hash)
    expect(other.steps).toBe(one.steps)
  })
})
