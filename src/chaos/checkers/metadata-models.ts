/**
 * What metadata is to whoever asks: a register for each config, a registry for each topic. What was
 * there before the run began nobody knows until somebody tells; a state says so with `?`.
 */
import type { MetadataEvent } from '../history/events.ts'
import type { Model } from './linearizability.ts'

export type MetadataOp = Pick<MetadataEvent, 'op' | 'value'> & {
  /** Refused because the topic is there, or is not; it has changed nothing. */
  readonly refusal: 'exists' | 'absent' | null
}

const UNKNOWN = '?'

/** `set` writes, `get` reads. */
export const REGISTER: Model<MetadataOp> = {
  initial: UNKNOWN,
  step: (state, { op, value, refusal }) => {
    if (refusal !== null) return state
    const text = JSON.stringify(value)
    if (op === 'set') return text
    return state === UNKNOWN || state === text ? text : null
  },
}

/**
 * `create`, `delete` and `describe` of one topic, and one config of it, which a new topic does not
 * inherit. A state is `[topic, config]`: absent, an id, or one that nobody has told yet.
 */
export const TOPIC_REGISTRY: Model<MetadataOp> = {
  initial: stateOf({ topic: UNKNOWN, config: UNKNOWN }),
  step: (state, { op, value, refusal }) => {
    const { topic, config } = JSON.parse(state) as TopicState
    if (refusal === 'exists')
      return topic === ABSENT ? null : stateOf({ topic: seen(topic), config })
    if (refusal === 'absent')
      return topic === ABSENT || topic === UNKNOWN ? stateOf({ topic: ABSENT, config }) : null
    switch (op) {
      case 'create':
        if (topic !== ABSENT && topic !== UNKNOWN) return null
        return stateOf({ topic: value === null ? PRESENT : `id ${value}`, config: null })
      case 'delete':
        return topic === ABSENT ? null : stateOf({ topic: ABSENT, config: null })
      case 'describe':
        return described(state, { topic, config }, value)
      case 'set':
        return topic === ABSENT ? null : stateOf({ topic: seen(topic), config: value })
      case 'get':
        if (topic === ABSENT || (config !== UNKNOWN && config !== value)) return null
        return stateOf({ topic: seen(topic), config: value })
    }
  },
}

interface TopicState {
  readonly topic: string
  readonly config: string | null
}

const ABSENT = 'absent'
/** With an id that nobody has told yet. */
const PRESENT = 'present'

function stateOf(state: TopicState): string {
  return JSON.stringify(state)
}

/** It is there, as whatever. */
const seen = (topic: string) => (topic === UNKNOWN ? PRESENT : topic)

function described(state: string, { topic, config }: TopicState, id: string | null): string | null {
  if (id === null)
    return topic === ABSENT || topic === UNKNOWN ? stateOf({ topic: ABSENT, config: null }) : null
  const told = `id ${id}`
  if (topic === told) return state
  return topic === PRESENT || topic === UNKNOWN ? stateOf({ topic: told, config }) : null
}
