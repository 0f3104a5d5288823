/**
 * Scenario scripts: commands, a line of four dashes, and everything that came of them. Commands of
 * one block run one after the other, `silently` if what comes of one is of no interest; a `#`
 * begins a comment. In what comes of them, a line that begins with `1>2` is a message, any other
 * with the replica it is about.
 */
import assert from 'node:assert'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { Bounds, ConfigurationChange, Ready } from '../../../src/raft/types.ts'
import {
  wordAnswer,
  wordBatch,
  wordConfiguration,
  wordEntry,
  wordMessage,
  wordStatus,
} from './wording.ts'
import type { Replica, Survival } from './world.ts'
import { BOUNDS, World, configurationOf, key, keys } from './world.ts'

const DASHES = '----'

/** Runs a script; returns it with what came of it in place of what was expected. */
export function rerun(script: string): string {
  const play = new Play()
  const lines = script.split('\n')
  const out: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as string
    if (line !== DASHES) {
      out.push(line)
      if (line !== '' && !line.startsWith('#')) play.run(line)
      continue
    }
    out.push(DASHES, ...play.takeOutput())
    while (at + 1 < lines.length && lines[at + 1] !== '') at += 1
  }
  assert.deepEqual(play.takeOutput(), ['ok'], 'the last commands have no expected output')
  return out.join('\n')
}

interface Arguments {
  readonly words: readonly string[]
  readonly options: ReadonlyMap<string, string>
}

type Command = (play: Play, args: Arguments) => void

class Play {
  world = new World()
  #output: string[] = []

  run(line: string): void {
    const [, quietly] = /^silently (.+)$/.exec(line) ?? []
    if (quietly !== undefined) {
      const { length } = this.#output
      this.run(quietly)
      this.#output.length = length
      return
    }
    const [verb = '', ...rest] = line.trim().split(/ +/)
    const command = COMMANDS[verb] ?? assert.fail(`there is no command "${verb}"`)
    const options = new Map<string, string>()
    const words: string[] = []
    for (const word of rest) {
      const [, name, value] = /^([a-z-]+)=(.*)$/i.exec(word) ?? []
      if (name !== undefined && value !== undefined) options.set(name, value)
      else words.push(word)
    }
    command(this, { words, options })
  }

  say(line: string): void {
    this.#output.push(line)
  }

  takeOutput(): readonly string[] {
    const output = this.#output
    this.#output = []
    return output.length > 0 ? output : ['ok']
  }

  begin(world: World): void {
    this.world = world
    const told = new Map<ReplicaKey, string>()
    world.onReady = (replica, ready) => this.#sayReady(replica, ready, told)
    world.onLost = (message) => this.say(`${wordMessage(message)}  (lost)`)
  }

  #sayReady({ key: name, applicable }: Replica, ready: Ready, told: Map<string, string>): void {
    const { batch, messages, answers, snapshots, status } = ready
    const { role, term, leader } = status
    const place = `${role} t${term} leader ${leader ?? 'none'}`
    if (place !== told.get(name)) this.say(`${name} ${place}`)
    told.set(name, place)
    if (batch) this.say(`${name} ${wordBatch(batch)}`)
    for (const message of messages) this.say(wordMessage(message))
    for (const { to, session } of snapshots)
      this.say(`${name} wants a snapshot sent to ${to} s${session}`)
    if (ready.applicable !== applicable) this.say(`${name} may apply up to ${ready.applicable}`)
    for (const answer of answers) this.say(`${name} ${wordAnswer(answer)}`)
  }
}

/** The one word that is there. */
const only = ({ words }: Arguments) => words[0] ?? assert.fail('a replica is not named')

const listed = (text: string | undefined) => text?.split(',').filter((name) => name !== '') ?? []

/** `[1>2] [type=…] [to=…] [from=…]`: which messages are meant. */
function meant({ words, options }: Arguments): (message: Message) => boolean {
  const [from, to] = words[0]?.split('>') ?? [options.get('from'), options.get('to')]
  const types = listed(options.get('type'))
  return (message) =>
    (from === undefined || message.from === from) &&
    (to === undefined || message.to === to) &&
    (types.length === 0 || types.includes(message.type))
}

