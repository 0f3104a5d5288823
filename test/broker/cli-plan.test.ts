/**
 * Goal: `lograft plan` says what it would do, does it once, goes on where it was and at another
 * node, and says what to do next when it cannot; `lograft watch` tells each change once, whichever
 * node it hears it from.
 * Method: the built command as a child process, against three brokers in this process.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatHostPort } from '../../src/config/addresses.ts'
import type { Cluster } from '../../src/embed/api.ts'
import { startCluster } from '../../src/index.ts'
import { Command, run } from '../support/command.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { freePort } from './rpc/tcp.ts'

let cluster: Cluster
let directory: TempDir

beforeAll(async () => {
  directory = await tempDir()
  cluster = await startCluster({ brokers: 3, timeoutMs: 60_000 })
}, 120_000)

afterAll(async () => {
  await cluster.stop()
  await directory[Symbol.asyncDispose]()
})

const everyNode = () => cluster.brokers.map(({ grpcAddress }) => grpcAddress).join()

async function file(name: string, text: string): Promise<string> {
  const path = join(directory.path, name)
  await writeFile(path, text)
  return path
}

async function lograft(...args: string[]) {
  const { code, stdout, stderr } = await run([...args, '--grpc', everyNode()])
  return { code, stdout: stdout.toString(), stderr }
}

describe('a plan', () => {
  test('is made, kept, carried out, and carried out once', async () => {
    const desired = await file('one.yaml', 'topics: {one: {partitions: 2}, two: }')
    const kept = join(directory.path, 'one.json')
    const made = await lograft('plan', 'make', '-f', desired, '-o', kept)
    expect([made.code, made.stderr]).toEqual([0, ''])
    expect(made.stdout).toMatch(/^2 steps for cluster \S+, as of metadata offset \d+:\n/)
    expect(made.stdout).toContain('+ create topic one: 2 partition(s)')
    expect(made.stdout).toContain(`lograft plan apply ${kept} --yes`)
    const shown = await lograft('plan', 'apply', kept)
    expect(shown.stdout).toContain('Nothing was changed; --yes carries it out.')
    const examined = await lograft('plan', 'apply', kept, '--dry-run')
    expect(examined.code).toBe(0)
    expect(examined.stdout).toMatch(/create topic one.*\n.*\n2 steps can be done; nothing was\n$/)
    const done = await lograft('plan', 'apply', kept, '--yes')
    expect([done.code, done.stderr]).toEqual([0, ''])
    expect(done.stdout).toMatch(/\+ create topic one.*\n\+ create topic two.*\n2 steps done\n$/)
    const again = await lograft('plan', 'apply', kept, '--yes', '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({
      isDone: true,
      steps: [{ alreadyApplied: true }, { alreadyApplied: true }],
    })
    const nothing = await lograft('plan', 'apply', '-f', desired, '--yes')
    expect(nothing.stdout).toMatch(/^Nothing to do: cluster \S+ is as it shall be\.\n$/)
    const outdated = await lograft('plan', 'apply', kept, '--yes', '--key', 'another')
    expect(outdated.code).toBe(1)
    expect(outdated.stderr).toContain(
      '0 of 2 steps known to be done, and this plan goes no further',
    )
    expect(outdated.stderr).not.toContain('goes on')
    expect(outdated.stderr).toContain(
      'PLAN_OUTDATED: step 1, create topic one: 2 partition(s), the default number of replicas: ' +
        'topic one exists by now',
    )
  })

  test('by which records are lost wants to be told so', async () => {
    await lograft('plan', 'apply', '-f', await file('dear.yaml', 'topics: {dear: }'), '--yes')
    const gone = await file('gone.json', '{"delete-others-with-prefix": ["dear"]}')
    const refused = await lograft('plan', 'apply', '-f', gone, '--yes')
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain(
      '- delete topic dear with 1 partition(s) and all records in it',
    )
    expect(refused.stderr).toContain('with --allow-data-loss it is done')
    const done = await lograft('plan', 'apply', '-f', gone, '--yes', '--allow-data-loss')
    expect([done.code, done.stderr]).toEqual([0, ''])
  })

  test('goes on at the next place when one is gone', async () => {
    const nobody = formatHostPort(await freePort())
    const desired = await file('next.yaml', 'topics: {next: }')
    const args = ['plan', 'apply', '-f', desired, '--yes', '--grpc', `${nobody},${everyNode()}`]
    const { code, stdout } = await run(args)
    expect([code, stdout.toString()]).toEqual([0, expect.stringContaining('1 step done\n')])
  })

  test('that is wrong says where', async () => {
    const wrong = await file('wrong.yaml', 'topics: {a: {partition: 1}}')
    expect(await lograft('plan', 'make', '-f', wrong)).toEqual({
      code: 2,
      stdout: '',
      stderr: `lograft: ${wrong}: topics.a: there is no "partition"; did you mean partitions?\n`,
    })
    const refused = await file('refused.yaml', 'topics: {a: {configs: {retention.mss: 1}}}')
    const { code, stderr } = await lograft('plan', 'make', '-f', refused)
    expect([code, stderr]).toEqual([2, expect.stringContaining('INVALID_CONFIG: topics.a: ')])
    expect(stderr).not.toContain('[0]')
    const kept = join(directory.path, 'one.json')
    const edited = (await readFile(kept, 'utf8')).replace('topic one', 'topic eleven')
    const altered = await lograft('plan', 'apply', await file('edited.json', edited), '--yes')
    expect([altered.code, altered.stderr]).toEqual([2, expect.stringContaining('was edited')])
    const noPlan = await lograft('plan', 'apply', wrong)
    expect([noPlan.code, noPlan.stderr]).toEqual([2, expect.stringContaining('this is no plan')])
    const none = await lograft('plan', 'apply')
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('with -f')])
    const absent = await lograft('plan', 'make', '-f', join(directory.path, 'absent'))
    expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining('no such file')])
  })

  test('comes from standard input, and tells each step once', async () => {
    const input = 'topics: {piped: {partitions: 2}}'
    const args = ['plan', 'apply', '-f', '-', '--yes', '--grpc', everyNode()]
    const { code, stdout } = await run(args, { input })
    expect([code, stdout.toString().split('create topic piped').length]).toEqual([0, 2])
    const wrong = await run(['plan', 'make', '-f', '-'], { input: 'topic: {}' })
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('standard input: ')])
  })

  test('finds nobody', async () => {
    const nobody = formatHostPort(await freePort())
    const desired = await file('nobody.yaml', 'topics: {x: }')
    const { code, stderr } = await run(['plan', 'make', '-f', desired, '--grpc', nobody])
    expect([code, stderr]).toEqual([6, expect.stringContaining('nothing listens on')])
  })
})

test('what is watched from beyond the end on says so', async () => {
  await using command = new Command(['watch', '--after', '1000000', '--grpc', everyNode()])
  await command.printed(({ stderr }) =>
    /the metadata ends at offset \d+: waiting for what comes behind 1000000/.test(stderr),
  )
})

test('what is watched is told once, also when the node goes', async () => {
  const first = cluster.brokers[2]
  const others = cluster.brokers.slice(0, 2).map(({ grpcAddress }) => grpcAddress)
  const places = [first?.grpcAddress, ...others].join()
  await using people = new Command(['watch', '--grpc', places])
  await using machine = new Command(['watch', '--json', '--grpc', places])
  await people.printed(({ stdout }) => /cluster \S+: 3 brokers/.test(stdout.toString()))
  await machine.printed(({ stdout }) => stdout.toString().includes('"type":"snapshot"'))
  await lograft('plan', 'apply', '-f', await file('w1.yaml', 'topics: {watched: }'), '--yes')
  await people.printed(({ stdout }) => stdout.toString().includes('topic watched created'))
  await first?.kill()
  await people.printed(({ stderr }) => stderr.includes('going on at the next node'))
  const after = await file('w2.yaml', 'topics: {watched: {configs: {retention.ms: 5}}}')
  const args = ['plan', 'apply', '-f', after, '--yes', '--grpc', others.join()]
  expect((await run(args)).code).toBe(0)
  const told = 'topic watched: retention.ms=5'
  await people.printed(({ stdout }) => stdout.toString().includes(told))
  await machine.printed(({ stdout }) => stdout.toString().includes('"value":"5"'))
  const entries = machine.stdout.toString().trim().split('\n')
  const offsets = entries.map(
    (line) => (JSON.parse(line) as { metadataOffset: number }).metadataOffset,
  )
  expect(offsets).toEqual([...new Set(offsets)].sort((one, other) => one - other))
  expect(people.stdout.toString().split(told).length).toBe(2)
  for (const line of people.stdout.toString().trim().split('\n'))
    expect(line).toMatch(/^\d\d:\d\d:\d\d {2}\d+ {2}/)
  people.child.kill('SIGINT')
  expect((await people.result).code).toBe(0)
  await first?.restart()
})
