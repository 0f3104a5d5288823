/** What `lograft chaos replay` does: the steps of a schedule once more. */
import type { ReportFlags } from './run.ts'

export type ReplayFlags = ReportFlags

export async function replay(_path: string, _flags: ReplayFlags): Promise<void> {}
