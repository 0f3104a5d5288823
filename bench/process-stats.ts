/** What Linux says of a process. Elsewhere everything is null, and the table says so. */
import { existsSync, readFileSync } from 'node:fs'

/** USER_HZ: fixed at 100 wherever Linux runs. */
const TICKS_PER_SECOND = 100

export interface ProcessStats {
  /** User and system time so far. */
  readonly cpuSeconds: number
  readonly residentBytes: number
  /** read, write and their kin, sockets included; not epoll_wait. */
  readonly readCalls: number
  readonly writeCalls: number
}

export const hasProcessStats = existsSync('/proc/self/stat')

export function statsOf(pid: number): ProcessStats | null {
  if (!hasProcessStats) return null
  // The name, in brackets, may hold blanks.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  const io = readFileSync(`/proc/${pid}/io`, 'utf8')
  const count = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1])
  return {
    cpuSeconds: ticks / TICKS_PER_SECOND,
    residentBytes: Number(resident) * 1024,
    readCalls: count('syscr'),
    writeCalls: count('syscw'),
  }
}
