/** What `npm start` shows once the node serves: one screen, with commands to paste. Pure. */
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort, locally } from '../config/addresses.ts'
import type { NodeConfig } from '../config/node-options.ts'
import { VERSION } from '../version.ts'

/** Where the commands look by themselves. */
const BOOTSTRAP_DEFAULT = '127.0.0.1:9092'

export function quickstartScreen(
  config: NodeConfig,
  { kafkaAddress, directory }: { readonly kafkaAddress: HostPort; readonly directory: string },
): string {
  const address = formatHostPort(locally(kafkaAddress))
  const bootstrap = address === BOOTSTRAP_DEFAULT ? '' : ` -b ${address}`
  return `
Lograft ${VERSION} is ready: node ${config['node.id']}, broker and controller in one process.

  Kafka clients   ${address}
  data            ${directory}
                  (kept; remove the directory to begin anew)

Try it from another terminal, in this folder:

  seq 1 1000 | npx lograft produce hello${bootstrap}
  npx lograft consume hello --exit${bootstrap}
  npx lograft topic describe hello${bootstrap}

Or with any Kafka client, such as kcat (apt install kcat, brew install kcat):

  seq 1 1000 | kcat -b ${address} -t hello -P
  kcat -b ${address} -t hello -C -e

Ctrl-C stops it. All there is to set: docs/CONFIGURATION.md
`
}
