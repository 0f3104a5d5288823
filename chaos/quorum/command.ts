/**
 * The options that every chaos of the quorum takes, read strictly.
 */
const ELECTION_TIMEOUTS_MS = { default: 1000, fast: 200 } as const

export const COMMON_OPTIONS = {
  seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fff_ffff)) },
  profile: { type: 'string', default: 'fast' },
  /** Keep the directory of a run that was valid, too. */
  keep: { type: 'boolean', default: false },
} as const

/** `controller.quorum.election.timeout.ms` of a profile. */
export function electionTimeoutOf(profile: string): number {
  if (profile === 'default' || profile === 'fast') return ELECTION_TIMEOUTS_MS[profile]
  throw new Error(`--profile ${profile}: it is default or fast`)
}

/** The number that an option gives. */
export function whole(name: string, text: string, min: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= min) return value
  throw new Error(`--${name} ${text}: not a whole number from ${min} on`)
}
