/**
 * Goal: `lograft quorum` shows the quorum to people and machines, asks for exactly what was typed,
 * and says what to do next when it cannot.
 * Method: the built command as a child process, against a node of the test's own on loopback.
 */
import net from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LograftError } from '../../src/base/errors.ts'
import { formatHostPort } from '../../src/config/addresses.ts'
import { run } from '../support/command.ts'
import type { QuorumNode } from './rpc/scripted-quorum.ts'
import { DESCRIPTION, ScriptedQuorum, serveQuorum } from './rpc/scripted-quorum.ts'
import { freePort } from './rpc/tcp.ts'

let node: QuorumNode
let quorum = new ScriptedQuorum()
const faults: Error[] = []

beforeAll(async () => {
  const local = {
    describe: () => quorum.describe(),
    transfer: (...args: Parameters<ScriptedQuorum['transfer']>) => quorum.transfer(...args),
    add: (...args: Parameters<ScriptedQuorum['add']>) => quorum.add(...args),
    remove: (...args: Parameters<ScriptedQuorum['remove']>) => quorum.remove(...args),
  }
  const fatal = (error: Error) => void faults.push(error)
  node = await serveQuorum(2, { local, leads: true, fatal })
})
afterAll(() => node.close())
beforeEach(() => (quorum = new ScriptedQuorum()))
afterEach(() => expect(faults).toEqual([]))

async function lograft(...args: string[]) {
  const { code, stdout, stderr } = await run(['quorum', ...args])
  return { code, stdout: stdout.toString(), stderr }
}

const ask = (...args: string[]) => lograft(...args, '--grpc', formatHostPort(node.address))

describe('status', () => {
  test('is a table for people', async () => {
    const { code, stdout, stderr } = await ask('status')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(
      `cluster AAAAAAAAAAAAAAAAAAAAAQ, leader 2, epoch 7, high watermark 1200

NODE  ROLE     ADDRESS            LOG END  LAG  LAST CONTACT    LAST CAUGHT UP  DIRECTORY
   1  voter    controller-1:9093     1190   13  now             2.5 s ago       AAAAAAAAAAAAAAAAAAAAZQ
   2  leader   controller-2:9093     1203    0  now             now             AAAAAAAAAAAAAAAAAAAAZg
   3  learner  -                        -    -  over 2.0 h ago  over 2.0 h ago  AAAAAAAAAAAAAAAAAAAAZw
`,
    )
  })

  test('is the whole description for machines', async () => {
    const { code, stdout } = await ask('status', '--json')
    expect([code, JSON.parse(stdout)]).toEqual([0, DESCRIPTION])
  })
})

describe('a change', () => {
  test.each([
    [['transfer', '3'], ['transfer to 3'], 'node 3 leads\n'],
    [['add', '4@10.0.0.4:9093'], ['add 4@10.0.0.4:9093, replaces null'], 'node 4 votes\n'],
    [
      ['add', '4@10.0.0.4', '--replaces', '3'],
      ['add 4@10.0.0.4:9093, replaces 3'],
      'node 4 votes in the place of node 3\n',
    ],
    [
      ['replace', '3', '3@[::1]:9095'],
      ['add 3@::1:9095, replaces 3'],
      'node 3 votes in the place of node 3\n',
    ],
    [
      ['remove', '3', '4', '3'],
      ['describe', 'remove 3,4'],
      'node 3 votes no more\nnode 4 votes no more\n',
    ],
  ])('%j is asked for once, and told of when it is done', async (args, asked, printed) => {
    expect(await ask(...args)).toEqual({ code: 0, stdout: printed, stderr: '' })
    expect(quorum.asked).toEqual(asked)
  })

  test('transfer without a node says who leads now', async () => {
    expect(await ask('transfer')).toEqual({
      code: 0,
      stdout: 'node 2 leads, as before\n',
      stderr: '',
    })
    expect(quorum.asked).toEqual(['describe', 'transfer to null', 'describe'])
  })

  test('that is refused says why, and what to do', async () => {
    const arithmetic = '3 voters, 1 down: removing 2 leaves no majority'
    quorum.refusal = new LograftError('INVALID_REQUEST', arithmetic)
    expect(await ask('remove', '1', '2')).toEqual({
      code: 1,
      stdout: '',
      stderr: `lograft: ${arithmetic}\n`,
    })
    quorum.refusal = new LograftError('VOTER_NOT_FOUND', 'node 8 is not part of the quorum')
    const { code, stderr } = await ask('remove', '8')
    expect(code).toBe(1)
    expect(stderr).toBe(
      'lograft: node 8 is not part of the quorum; `lograft quorum status` lists who votes.\n',
    )
  })

  test('that takes too long says that it is open', async () => {
    quorum.held = new Promise(() => {})
    const { code, stdout, stderr } = await ask('add', '4@10.0.0.4', '--timeout', '300ms')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('whether this took effect is open')
    expect(stderr).toContain('lograft quorum status')
    expect(quorum.asked).toHaveLength(1)
  })
})

describe('where nobody answers', () => {
  test('the next place is tried', async () => {
    const nobody = formatHostPort(await freePort())
    const places = `${nobody},${formatHostPort(node.address)}`
    const { code, stdout } = await lograft('status', '--json', '--grpc', places)
    expect([code, JSON.parse(stdout)]).toEqual([0, DESCRIPTION])
  })

  test('and none is left, it says so', async () => {
    const nobody = formatHostPort(await freePort())
    const { code, stderr } = await lograft('status', '--grpc', nobody)
    expect(code).toBe(6)
    expect(stderr).toBe(
      `lograft: nothing listens on ${nobody}. Is the node running? Name the grpc.listener of one ` +
        'that is with --grpc, or several by commas.\n',
    )
  })

  test('but something else does, it says that', async () => {
    const server = net.createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end('SSH-2.0\r\n'),
    )
    await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens))
    const { port } = server.address() as net.AddressInfo
    const { code, stderr } = await lograft('status', '-g', `127.0.0.1:${port}`, '-t', '5s')
    expect(code).toBe(6)
    expect(stderr).toContain(
      `something listens on 127.0.0.1:${port}, but is no node's grpc.listener`,
    )
    await new Promise((closed) => server.close(closed))
  })
})

test.each([
  [['status', '--grpc', 'nowhere:0'], 'is not a place'],
  [['add', '4'], 'is no node: expected id@host:port'],
  [['remove'], "missing required argument 'nodes'"],
  [['remove', 'x'], 'Expected a whole number'],
  [['transfer', '1', '2'], 'too many arguments'],
  [[], 'Usage: lograft quorum'],
])('%j is a usage error', async (args, message) => {
  const { code, stdout, stderr } = await lograft(...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})
