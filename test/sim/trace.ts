/**
 * What happened, event by event: a rolling hash of everything (the same seed gives the same hash),
 * and the newest events in memory, turned into lines only when somebody wants to read them.
 */
import type { Message } from '../../src/raft/messages.ts'
import type { Input, Ready } from '../../src/raft/types.ts'
import { mix } from './draw.ts'

export type Detail =
  | { readonly type: 'input'; readonly input: Input }
  | { readonly type: 'ready'; readonly ready: Ready }
  | { readonly type: 'lost'; readonly message: Message }
  | { readonly type: 'note'; readonly text: string }

interface Event {
  readonly at: number
  readonly node: number
  readonly step: number
  readonly detail: Detail
}

const KEPT_MAX = 500

export class Trace {
  readonly #isFull: boolean
  #events: Event[] = []
  #hash = 0x1234_5678

  /** A full one keeps every event. */
  constructor(isFull: boolean) {
    this.#isFull = isFull
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0')
  }

  add(event: Event): void {
    this.#hash = mix(mix(mix(this.#hash, event.at), event.node), hashOf(event.detail))
    this.#events.push(event)
    if (!this.#isFull && this.#events.length >= 2 * KEPT_MAX)
      this.#events = this.#events.slice(-KEPT_MAX)
  }

  lines(): string[] {
    const kept = this.#isFull ? this.#events : this.#events.slice(-KEPT_MAX)
    return kept.map(({ at, node, step, detail }) => {
      const time = (at / 1_000).toFixed(3).padStart(11)
      return `${String(step).padStart(7)} ${time} ms  n${node}  ${textOf(detail)}`
    })
  }
}

function hashOf(detail: Detail): number {
  switch (detail.type) {
    case 'input':
      return hashInput(detail.input)
    case 'ready': {
      const { batch, messages, applicable, answers, status } = detail.ready
      const sizes = mix(mix(messages.length, answers.length), batch?.entries.length ?? -1)
      const { term, commit, role } = status
      return mix(mix(mix(sizes, applicable), mix(term, commit)), role.length)
    }
    case 'lost':
      return mix(5, detail.message.term)
    case 'note':
      return hashText(detail.text)
  }
}

function hashText(text: string): number {
  let hash = 6
  for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at))
  return hash
}

function hashInput(input: Input): number {
  switch (input.type) {
    case 'message':
      return mix(mix(input.message.term, input.message.type.length), input.message.from.length)
    case 'tick':
      return input.ticks
    case 'persisted':
      return mix(2, input.batch)
    case 'applied':
      return mix(3, input.index)
    default:
      return mix(4, input.type.length)
  }
}

function textOf(detail: Detail): string {
  switch (detail.type) {
    case 'input':
      return detail.input.type === 'message'
        ? `<- ${messageText(detail.input.message)}`
        : `in ${JSON.stringify(detail.input, shorten)}`
    case 'ready':
      return readyText(detail.ready)
    case 'lost':
      return `-- lost ${messageText(detail.message)}`
    case 'note':
      return `** ${detail.text}`
  }
}

function messageText(message: Message): string {
  const { from, to, term, type, ...rest } = message
  return `${from}->${to} ${type} t${term} ${JSON.stringify(rest, shorten)}`
}

function readyText({ batch, messages, applicable, answers, status }: Ready): string {
  const { role, term, leader, commit } = status
  const parts = [`${role} t${term} leader=${leader ?? '-'} commit=${commit} may=${applicable}`]
  if (batch) parts.push(`batch ${JSON.stringify(batch, shorten)}`)
  if (answers.length > 0) parts.push(`answers ${JSON.stringify(answers)}`)
  if (messages.length > 0)
    parts.push(`sends ${messages.map(({ to, type }) => `${type}>${to}`).join(' ')}`)
  return `=> ${parts.join('; ')}`
}

/** Entries as `index/term kind`, bytes as their length. */
function shorten(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (typeof value !== 'object' || value === null || !('kind' in value)) return value
  const { index, term, kind, configuration } = value as Record<string, unknown>
  const of = kind === 'configuration' ? ` ${JSON.stringify(configuration)}` : ''
  return `${String(index)}/${String(term)} ${String(kind)}${of}`
}
