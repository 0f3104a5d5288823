/**
 * kafkajs, connected to a node under test, and what its errors have in common.
 */
import { Kafka, logLevel, type Producer } from 'kafkajs'

/** Retries enough to live through a restart of the node. */
export function connectKafkajs(bootstrap: string): Kafka {
  return new Kafka({
    clientId: 'conformance',
    brokers: [bootstrap],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 10 },
  })
}

/** A connected producer for the time of `work`. */
export async function withProducer<Result>(
  kafka: Kafka,
  options: Parameters<Kafka['producer']>[0],
  work: (producer: Producer) => Promise<Result>,
): Promise<Result> {
  const producer = kafka.producer(options)
  await producer.connect()
  try {
    return await work(producer)
  } finally {
    await producer.disconnect()
  }
}

/** The name of the broker's refusal, out of kafkajs' wrappings; null when there was none. */
export async function refusal(work: Promise<unknown>): Promise<string | null> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error === null ? null : errorType(error)
}

/** Wrappings are a list, a list by partition, and "too many retries" with a cause. */
function errorType(error: unknown): string {
  const { type, errors, partitions, cause } = error as {
    type?: string
    errors?: readonly { type?: string }[]
    partitions?: readonly { error?: { type?: string } }[]
    cause?: unknown
  }
  const found = type ?? errors?.[0]?.type ?? partitions?.[0]?.error?.type
  if (found !== undefined) return found
  return cause === undefined ? String(error) : errorType(cause)
}