const countOf = ({ options }: Arguments) => Number(options.get('count') ?? Infinity)

function changeOf({ words, options }: Arguments): ConfigurationChange {
  const replica = key(words[2] ?? '')
  switch (words[1]) {
    case 'add-learner':
      return { type: 'add-learner', replica }
    case 'remove-learner':
      return { type: 'remove-learner', replica }
    default:
      return { type: 'set-voters', voters: keys(...listed(options.get('voters'))) }
  }
}

const SURVIVALS: Record<string, Survival> = {
  'lose-unsynced': 'nothing',
  'keep-hard-state': 'hard-state',
  keep: 'everything',
}

const COMMANDS: Record<string, Command> = {
  // --- the stage

  /** `nodes 3 [learners=4] [apply=manual] [bound=value …]` */
  nodes(play, { words, options }) {
    const bounds = { ...BOUNDS } as Record<keyof Bounds, number>
    for (const name of Object.keys(BOUNDS) as (keyof Bounds)[])
      bounds[name] = Number(options.get(name) ?? bounds[name])
    play.begin(new World({ bounds, appliesAtOnce: options.get('apply') !== 'manual' }))
    const voters = Array.from({ length: Number(words[0]) }, (_, index) => String(index + 1))
    const learners = listed(options.get('learners'))
    for (const name of [...voters, ...learners])
      play.world.add(name, configurationOf(voters, learners))
  },
  /** `join 4`: a new replica that knows of nobody. */
  join(play, args) {
    play.world.add(only(args), configurationOf([]))
  },
  /** `chance 2 0.5`: what decides its election timeouts from now on. */
  chance(play, { words }) {
    play.world.at(words[0] ?? '').random = Number(words[1])
  },

  // --- inputs

  campaign(play, args) {
    const ticks = play.world.campaign(only(args))
    play.say(
      `${only(args)} ${ticks === null ? 'does not campaign' : `campaigns after ${ticks} ticks`}`,
    )
  },
  /** `elect 1`: everybody who is up helps. */
  elect(play, args) {
    play.world.elect(only(args))
  },
  /** `win 1 2 3`: 2 and 3 make it leader; no other message moves. */
  win({ world }, { words: [name = '', ...voters] }) {
    world.win(name, voters)
  },
  /** `tick 1 5 [at-once]`: five ticks, or five at once, as after a stall. */
  tick({ world }, { words }) {
    const [name = '', ticks = '1', atOnce] = words
    if (atOnce) world.tick(name, Number(ticks))
    else for (let tick = 0; tick < Number(ticks); tick += 1) world.tick(name)
  },
  /** `propose 1 x [bytes=n] [count=n]` */
  propose({ world }, { words, options }) {
    const [name = '', text = ''] = words
    const length = options.get('bytes')
    const data = length === undefined ? text : new Uint8Array(Number(length))
    for (let nth = 0; nth < Number(options.get('count') ?? 1); nth += 1) world.propose(name, data)
  },
  read({ world }, args) {
    for (let nth = 0; nth < Number(args.options.get('count') ?? 1); nth += 1) world.read(only(args))
  },
  /** `configure 1 add-learner 4`, `configure 1 voters=1,2,4` */
  configure({ world }, args) {
    const id = world.nextRequest()
    world.step(only(args), { type: 'configure', id, change: changeOf(args) })
  },
  transfer({ world }, args) {
    const to = key(args.words[1] ?? '')
    world.step(only(args), { type: 'transfer', id: world.nextRequest(), to })
  },
  resign({ world }, args) {
    world.step(only(args), { type: 'resign' })
  },
  unreachable({ world }, { words: [name = '', other = ''] }) {
    world.step(name, { type: 'unreachable', replica: key(other) })
  },
  gone({ world }, { words: [name = '', other = ''] }) {
    world.step(name, { type: 'gone', replica: key(other) })
  },

  // --- what the driver does

  ready({ world }, { words }) {
    for (const name of words) world.ready(name)
  },
  /** `persist 1 [count=n]`: the oldest batches first. */
  persist({ world }, args) {
    for (const name of args.words) world.persist(name, countOf(args))
  },
  apply({ world }, { words: [name = '', upTo = 'Infinity'] }) {
    world.apply(name, Number(upTo))
  },
  compact({ world }, { words: [name = '', index = ''] }) {
    world.compact(name, Number(index))
  },
  /** `snapshot-sent 1 2 [failed]` */
  'snapshot-sent'({ world }, { words: [from = '', to = '', failed] }) {
    world.sendSnapshot(from, to, failed === undefined)
  },

  // --- the network

  /** `deliver [1>2] [type=a,b] [from=1] [to=2] [count=n] [drop|repeat]` */
  deliver(play, args) {
    const { world } = play
    const how = args.words.find((word) => word === 'drop' || word === 'repeat')
    const which = { ...args, words: args.words.filter((word) => word !== how) }
    for (const message of world.take(meant(which), countOf(args))) {
      play.say(`${wordMessage(message)}  (${how === 'drop' ? 'dropped' : 'delivered'})`)
      if (how !== 'drop') world.deliver(message)
      if (how === 'repeat') world.send(message)
    }
  },
  /** `forge 2>1 1`: a vote granted for term 1, which 2 never gave. */
  forge({ world }, { words: [link = '', term] }) {
    const [from, to] = link.split('>').map(key)
    if (from && to)
      world.send({ type: 'vote-response', from, to, term: Number(term), granted: true })
  },
  /** `stabilize [1 2 …]`: everything is written and delivered among these until all is quiet. */
  stabilize({ world }, { words }) {
    if (words.length > 0) world.settle(words)
    else world.settle()
  },
  /** `partition 1,2 3` */
  partition({ world }, { words }) {
    world.partition(...words.map((side) => side.split(',')))
  },
  /** `cut 1>2`: one way only. */
  cut({ world }, { words }) {
    const [from = '', to = ''] = words[0]?.split('>') ?? []
    world.cut(from, to)
  },
  heal({ world }) {
    world.heal()
  },

  // --- machines

  /** `crash 1 lose-unsynced|keep-hard-state|keep` */
  crash(play, { words: [name = '', how = ''] }) {
    const survival = SURVIVALS[how] ?? assert.fail(`what survives a crash: ${how}?`)
    const { writing } = play.world.at(name)
    for (const batch of writing) play.say(`${name} ${wordBatch(batch)}  (${how})`)
    play.world.crash(name, survival)
  },
  restart(play, args) {
    play.world.start(only(args))
    COMMANDS['log']?.(play, args)
  },
  /** `wipe 2`: at its address `2b` begins with an empty disk. */
  wipe({ world }, args) {
    world.wipe(only(args))
  },

  // --- looking

  /** What its disk holds. */
  log(play, args) {
    const { key: name, disk, writing } = play.world.at(only(args))
    const { hardState, snapshot, entries } = disk
    const begin = snapshot.index > 0 ? [`snapshot ${snapshot.index}/${snapshot.term}`] : []
    const held = [...begin, ...entries.map(wordEntry)].join(', ') || 'empty'
    const vote = `t${hardState.term} vote ${hardState.vote ?? 'none'}`
    play.say(`${name} disk: ${vote}; ${held}`)
    for (const batch of writing) play.say(`${name} on its way: ${wordBatch(batch)}`)
  },
  status(play, { words }) {
    const names = words.length > 0 ? words : play.world.up.map((replica) => replica.key)
    for (const name of names) {
      const { status, applied } = play.world.at(name)
      play.say(`${name} ${wordStatus(status)} applied ${applied}`)
    }
  },
  configuration(play, args) {
    play.say(`${only(args)} ${wordConfiguration(play.world.at(only(args)).view.configuration)}`)
  },
}
