/** How much memory a process holds, for tests that bound it. */
import { existsSync, readFileSync } from 'node:fs'

/** In bytes; where the system has no /proc it says so aloud, and gives null. */
export function residentBytes(pid: number): number | null {
  const path = `/proc/${pid}/status`
  if (!existsSync(path)) {
    console.warn('SKIPPED: memory bounds are not checked here, this system has no /proc')
    return null
  }
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(path, 'utf8'))?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) * 1024
}
