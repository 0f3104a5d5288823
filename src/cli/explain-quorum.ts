/**
 * What went wrong between `lograft quorum` and the cluster, in words that say what to do next.
 * Pure.
 */
import { isLograftError, LograftError } from '../base/errors.ts'
import { NotControllerError } from '../rpc/not-controller.ts'

/** No node answered at any of the places that were given. */
export class NothingAnswers extends LograftError<'UNREACHABLE'> {
  override readonly name = 'NothingAnswers'

  constructor(faults: readonly string[]) {
    const next =
      'Is the node running? Name the grpc.listener of one that is with --grpc, or several by commas.'
    super('UNREACHABLE', `${faults.join('; ')}. ${next}`)
  }
}

/** What to do about a refusal; null for what explains itself or what nobody foresaw. */
export function explainQuorum(thrown: unknown): string | null {
  if (!isLograftError(thrown)) return null
  const { code, message } = thrown
  switch (code) {
    case 'NOT_CONTROLLER':
      return thrown instanceof NotControllerError && thrown.isUnreachable
        ? `${message}: the connection was lost before anything was asked; try again.`
        : `${message}: try again, or name another node with --grpc.`
    case 'REQUEST_TIMED_OUT':
      return `${message}. Look with \`lograft quorum status\` before you try again; --timeout gives it longer.`
    case 'VOTER_NOT_FOUND':
    case 'DUPLICATE_VOTER':
      return `${message}; \`lograft quorum status\` lists who votes.`
    default:
      return null
  }
}
