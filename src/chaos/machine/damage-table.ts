/**
 * What a node makes of a damaged file when it is started: one outcome for each kind of file and
 * each manner of damage. In docs/CHAOS.md it is a table for people; `file-damage.test.ts` does all
 * of it to real nodes. Whatever the outcome: no consumer misses an acknowledged record or is given
 * a wrong one, and the other nodes serve all the while.
 */
import type { DamagedFile, Manner } from '../faults/spec.ts'

export type Outcome =
  /** It starts; what was bad is made anew from the rest, or done without. */
  | 'rebuilt'
  /** It starts, and is not in sync before it has fetched what is missing from the leader. */
  | 'refetched'
  /** It starts in sync; whoever reads the place gets an error, and the replica begins again. */
  | 'found-by-reading'
  /** Nothing is wrong with it. */
  | 'harmless'
  /** It does not start, changes nothing, and says what to do. */
  | 'refuses'

export interface DamageRow {
  readonly file: DamagedFile
  /** As people know it. */
  readonly name: string
  /** More than one where it depends on which byte it was. */
  readonly outcomes: Readonly<Record<Manner, readonly Outcome[]>>
}

export const MANNERS = ['flip', 'truncate', 'zero', 'delete', 'old-copy'] as const

const all = (...outcomes: readonly Outcome[]): DamageRow['outcomes'] => ({
  flip: outcomes,
  truncate: outcomes,
  zero: outcomes,
  delete: outcomes,
  'old-copy': outcomes,
})

export const DAMAGE_TABLE: readonly DamageRow[] = [
  {
    file: 'segment',
    name: 'a full segment',
    outcomes: {
      ...all('found-by-reading'),
      // The first one is missed at once.
      delete: ['refetched', 'found-by-reading'],
      // It may be from before the segment was full.
      'old-copy': ['harmless', 'found-by-reading'],
    },
  },
  {
    file: 'active-segment',
    name: 'the segment that is written',
    // One that was begun just now, of which no checkpoint tells, is as if it never was written.
    outcomes: { ...all('refetched'), delete: ['refetched', 'harmless'] },
  },
  { file: 'offset-index', name: '`.index`', outcomes: all('rebuilt') },
  { file: 'time-index', name: '`.timeindex`', outcomes: all('rebuilt') },
  { file: 'producer-snapshot', name: '`.snapshot`', outcomes: all('rebuilt') },
  { file: 'leader-epochs', name: '`leader-epoch-checkpoint`', outcomes: all('rebuilt') },
  {
    file: 'partition-metadata',
    name: '`partition.metadata`',
    outcomes: {
      ...all('refuses'),
      flip: ['refuses', 'refetched'],
      // The end of its last line alone costs nothing.
      truncate: ['refuses', 'harmless'],
      'old-copy': ['harmless'],
    },
  },
  {
    file: 'recovery-points',
    name: '`recovery-point-offset-checkpoint`',
    outcomes: { ...all('rebuilt'), flip: ['rebuilt', 'refetched'] },
  },
  { file: 'log-starts', name: '`log-start-offset-checkpoint`', outcomes: all('rebuilt') },
  {
    file: 'high-watermarks',
    name: '`replication-offset-checkpoint`',
    outcomes: { ...all('rebuilt'), flip: ['rebuilt', 'refetched'] },
  },
  { file: 'cleaned-offsets', name: '`cleaner-offset-checkpoint`', outcomes: all('rebuilt') },
  {
    file: 'compaction-gaps',
    name: '`compaction-gaps-offset-checkpoint`',
    outcomes: all('rebuilt', 'refetched'),
  },
  { file: 'partition-creations', name: '`partition-creations`', outcomes: all('rebuilt') },
  { file: 'broker-life', name: '`broker-life`', outcomes: all('rebuilt') },
  { file: 'clean-shutdown', name: '`.kafka_cleanshutdown`', outcomes: all('rebuilt') },
  {
    file: 'meta-properties',
    name: '`meta.properties`',
    // A letter of the word `checksum` itself costs nothing, nor does the end of the last line.
    outcomes: {
      ...all('refuses'),
      flip: ['refuses', 'harmless'],
      truncate: ['refuses', 'harmless'],
      'old-copy': ['harmless'],
    },
  },
  { file: 'offsets-view', name: 'the store of committed offsets', outcomes: all('rebuilt') },
  {
    file: 'metadata-log',
    name: 'the metadata log',
    outcomes: { ...all('refuses'), 'old-copy': ['refuses', 'refetched'] },
  },
  {
    file: 'metadata-snapshot',
    name: 'the newest metadata snapshot',
    outcomes: { ...all('rebuilt'), 'old-copy': ['harmless'] },
  },
  {
    file: 'quorum-state',
    name: '`quorum-state`',
    outcomes: { ...all('refuses'), 'old-copy': ['harmless'] },
  },
]

const WORDS: Readonly<Record<Outcome, string>> = {
  rebuilt: 'rebuilt',
  refetched: 'fetched anew',
  'found-by-reading': 'found by reading',
  harmless: 'nothing',
  refuses: '**refuses**',
}

/** With the word that a step of a schedule says it by. */
const HEADS: Readonly<Record<Manner, string>> = {
  flip: 'bit flipped (`flip`)',
  truncate: 'cut short (`truncate`)',
  zero: 'zeros (`zero`)',
  delete: 'deleted (`delete`)',
  'old-copy': 'old copy',
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** The table as docs/CHAOS.md has it. */
export function printDamageTable(): string {
  const heads = ['`file`', 'what it is', ...MANNERS.map((how) => HEADS[how])]
  const rows = DAMAGE_TABLE.map(({ file, name, outcomes }) => {
    const cells = MANNERS.map((how) => outcomes[how].map((one) => WORDS[one]).join(' or '))
    return line([`\`${file}\``, name, ...cells])
  })
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows].join('\n')
}
