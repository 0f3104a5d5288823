/** Replicas in processes of their own (`replica-process.ts`), for those that are to be harmed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { asNodeId } from '../../../src/base/ids.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { within } from '../../support/within.ts'
import { newUuid, WAIT_MS, type Known } from './replicas.ts'

const SCRIPT = fileURLToPath(new URL('replica-process.ts', import.meta.url))

export interface ReplicaProcess extends Known {
  readonly pid: number
  /** What it wrote on standard error. */
  readonly output: string
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void
  kill(): Promise<void>
}

export async function startReplicaProcess(nodeId: number): Promise<ReplicaProcess> {
  const id = { nodeId: asNodeId(nodeId), directoryId: newUuid() }
  const args = ['--import', 'tsx', SCRIPT, String(nodeId), id.directoryId]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  let output = ''
  child.stderr.on('data', (text: Buffer) => (output += text.toString()))
  const [line] = (await within(WAIT_MS, 'its address', once(child.stdout, 'data'))) as [Buffer]
  return {
    id,
    key: replicaKey(id),
    address: JSON.parse(line.toString()) as HostPort,
    pid: child.pid ?? -1,
    get output() {
      return output
    },
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
