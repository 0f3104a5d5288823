/**
 * The topic a load goes to: created when it does not exist, looked up, deleted when it was made for
 * the run only. Each question has a connection of its own; nothing of it is on the clock.
 */
import { delay } from '../../base/clock.ts'
import { LograftError } from '../../base/errors.ts'
import type { HostPort } from '../../config/addresses.ts'
import { formatHostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { openLoadSocket } from '../../host/load-socket.ts'
import type { Api, IncomingResponse, OutgoingRequest } from '../../wire/api.ts'
import { listOffsets } from '../../wire/apis/02-list-offsets.ts'
import { metadata } from '../../wire/apis/03-metadata.ts'
import { createTopics } from '../../wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../wire/apis/20-delete-topics.ts'
import { errors } from '../../wire/errors.ts'
import { readResponse } from '../../wire/message.ts'
import type { Place } from './requests.ts'
import { frameOf, refuse } from './requests.ts'
import { ResponseReader } from './response-reader.ts'

const ASK_TIMEOUT_MS = 30_000
/** A new topic has leaders within moments. */
const ATTEMPTS = 50
const ATTEMPT_DELAY_MS = 100

/** Kafka's names for offsets that are not known yet. */
const EARLIEST = -2
const LATEST = -1

/** Creates a topic; false when it existed. Throws what the broker says. */
export async function createTopic(
  address: HostPort,
  { name, partitions, replicas }: { name: string; partitions: number; replicas: number },
): Promise<boolean> {
  const { topics } = await ask(address, createTopics, 5, {
    topics: [
      {
        name,
        numPartitions: partitions,
        replicationFactor: replicas,
        assignments: [],
        configs: [],
      },
    ],
    timeoutMs: ASK_TIMEOUT_MS,
    validateOnly: false,
  })
  const errorCode = topics[0]?.errorCode ?? errors.UNKNOWN_SERVER_ERROR
  if (errorCode === errors.TOPIC_ALREADY_EXISTS) return false
  refuse(errorCode, `creating topic ${name}`, topics[0]?.errorMessage)
  return true
}

export async function deleteTopic(address: HostPort, name: string): Promise<void> {
  const { responses } = await ask(address, deleteTopics, 4, {
    topicNames: [name],
    timeoutMs: ASK_TIMEOUT_MS,
  })
  refuse(responses[0]?.errorCode ?? errors.UNKNOWN_SERVER_ERROR, `deleting topic ${name}`)
}

/** Where each partition of a topic is led, in the order of partitions. */
export async function placesOf(address: HostPort, topic: string): Promise<readonly Place[]> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(address, metadata, 9, {
      topics: [{ name: topic }],
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    })
    const found = answer.topics[0]
    const brokers = new Map(answer.brokers.map((broker) => [broker.nodeId, broker]))
    const places = [...(found?.partitions ?? [])]
      .sort((one, other) => one.partitionIndex - other.partitionIndex)
      .flatMap(({ partitionIndex: partition, leaderId }) => {
        const leader = brokers.get(leaderId)
        return leader ? [{ address: leader, topic, partition }] : []
      })
    if (places.length > 0 && places.length === found?.partitions.length) return places
    if (attempt === ATTEMPTS) {
      refuse(found?.errorCode ?? errors.UNKNOWN_TOPIC_OR_PARTITION, `topic ${topic}`)
      refuse(errors.LEADER_NOT_AVAILABLE, `topic ${topic}`)
    }
    await delay(hostClock, ATTEMPT_DELAY_MS)
  }
}

/** The first and the next offset of a partition. */
export async function offsetsOf(place: Place): Promise<{ earliest: number; latest: number }> {
  const [earliest, latest] = await Promise.all([offsetAt(place, EARLIEST), offsetAt(place, LATEST)])
  return { earliest, latest }
}

async function offsetAt({ address, topic, partition }: Place, timestamp: number) {
  const { topics } = await ask(address, listOffsets, 5, {
    replicaId: -1,
    isolationLevel: 0,
    topics: [{ name: topic, partitions: [{ partitionIndex: partition, timestamp }] }],
  })
  const answer = topics[0]?.partitions[0]
  refuse(answer?.errorCode ?? errors.UNKNOWN_SERVER_ERROR, `the offsets of ${topic}-${partition}`)
  return answer?.offset ?? 0
}

/** One request on a connection of its own. */
async function ask<A extends Api>(
  address: HostPort,
  api: A,
  version: number,
  request: OutgoingRequest<A>,
): Promise<IncomingResponse<A>> {
  let fail: (error: Error) => void = () => undefined
  let answer: (response: Uint8Array) => void = () => undefined
  const answered = new Promise<Uint8Array>((resolve, reject) => {
    answer = resolve
    fail = reject
  })
  answered.catch(() => undefined)
  const lost = new LograftError('CONNECTION_LOST', `${formatHostPort(address)} hung up`)
  // The response is lent; what is decoded must outlive it.
  const responses = new ResponseReader((response) => answer(response.slice()))
  const socket = await openLoadSocket(
    { ...address, timeoutMs: ASK_TIMEOUT_MS },
    {
      data: (bytes) => responses.push(bytes),
      drained: () => undefined,
      closed: (error) => fail(error ?? lost),
    },
  )
  const late = hostClock.timer(ASK_TIMEOUT_MS, () => socket.destroy())
  try {
    socket.write(frameOf(api, version, request))
    return readResponse(api, version, await answered).response
  } finally {
    late.cancel()
    socket.destroy()
  }
}
