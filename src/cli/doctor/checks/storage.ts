/**
 * Disks and files: space for each broker's log, how long an fsync takes here, and how many files a
 * process may open here. Pure.
 */
import type { Finding } from '../finding.ts'
import { isKnown, type Readings } from '../readings.ts'
import { printBytes, printCount } from '../../table.ts'

export function checkStorage(readings: Readings): readonly Finding[] {
  return [...diskSpace(readings), ...fsync(readings), ...openFiles(readings)]
}

/** Free of the whole, below which it is time to act. */
const SPACE_WARNING = 0.15
const SPACE_PROBLEM = 0.05

function diskSpace({ brokers }: Readings): readonly Finding[] {
  const check = 'disk-space'
  const findings: Finding[] = []
  let least = 1
  for (const { nodeId, directories, reached } of brokers) {
    if (directories === null && reached.by !== 'nobody')
      findings.push({ check, verdict: 'unknown', says: `broker ${nodeId} does not tell its disk` })
    for (const { path, isOnline, totalBytes, usableBytes } of directories ?? []) {
      if (!isOnline) {
        findings.push(offline(nodeId, path))
        continue
      }
      if (totalBytes === null || usableBytes === null || totalBytes === 0) continue
      const free = usableBytes / totalBytes
      least = Math.min(least, free)
      if (free < SPACE_WARNING)
        findings.push({
          ...{ check, verdict: free < SPACE_PROBLEM ? 'problem' : 'warning' },
          says: `broker ${nodeId} has ${printBytes(usableBytes)} of ${printBytes(totalBytes)} (${percent(free)}) left for ${path}`,
          means: 'When it is full the broker refuses records.',
          next: 'Make room, shorten retention (retention.ms, retention.bytes), or move partitions away.',
        })
    }
  }
  if (findings.length > 0) return findings
  if (brokers.every(({ directories }) => !directories?.some((one) => one.totalBytes !== null)))
    return []
  return [{ check, verdict: 'ok', says: `every disk has at least ${percent(least)} free` }]
}

function offline(nodeId: number, path: string): Finding {
  return {
    ...{ check: 'disk-space', verdict: 'problem' },
    says: `broker ${nodeId} cannot use ${path}`,
    means: 'A write or fsync there failed; what it holds is not served.',
    next: 'Read the log of the node, look after the disk, and start the node again.',
  }
}

/** Every commit of metadata and of group offsets waits for one. */
const FSYNC_WARNING_MS = 50
const FSYNC_PROBLEM_MS = 500

function fsync({ here }: Readings): readonly Finding[] {
  const check = 'fsync'
  const reading = here.fsync
  if (reading === null)
    return [
      {
        ...{ check, verdict: 'unknown' },
        says: 'how long an fsync takes is not measured',
        next: 'On a machine of a broker, name a directory on its disk: lograft doctor --directory DIR',
      },
    ]
  if (!isKnown(reading)) return [{ check, verdict: 'problem', says: reading.unknown }]
  const { directory, medianMs, worstMs, count } = reading
  const says = `an fsync in ${directory} takes ${ms(medianMs)}, at worst ${ms(worstMs)} of ${count}`
  if (worstMs < FSYNC_WARNING_MS) return [{ check, verdict: 'ok', says }]
  return [
    {
      ...{ check, verdict: medianMs > FSYNC_PROBLEM_MS ? 'problem' : 'warning', says },
      means: 'Every change of metadata and every committed offset waits for one on a majority.',
      next: 'Give log.dirs a disk of its own, with a write cache that survives a power cut.',
    },
  ]
}

/** Below this, a busy broker closes and opens files all the time, and takes few connections. */
const OPEN_FILES_LEAST = 8_192

function openFiles({ here: { openFiles: limit } }: Readings): readonly Finding[] {
  const check = 'open-files'
  const text = limit === Infinity ? 'any number of files' : `${printCount(limit)} files`
  const says = `a process started here may open ${text}`
  if (limit >= OPEN_FILES_LEAST) return [{ check, verdict: 'ok', says }]
  return [
    {
      ...{ check, verdict: 'warning', says },
      means: 'A node started here takes a quarter of them for connections and half for log files.',
      next: 'Raise the limit where nodes run: ulimit -n 100000, or LimitNOFILE= of a systemd unit.',
    },
  ]
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
}
