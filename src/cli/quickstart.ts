/** What `npm start` shows once the node serves: one screen, with three commands to paste. Pure. */
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort, locally } from '../config/addresses.ts'
import type { NodeConfig } from '../config/node-options.ts'
import { VERSION } from '../version.ts'

export function quickstartScreen(
  config: NodeConfig,
  { kafkaAddress, directory }: { readonly kafkaAddress: HostPort; readonly directory: string },
): string {
  const address = formatHostPort(locally(kafkaAddress))
  return `
Lograft ${VERSION} is ready: node ${config['node.id']}, broker and controller in one process.

  Kafka clients   ${address}
  data            ${directory}
                  (kept; remove the directory to begin anew)

Try it from another terminal (apt install kcat, brew install kcat):

  kcat -b ${address} -L
  seq 1 1000 | kcat -b ${address} -t hello -P
  kcat -b ${address} -t hello -C -e

Ctrl-C stops it. All there is to set: docs/CONFIGURATION.md
`
}
