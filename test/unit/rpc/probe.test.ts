/**
 * Goal: only an address that refuses twice in a row is gone (SAFETY S23).
 * Method: a network that answers each dial as the test says, and a clock that the test moves; then
 * the machine's own network, so that its errors are known to be called so.
 */
import { describe, expect, test } from 'vitest'
import type { Net, Stream } from '../../../src/base/net.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostNet } from '../../../src/host/net.ts'
import { areGone, isGone } from '../../../src/rpc/probe.ts'
import { ManualClock } from '../base/manual-clock.ts'

const ADDRESS = { host: '127.0.0.1', port: 9093 }
const never = new AbortController().signal

type Answer = 'connects' | 'hangs' | (string & {})

/** Answers dials in this order; what is no word of the above is an error's code. */
function scripted(...answers: Answer[]): Net & { readonly dials: number } {
  let dials = 0
  return {
    get dials() {
      return dials
    },
    listen: () => Promise.reject(new Error('nobody listens here')),
    connect: (_, signal) => {
      const answer = answers[dials] ?? 'connects'
      dials += 1
      if (answer === 'connects') return Promise.resolve({ destroy: () => {} } as Stream)
      if (answer !== 'hangs') return Promise.reject(Object.assign(new Error(), { code: answer }))
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason as Error)),
      )
    },
  }
}

async function probing(net: Net, signal = never): Promise<boolean> {
  const clock = new ManualClock()
  const result = isGone({ net, clock }, ADDRESS, signal)
  for (let step = 0; step < 6; step += 1) await clock.advance(500)
  expect(clock.timers).toBe(0)
  return result
}

describe('an address', () => {
  const cases: readonly (readonly [readonly Answer[], boolean])[] = [
    [['ECONNREFUSED', 'ECONNREFUSED'], true],
    [['ECONNREFUSED', 'connects'], false],
    [['ECONNREFUSED', 'ECONNRESET'], false],
    [['ECONNREFUSED', 'hangs'], false],
    [['connects', 'ECONNREFUSED'], false],
    [['ECONNRESET', 'ECONNREFUSED'], false],
    [['ETIMEDOUT', 'ETIMEDOUT'], false],
    [['EHOSTUNREACH', 'EHOSTUNREACH'], false],
    [['ENETUNREACH', 'ECONNREFUSED'], false],
    [['hangs', 'hangs'], false],
  ]
  for (const [answers, gone] of cases)
    test(`that answers ${answers.join(', ')} is ${gone ? '' : 'not '}gone`, async () => {
      expect(await probing(scripted(...answers))).toBe(gone)
    })

  test('is not looked at any more when nobody wants to know', async () => {
    const abort = new AbortController()
    const net = scripted('ECONNREFUSED', 'ECONNREFUSED')
    const result = isGone({ net, clock: new ManualClock() }, ADDRESS, abort.signal)
    await new Promise((turn) => setImmediate(turn))
    abort.abort()
    expect(await result).toBe(false)
    expect(net.dials).toBe(1)
  })

  test('of this machine that nobody listens on is gone; one that accepts is not', async () => {
    const listener = await hostNet.listen({ host: '127.0.0.1', port: 0 }, (stream) =>
      stream.destroy(),
    )
    const ports = { net: hostNet, clock: hostClock }
    expect(await isGone(ports, listener, never)).toBe(false)
    await listener.close()
    expect(await isGone(ports, listener, never)).toBe(true)
  })
})

test('a process is gone when all its listeners are', async () => {
  const ports = (...answers: Answer[]) => ({ net: scripted(...answers), clock: hostClock })
  const both = [ADDRESS, { ...ADDRESS, port: 9092 }]
  const gone = ['ECONNREFUSED', 'ECONNREFUSED'] as const
  expect(await areGone(ports(...gone, ...gone), both, never)).toBe(true)
  expect(await areGone(ports('ECONNREFUSED', 'connects', ...gone), both, never)).toBe(false)
})
