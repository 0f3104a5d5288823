// Goal: whoever cannot reach a broker reads what to do next.
// Method: the errors of the client, by their causes.
import { expect, test } from 'vitest'
import { explainClient } from '../../../src/cli/explain-client.ts'
import { BrokerError, ClientError } from '../../../src/client/errors.ts'
import { errors } from '../../../src/wire/errors.ts'

const HERE = { host: '127.0.0.1', port: 9092 }
const AWAY = { host: 'broker-1.example.com', port: 9092 }

const unreachable = (address: typeof HERE, code: string) =>
  new ClientError('UNREACHABLE', address, 'no', { cause: Object.assign(new Error(code), { code }) })

test.each([
  [unreachable(HERE, 'ECONNREFUSED'), 'nothing listens on 127.0.0.1:9092: is the node running? '],
  [unreachable(HERE, 'ECONNREFUSED'), '`lograft start`'],
  [unreachable(AWAY, 'ECONNREFUSED'), 'nothing listens on broker-1.example.com:9092'],
  [unreachable(AWAY, 'ENOTFOUND'), 'broker-1.example.com is a name without an address'],
  [unreachable(AWAY, 'EHOSTUNREACH'), 'cannot be reached (EHOSTUNREACH)'],
  [unreachable({ host: 'inner', port: 1 }, 'ENOTFOUND'), 'correct its advertised.listeners'],
  [
    new ClientError('NO_BROKER', HERE, 'x'),
    'something listens at 127.0.0.1:9092, but does not answer as a Kafka broker: is the port right?',
  ],
  [new ClientError('BAD_RESPONSE', HERE, 'x'), 'does not speak the Kafka protocol'],
  [new ClientError('NOT_SERVED', HERE, 'it does not serve Fetch'), 'A newer broker may.'],
  [new ClientError('CONNECTION_LOST', HERE, 'gone'), 'whether the request took effect is unknown'],
  [new BrokerError(errors.TOPIC_ALREADY_EXISTS, 'topic t'), '--if-not-exists'],
])('%# %s', (error, advice) => {
  expect(explainClient(error, [HERE, AWAY])).toContain(advice)
})

test.each(['TIMED_OUT', 'CONNECTION_LOST'] as const)('%s: a question changes nothing', (code) => {
  const asked = new ClientError(code, HERE, 'gone').ofQuestion()
  expect(explainClient(asked, [HERE])).not.toContain('took effect')
})

test('what explains itself is left alone', () => {
  expect(explainClient(new BrokerError(errors.INVALID_PARTITIONS, 'topic t'), [HERE])).toBeNull()
  expect(explainClient(new Error('bug'), [HERE])).toBeNull()
})
