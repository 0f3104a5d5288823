/**
 * What nobody can hear sooner: from the `kill -9` of a process until another one, connected to it,
 * has heard of it and been refused by its port.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Bare } from './bare.ts'

/** Milliseconds. */
export async function untilDeathIsHeardOf(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'lograft-bench-death-'))
  try {
    await using bare = await Bare.start(join(directory, 'file'))
    const { address, pids } = bare.side
    const socket = net.connect(address)
    await once(socket, 'connect')
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => undefined)
    const killedMs = performance.now()
    process.kill(pids[0] as number, 'SIGKILL')
    await closed
    const again = net.connect(address)
    await new Promise((resolve) => again.once('error', resolve))
    return performance.now() - killedMs
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
