/**
 * What the system lets this process have. Asked once, at the start: whoever opens files or takes
 * connections is told how many, so that a crowd of one never starves the other.
 */
import fs from 'node:fs'

/** Where the system does not say: what Linux gives an ordinary process. */
const OPEN_FILES_UNKNOWN = 1_024
const SOFT_LIMIT = /^Max open files\s+(\d+|unlimited)\s/m

/**
 * How many descriptors (files and sockets together) the process may have open: the soft limit, as
 * it is now (Node raises it to the hard one when it starts). Infinity when there is none.
 */
export function openFilesLimit(): number {
  const soft = softLimit()
  if (soft === 'unlimited') return Infinity
  const limit = Number(soft)
  return Number.isSafeInteger(limit) && limit > 0 ? limit : OPEN_FILES_UNKNOWN
}

function softLimit(): unknown {
  try {
    return SOFT_LIMIT.exec(fs.readFileSync('/proc/self/limits', 'utf8'))?.[1]
  } catch {
    return softLimitReported()
  }
}

/** For systems without /proc; null on Windows, whose handles are not limited so. */
function softLimitReported(): unknown {
  const report: unknown = process.report.getReport()
  if (typeof report !== 'object' || report === null || !('userLimits' in report)) return null
  const { userLimits } = report
  if (typeof userLimits !== 'object' || userLimits === null || !('open_files' in userLimits))
    return null
  const { open_files: openFiles } = userLimits
  if (typeof openFiles !== 'object' || openFiles === null || !('soft' in openFiles)) return null
  return openFiles.soft
}
