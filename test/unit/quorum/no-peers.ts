/** A transport of a node that nobody else is there for. */
import type { FoundingPeers, RaftTransport } from '../../../src/quorum/ports.ts'

export const NO_PEERS: RaftTransport & FoundingPeers = {
  open() {},
  setPeers() {},
  send() {},
  sendSnapshot: () => Promise.resolve(false),
  close: () => Promise.resolve(),
  introduce: () => Promise.reject(new Error('nobody is there')),
  onIntroduction() {},
}
