// Goal: whoever brings the file that comes with Kafka is led to one that starts, in one edit.
// Method: both files by their settings, the KRaft one of Kafka 4 and the older one for ZooKeeper;
// what is said of each to the letter, and again after doing just what was said.
import { expect, test } from 'vitest'
import { InvalidConfig, readNodeConfig } from '../../../src/config/load.ts'

const PLAINTEXT_MAP =
  'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL'

const KRAFT = `# who and where
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=localhost:9093
listeners=PLAINTEXT://:9092,CONTROLLER://:9093
inter.broker.listener.name=PLAINTEXT
advertised.listeners=PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093
controller.listener.names=CONTROLLER
listener.security.protocol.map=${PLAINTEXT_MAP}

# threads and sockets
num.network.threads=3
num.io.threads=8
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
socket.request.max.bytes=104857600

# logs
log.dirs=/tmp/kraft-combined-logs
num.partitions=1
num.recovery.threads.per.data.dir=1
offsets.topic.replication.factor=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
log.retention.hours=168
log.segment.bytes=1073741824
log.retention.check.interval.ms=300000
`

const ZOOKEEPER = `broker.id=0
#listeners=PLAINTEXT://:9092
num.network.threads=3
num.io.threads=8
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
socket.request.max.bytes=104857600
log.dirs=/tmp/kafka-logs
num.partitions=1
num.recovery.threads.per.data.dir=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
log.retention.hours=168
log.segment.bytes=1073741824
log.retention.check.interval.ms=300000
log.cleaner.enable=false
zookeeper.connect=localhost:2181
zookeeper.connection.timeout.ms=18000
group.initial.rebalance.delay.ms=0
`

const read = (text: string) => readNodeConfig({ file: { name: 'server.properties', text } })

function refusal(text: string): string {
  try {
    read(text)
  } catch (thrown) {
    if (thrown instanceof InvalidConfig) return thrown.message
    throw thrown
  }
  return 'none'
}

test("Kafka 4's own file", () => {
  expect(refusal(KRAFT)).toBe(
    `The configuration has 3 problems:
  server.properties line 4 (controller.quorum.bootstrap.servers): leave it out: it names only this node, which then founds a quorum of its own
  server.properties line 5 (listeners): leave out CONTROLLER://:9093; controllers are reached at grpc.listener
  server.properties line 7 (advertised.listeners): leave out CONTROLLER://localhost:9093; controllers are reached at grpc.listener`,
  )
  const edited = KRAFT.replace(/^controller\.quorum.*\n/m, '')
    .replace(',CONTROLLER://:9093', '')
    .replace(',CONTROLLER://localhost:9093', '')
  const { config, warnings } = read(edited)
  expect(config['log.dirs']).toEqual(['/tmp/kraft-combined-logs'])
  expect(warnings).toEqual([
    '12 properties of server.properties have no effect here, you can delete them: inter.broker.listener.name, controller.listener.names, listener.security.protocol.map, num.network.threads, num.io.threads, socket.send.buffer.bytes, socket.receive.buffer.bytes, num.recovery.threads.per.data.dir, share.coordinator.state.topic.replication.factor, share.coordinator.state.topic.min.isr, transaction.state.log.replication.factor, transaction.state.log.min.isr',
  ])
})

test('the file of Kafka with ZooKeeper', () => {
  expect(refusal(ZOOKEEPER)).toBe(
    `The configuration has 2 problems:
  server.properties line 1: broker.id is not supported: use node.id
  server.properties line 18: zookeeper.connect is not supported: leave it out, there is no ZooKeeper`,
  )
  const edited = ZOOKEEPER.replace('broker.id', 'node.id').replace(/^zookeeper\.connect=.*\n/m, '')
  const { config, warnings } = read(edited)
  expect(config['node.id']).toBe(0)
  expect(warnings).toEqual([
    '9 properties of server.properties have no effect here, you can delete them: num.network.threads, num.io.threads, socket.send.buffer.bytes, socket.receive.buffer.bytes, num.recovery.threads.per.data.dir, transaction.state.log.replication.factor, transaction.state.log.min.isr, log.cleaner.enable, zookeeper.connection.timeout.ms',
  ])
})

test('the older KRaft file, which names its voter', () => {
  const older = KRAFT.replace(
    'controller.quorum.bootstrap.servers=localhost:9093',
    'controller.quorum.voters=1@localhost:9093',
  )
    .replace(/^share\..*\n/gm, '')
    .replace(',CONTROLLER://localhost:9093', '')
  expect(refusal(older)).toBe(
    `The configuration has a problem:
  server.properties line 5 (listeners): leave out CONTROLLER://:9093; controllers are reached at grpc.listener`,
  )
})
