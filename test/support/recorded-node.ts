/**
 * A node whose clients go through a recorder: which versions they send can be compared with the
 * newest that both sides know, so that no client falls back unnoticed.
 */
import { handlers } from '../../src/server/handlers/index.ts'
import { LocalNode, type LocalNodeOptions } from './local-node.ts'
import { RequestRecorder } from './request-recorder.ts'

export interface RecordedNode extends AsyncDisposable {
  readonly node: LocalNode
  readonly recorder: RequestRecorder
  /** `host:port` of the recorder, for clients. The node advertises it, too. */
  readonly bootstrap: string
}

export async function startRecordedNode(set: LocalNodeOptions['set'] = {}): Promise<RecordedNode> {
  const recorder = await RequestRecorder.listen()
  const advertised = { 'advertised.listeners': `PLAINTEXT://${recorder.bootstrap}` }
  const node = await LocalNode.start({ set: { ...advertised, ...set }, named: true })
  recorder.target = () => node.address
  return {
    node,
    recorder,
    bootstrap: recorder.bootstrap,
    async [Symbol.asyncDispose]() {
      await recorder[Symbol.asyncDispose]()
      await node[Symbol.asyncDispose]()
    },
  }
}

/**
 * What a client that knows APIs up to the versions in `known` must send to us: the newest version
 * that both sides have. APIs that we do not serve are left out. ApiVersions is asked before there
 * is anything to go by, in the client's newest version.
 */
export function negotiated(known: Readonly<{ [api: string]: number }>): { [api: string]: number } {
  const served = new Map(handlers.map(({ api, advertised }) => [api.name, advertised[1]]))
  return Object.fromEntries(
    Object.entries(known).flatMap(([api, version]) => {
      const ours = served.get(api)
      if (ours === undefined) return []
      return [[api, api === 'ApiVersions' ? version : Math.min(ours, version)]]
    }),
  )
}
