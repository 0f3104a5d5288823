/** Prometheus' own checker, found by PATH. */
import { spawnSync } from 'node:child_process'
import type { Peer } from './peer.ts'

const isThere = spawnSync('promtool', ['--version'], { stdio: 'ignore' }).status === 0

/** For `describeWith`. */
export const promtoolPeer: Peer = {
  name: 'promtool',
  missing: isThere ? null : 'is not installed',
  cure: 'install it (Debian: prometheus)',
}

/** What it has against a page; nothing for a good one. */
export function promtoolCheck(page: string): {
  readonly status: number | null
  readonly said: string
} {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}
