// Goal: a node whose directory is an old copy of itself does not take part: it may have forgotten
// what it acknowledged and whom it voted for. It stops and says what to do; the others go on.
// Method: three nodes as processes; one is copied while it is down, goes on, and gets the copy
// back.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { createTopic } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir } from '../support/temp-dir.ts'

const VICTIM = 3

test(
  'an old copy of a directory is refused, and costs nobody else',
  { timeout: 120_000 },
  async () => {
    await using directory = await tempDir('old-directory')
    // A new leader would not know what was acknowledged to the one before: on a busy machine none
    // comes.
    const set = { 'controller.quorum.election.timeout.ms': 10_000 }
    await using cluster = await ProcessCluster.start({ directory: directory.path, voters: 3, set })
    const create = async (name: string) => {
      await using client = await Client.connect(cluster.node(1).address)
      await createTopic(client, name, { partitions: 3, replicationFactor: 2 })
    }
    const copy = join(directory.path, 'copy')
    await cluster.stop(VICTIM)
    cpSync(cluster.directoryOf(VICTIM), copy, { recursive: true })
    cluster.spawn(VICTIM)
    await cluster.ready(VICTIM)
    await create('while-it-was-there')
    await cluster.kill(VICTIM)

    rmSync(cluster.directoryOf(VICTIM), { recursive: true })
    cpSync(copy, cluster.directoryOf(VICTIM), { recursive: true })
    const { exited } = cluster.spawn(VICTIM)
    expect((await exited).code).toBe(3)
    const { output } = cluster.node(VICTIM)
    expect(output).toMatch(/counts on entries up to \d+ here/)
    expect(output).toContain('Nothing was deleted. Move the directory away')
    await create('without-it')
  },
)
