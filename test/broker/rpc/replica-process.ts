/**
 * A replica in a process of its own, for those that are to be killed or stopped: it says where it
 * is on standard output, and answers every heartbeat.
 *
 *     node --import tsx replica-process.ts NODE_ID DIRECTORY_ID
 */
import { parseReplicaKey } from '../../../src/quorum/replica-key.ts'
import { Replica } from './replicas.ts'

const [, , nodeId, directoryId] = process.argv
const replica = new Replica({ nodeId: Number(nodeId), directoryId: directoryId ?? '' })
await replica.start()
process.stdout.write(`${JSON.stringify(replica.address)}\n`)
for (let seen = 0; ; seen += 1) {
  await replica.until('a message', () => replica.count('message') > seen, 600_000)
  const { from, term } = replica.messages[seen] ?? {}
  if (from === undefined || term === undefined || parseReplicaKey(from) === null) continue
  replica.rpc.setPeers([from])
  replica.send({ key: from }, term, { type: 'append-response', session: 1, index: seen })
}
