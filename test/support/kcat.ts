/**
 * Runs kcat (librdkafka's command line), found by PATH under either of its two names. A test that
 * needs it and does not find it is skipped where everybody sees it, never silently passed.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Address } from './client.ts'
import type { Peer } from './peer.ts'

const NAMES = ['kcat', 'kafkacat']

/** Its name on this machine, or null. */
export const kcatProgram: string | null =
  NAMES.find((name) => spawnSync(name, ['-V'], { stdio: 'ignore' }).status === 0) ?? null

/** For `describeWith`. */
export const kcatPeer: Peer = {
  name: 'kcat',
  missing: kcatProgram === null ? 'is not installed' : null,
  cure: 'install it (Debian: kcat or kafkacat)',
}

/** The configuration of the person at this machine must not decide what is tested. */
export const kcatEnvironment = { ...process.env, KCAT_CONFIG: '/dev/null' }

export interface KcatResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface KcatInput {
  /** Text for its standard input. */
  readonly input?: string
  /** A file for its standard input, instead. */
  readonly inputFile?: string
  readonly deadlineMs?: number
}

const DEADLINE_MS = 300_000

function start({ host, port }: Address, args: readonly string[]) {
  if (kcatProgram === null) throw new Error('kcat is not installed: this test should be skipped')
  return spawn(kcatProgram, ['-b', `${host}:${port}`, ...args], {
    env: kcatEnvironment,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

async function run<Sink>(
  address: Address,
  args: readonly string[],
  { input, inputFile, deadlineMs = DEADLINE_MS }: KcatInput,
  sink: { chunk(bytes: Buffer): void; end(): Sink },
): Promise<{ status: number | null; out: Sink; stderr: string }> {
  const child = start(address, args)
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs)
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  child.stdout.on('data', (bytes: Buffer) => {
    sink.chunk(bytes)
  })
  // kcat may leave before it has read all of its input; its status tells, not the broken pipe.
  child.stdin.on('error', () => undefined)
  if (inputFile !== undefined) {
    await pipeline(createReadStream(inputFile), child.stdin).catch(() => undefined)
  } else child.stdin.end(input ?? '')
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearTimeout(timer)
  return { status, out: sink.end(), stderr }
}

/** Runs kcat and keeps its output as text: for small outputs. Never throws for a bad status. */
export async function tryKcat(
  address: Address,
  args: readonly string[],
  input: KcatInput = {},
): Promise<KcatResult> {
  const chunks: Buffer[] = []
  const { status, out, stderr } = await run(address, args, input, {
    chunk: (bytes) => chunks.push(bytes),
    end: () => Buffer.concat(chunks).toString(),
  })
  return { status, stdout: out, stderr }
}

/** Runs kcat; its output as text. Throws with what it said when its status is not 0. */
export async function kcat(
  address: Address,
  args: readonly string[],
  input: KcatInput = {},
): Promise<string> {
  const { status, stdout, stderr } = await tryKcat(address, args, input)
  if (status !== 0) throw new Error(`kcat ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

/** Runs kcat; only size and digest of its output, which may be as large as it likes. */
export async function kcatDigest(
  address: Address,
  args: readonly string[],
): Promise<{ sha256: string; sizeBytes: number }> {
  const digest = createHash('sha256')
  let sizeBytes = 0
  const { status, out, stderr } = await run(
    address,
    args,
    {},
    {
      chunk: (bytes) => {
        digest.update(bytes)
        sizeBytes += bytes.byteLength
      },
      end: () => digest.digest('hex'),
    },
  )
  if (status !== 0) throw new Error(`kcat ${args.join(' ')} ended with ${status}: ${stderr}`)
  return { sha256: out, sizeBytes }
}
