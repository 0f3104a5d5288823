/**
 * What the programs beside this one have in common: they are clients of Node.js as processes, and
 * speak as those in other languages do (`../group-member.ts`, `../dialect.ts`). They judge nothing.
 */
import { createInterface } from 'node:readline'
import type { Joining, MemberEvent, ToDo } from '../group-member.ts'

export interface Member {
  /** Anything but leaving. */
  perform(todo: ToDo): Promise<void>
  leave(): Promise<void>
}

export interface Client {
  join(bootstrap: readonly string[], joining: Joining): Promise<Member>
  /** By name: what it does with one request. */
  readonly commands: Readonly<
    Record<string, (bootstrap: readonly string[], request: GroupRequest) => Promise<unknown>>
  >
}

export interface GroupRequest {
  readonly group: string
  readonly groups: string[]
  readonly topic: string
  readonly offsets: Readonly<Record<string, number>>
  readonly partitions: number[]
}

export function tell(event: MemberEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

/** Runs the command that this process was started with. */
export async function run(client: Client): Promise<void> {
  const [bootstrap = '', command = ''] = process.argv.slice(2)
  const brokers = bootstrap.split(',')
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const next = async <Line>() => {
    const line = await lines.next()
    // Whoever started it is gone.
    if (line.done === true) process.exit(1)
    return JSON.parse(line.value) as Line
  }
  if (command !== 'member') {
    const work = client.commands[command]
    if (!work) throw new Error(`there is no command ${command}`)
    process.stdout.write(JSON.stringify(await work(brokers, await next<GroupRequest>())))
    process.exit(0)
  }
  const member = await client.join(brokers, await next<Joining>())
  for (;;) {
    const todo = await next<ToDo>()
    if (todo.do === 'leave') await member.leave()
    else await member.perform(todo)
    tell({ event: 'did' })
    if (todo.do === 'leave') process.exit(0)
  }
}

/** What became of it, with Kafka's code of a refusal as `codeOf` finds it. */
export async function outcome(
  work: () => Promise<unknown>,
  codeOf: (thrown: unknown) => number | null,
): Promise<{ error: number | null; value: unknown }> {
  try {
    return { error: null, value: (await work()) ?? null }
  } catch (thrown) {
    const error = codeOf(thrown)
    if (error === null) throw thrown
    return { error, value: null }
  }
}
