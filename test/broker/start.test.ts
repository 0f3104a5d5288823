// Goal: a node that must not start says why, with a code that tools can act on, and changes nothing
// (S1, S2, S4, S12).
// Method: a real node makes a real directory; each test spoils one thing about it and starts again.
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../../src/base/log.ts'
import { FREE_PORTS } from '../../src/chaos/cluster/process-node.ts'
import { loadNodeConfig } from '../../src/config/load.ts'
import { isNodeOption } from '../../src/config/node-options.ts'
import { startNode } from '../../src/node/node.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

let directory: TempDir

beforeEach(async () => {
  directory = await tempDir()
})
afterEach(async () => {
  await directory[Symbol.asyncDispose]()
})

function start(set: Record<string, string | number> = {}) {
  const settings = { ...FREE_PORTS, 'log.dirs': directory.path, ...set }
  const flags = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
  const named = new Set(Object.keys(set).filter(isNodeOption))
  return startNode(loadNodeConfig({ flags }), { logger: silentLogger, named })
}

async function startAndStop(set: Record<string, string | number> = {}): Promise<void> {
  const node = await start(set)
  await node.stop()
}

/** Every file with its size and content, so that "nothing was changed" can be compared. */
function contents(): Map<string, string> {
  const files = readdirSync(directory.path, { recursive: true, encoding: 'utf8' })
  return new Map(
    files
      .filter((name) => statSync(join(directory.path, name)).isFile() && !name.startsWith('store'))
      .map((name) => [name, readFileSync(join(directory.path, name), 'base64')]),
  )
}

const metadataLog = (): string =>
  join(directory.path, '__cluster_metadata-0', '00000000000000000000.log')

test('a second node in the same directory is refused, the first goes on', async () => {
  const first = await start()
  await expect(start()).rejects.toMatchObject({ code: 'DIRECTORY_LOCKED' })
  await first.stop()
  await startAndStop()
})

test("a taken port is refused, and the directory is still nobody's", async () => {
  const squatter = net.createServer()
  await new Promise<void>((listening) => squatter.listen(0, '127.0.0.1', listening))
  const { port } = squatter.address() as net.AddressInfo
  const listeners = `PLAINTEXT://127.0.0.1:${port}`
  await expect(start({ listeners })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await new Promise((closed) => squatter.close(closed))
  expect(contents()).toEqual(new Map())
  await startAndStop({ 'node.id': 2, 'controller.quorum.voters': '2@127.0.0.1:9093' })
})

test('the directory of another node is refused', async () => {
  await startAndStop()
  const before = contents()
  const other = { 'node.id': 2, 'controller.quorum.voters': '2@127.0.0.1:9093' }
  await expect(start(other)).rejects.toMatchObject({ code: 'DIRECTORY_FOREIGN' })
  expect(contents()).toEqual(before)
})

test.each(['missing', 'bad'])('meta.properties %s beside data is refused', async (how) => {
  await startAndStop()
  const path = join(directory.path, 'meta.properties')
  if (how === 'missing') rmSync(path)
  else writeFileSync(path, 'version=1\n')
  const before = contents()
  await expect(start()).rejects.toMatchObject({ code: 'DIRECTORY_DAMAGED' })
  expect(contents()).toEqual(before)
})

test('quorum-state missing beside a metadata log is refused', async () => {
  await startAndStop()
  rmSync(join(directory.path, '__cluster_metadata-0', 'quorum-state'))
  const before = contents()
  await expect(start()).rejects.toMatchObject({ code: 'METADATA_UNUSABLE' })
  expect(contents()).toEqual(before)
})

test('the directory of a controller is refused to a node that is none', async () => {
  await startAndStop()
  const before = contents()
  const alone = { 'process.roles': 'broker', 'controller.quorum.bootstrap.servers': '127.0.0.1:1' }
  await expect(start(alone)).rejects.toMatchObject({ code: 'INVALID_CONFIG' })
  expect(contents()).toEqual(before)
})

test.each(['', '00000000000000000000.log'])(
  'metadata that is gone is refused: %s',
  async (what) => {
    await startAndStop()
    const log = join(directory.path, '__cluster_metadata-0')
    rmSync(join(log, what), { recursive: true })
    const before = contents()
    await expect(start()).rejects.toMatchObject({ code: 'METADATA_UNUSABLE' })
    expect(contents()).toEqual(before)
  },
)

test('a metadata directory that was emptied is refused before another cluster is founded', async () => {
  await startAndStop()
  const log = join(directory.path, '__cluster_metadata-0')
  rmSync(log, { recursive: true })
  mkdirSync(log)
  const before = contents()
  await expect(start()).rejects.toMatchObject({ code: 'METADATA_UNUSABLE' })
  expect(contents()).toEqual(before)
})

test('a flipped bit in committed metadata is refused, with file and place', async () => {
  await startAndStop()
  const bytes = readFileSync(metadataLog())
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100)
  writeFileSync(metadataLog(), bytes)
  const before = contents()
  await expect(start()).rejects.toMatchObject({
    code: 'METADATA_UNUSABLE',
    message: expect.stringContaining('00000000000000000000.log') as unknown,
  })
  expect(contents()).toEqual(before)
})

test('a half-written metadata entry at the end is cut off', async () => {
  await startAndStop()
  const bytes = readFileSync(metadataLog())
  writeFileSync(metadataLog(), Buffer.concat([bytes, bytes.subarray(0, 70)]))
  await startAndStop()
})

test('a safety setting that differs from the founded one is refused when somebody named it', async () => {
  await startAndStop()
  const differing = { 'min.insync.replicas': 3 }
  await expect(start(differing)).rejects.toMatchObject({
    code: 'INVALID_CONFIG',
    message: expect.stringContaining(
      'min.insync.replicas is 3 here and 2 in the cluster',
    ) as unknown,
  })
  await startAndStop({ 'min.insync.replicas': 2 })
})

test('stopping twice is stopping once', async () => {
  const node = await start()
  await Promise.all([node.stop(), node.stop()])
  await node.stop()
})
