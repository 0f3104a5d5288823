/** A refusal of the admin API in words: what was said, of which field, and what to do. Pure. */
import { RpcError } from '../rpc/status.ts'

/** Null for what explains itself. */
export function explainAdmin(thrown: unknown): string | null {
  if (!(thrown instanceof RpcError)) return null
  const { code, reason, text, field, hint } = thrown
  const where = field === null ? '' : ` (${field})`
  const next = hint === null ? '' : `. ${hint}`
  return `${reason ?? code}: ${text}${where}${next}`
}
