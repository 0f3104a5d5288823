/**
 * The options that every chaos of the quorum takes, read strictly.
 */
const ELECTION_TIMEOUTS_MS = { default: 1000, fast: 200 } as const

export const COMMON_OPTIONS = {
  seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fff_ffff)) },
  profile: { type: 'string', default: 'fast' },
  /** Keep the directory of a run that was valid, too. */
  keep: { type: 'boolean', default: false },
  /** `name=value`, for every node. */
  set: { type: 'string', multiple: true, default: [] as string[] },
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

/** Of nodes, as `--set` gives them. */
export function settings(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new Error(`--set ${pair}: it is name=value`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
