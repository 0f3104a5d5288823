/** What `npm start` shows once its cluster serves: one screen, with commands to paste. Pure. */
import { VERSION } from '../version.ts'

/** Where the commands look by themselves. */
const BOOTSTRAP_DEFAULT = '127.0.0.1:9092'

export interface ShownCluster {
  readonly brokers: readonly {
    readonly id: number
    readonly address: string
    readonly pid: number | null
  }[]
  /** Where one of them tells its metrics; null: nowhere. */
  readonly http: string | null
  /** Each broker's data is in a directory below, named by its number. */
  readonly directory: string
  /** Until a broker that ended by itself is started again. */
  readonly restartMs: number
}

export function quickstartScreen({ brokers, http, directory, restartMs }: ShownCluster): string {
  const first = brokers[0]?.address ?? BOOTSTRAP_DEFAULT
  const bootstrap = first === BOOTSTRAP_DEFAULT ? '' : ` -b ${first}`
  const metrics =
    http === null ? '' : `\n  curl http://${http}/metrics     # for Prometheus; and /readyz`
  const pid = brokers[1]?.pid ?? brokers[0]?.pid ?? ''
  const rows = brokers.map((broker) => {
    return `  broker ${broker.id}   ${broker.address}   pid ${broker.pid}   ${directory}/${broker.id}`
  })
  return `
Lograft ${VERSION} is ready: ${brokers.length} brokers on this machine, each a process.

${rows.join('\n')}

Try it from another terminal, in this folder:

  seq 1 1000 | npx lograft produce hello${bootstrap}
  npx lograft consume hello --exit${bootstrap}
  kill -9 ${pid}     # nothing acknowledged is lost; the others take over
  npx lograft topic describe hello${bootstrap}${metrics}

Or with any Kafka client, such as kcat (apt install kcat, brew install kcat):

  kcat -b ${first} -t hello -C -e

A broker that ends by itself is started again after ${restartMs / 1000} s; one that is told
to end stays away. Ctrl-C stops them all; the data is kept. What happens to the
cluster is told below.
`
}
