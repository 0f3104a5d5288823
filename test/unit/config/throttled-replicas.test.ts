// Goal: throttled replicas are named as Kafka has them named, and nothing else is taken for a name.
// Method: the option's type, and the question that replicas ask of its value.
import { describe, expect, test } from 'vitest'
import { isThrottledReplica, throttledReplicas } from '../../../src/config/throttled-replicas.ts'

const NAME = 'leader.replication.throttled.replicas'
const valueOf = (text: string) => {
  const parsed = throttledReplicas.parse(text, NAME)
  return 'value' in parsed ? parsed.value : parsed.problem
}
const isThrottled = (text: string, partition: number, broker: number) =>
  isThrottledReplica(valueOf(text) as readonly string[], { partition, broker })

describe('text', () => {
  test.each(['', '*', '0:1', '0:1,12:345'])('%j stays as it is', (text) => {
    expect(throttledReplicas.print(valueOf(text) as readonly string[])).toBe(text)
  })

  test.each(['*,0:1', '**', '0', '0:', ':1', '0:-1', '0:1:2', 'all', '0:1;1:1'])(
    '%j is refused',
    (text) => {
      expect(valueOf(text)).toBe(
        `Invalid value ${text} for configuration ${NAME}: ${NAME} must be the literal '*' or a ` +
          `list of replicas in the following format: ` +
          `[partitionId]:[brokerId],[partitionId]:[brokerId],...`,
      )
    },
  )
})

describe('who is throttled', () => {
  test('nobody', () => expect(isThrottled('', 0, 1)).toBe(false))
  test('all', () => expect(isThrottled('*', 7, 9)).toBe(true))
  test('each by partition and broker', () => {
    const asked = [
      [1, 2],
      [2, 1],
      [11, 2],
      [1, 22],
    ] as const
    expect(asked.map(([partition, broker]) => isThrottled('0:1,1:2', partition, broker))).toEqual([
      ...[true, false, false, false],
    ])
  })
})
