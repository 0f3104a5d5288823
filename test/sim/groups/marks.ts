/** What a batch of seeds with groups must come to, beside what a cluster comes to. */
import type { ClusterMark } from '../cluster/marks.ts'

export const GROUPS_MARKS = [
  'coordinator served',
  'generation begun',
  'commit acknowledged',
  'commit refused',
  'a member left',
  'a member crashed',
  'a member slept through its session',
  'a static member had a twin',
  'a stray commit',
  'a member asked for an assignment too late',
  'a coordinator that slept was asked',
  'offset expired',
  'log compacted',
  'tombstone dropped',
  'view folded anew',
  'old copy of a store',
  'killed',
  'power cut',
  'stalled',
  'healed and agreed',
  'groups are stable',
] as const

export type GroupsMark = (typeof GROUPS_MARKS)[number] | ClusterMark
