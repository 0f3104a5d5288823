/**
 * One run, from a scenario and a seed to a report: a cluster, topics, load, faults, everything taken
 * back, everything read, judged. Whatever goes wrong on the way, what was done is taken back and what
 * there is is judged: a run that could not be made as it was meant is unknown, and says why. Every
 * wait has an end.
 */
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { delay } from '../../base/clock.ts'
import { asError, LograftError } from '../../base/errors.ts'
import { hostClock } from '../../host/clock.ts'
import { hostNet } from '../../host/net.ts'
import { hostRandom } from '../../host/random.ts'
import { tempDirectory } from '../../host/temp-directory.ts'
import { Cluster } from '../../client/cluster.ts'
import { VERSION } from '../../version.ts'
import type { Scenario, Step } from '../api.ts'
import type { Target } from '../cluster/target.ts'
import type { HistoryEvent, PhaseEvent, RunEvent } from '../history/events.ts'
import { HistoryWriter } from '../history/writer.ts'
import { folderOf, HISTORY, LOGS, SCHEDULE, writeReport } from '../report/folder.ts'
import type { Results } from '../report/results.ts'
import { within } from '../waiting.ts'
import type { TopicPlan, Workload } from '../workloads/workload.ts'
import { Live, type Glimpse } from './live.ts'
import { openPlace, type PlaceOptions } from './place.ts'
import { becomesWhole, createTopics, topicPlans } from './topics.ts'

/** Who watches a run while it lasts. */
export interface Watcher {
  begin(look: () => Glimpse): void
  /** Everything but records, as it is written down. */
  news(event: HistoryEvent): void
  end(): void
}

export interface RunOptions {
  readonly seed: number
  /** Instead of those that the seed draws: of a run that is done again. */
  readonly steps?: readonly Step[]
  /** How long faults are made, instead of what the scenario says. */
  readonly seconds?: number
  readonly place: PlaceOptions
  /** The folder of this run is made in it. */
  readonly report: string
  /** Data and logs of nodes are kept after a run that passed, too. */
  readonly keep: boolean
  /** The command that runs the same once more. */
  readonly again: string
  /** Aborts: no more faults; heal, read, judge, report. */
  readonly signal: AbortSignal
  readonly watcher?: Watcher
}
