/** A process of its own: Lograft's client in every role. */
import { LeaderView } from './leader-view.ts'
import { member } from './lograft-member.ts'
import { follow, readOnce } from './lograft-reader.ts'
import { openLoop } from './open-loop.ts'
import { ProbingSender } from './probing-sender.ts'
import { runProgram } from './program.ts'

await runProgram({
  produce(role, stage) {
    const { acks, idempotent, lanes, process: clientId } = role
    const { bootstrap, signal } = stage
    const topics = [...new Set(lanes.map(({ topic }) => topic))]
    const view = new LeaderView({ bootstrap, clientId, topics })
    const of = { bootstrap, clientId, view, acks, idempotent, signal }
    return openLoop(role, stage, () => ProbingSender.open(of))
  },
  follow: (role, stage) => follow(role, stage, stage.bootstrap),
  member: (role, stage) => member(role, stage, stage.bootstrap),
  read: (role, stage) => readOnce(role, stage, stage.bootstrap),
})
