/**
 * Goal: a client without our .proto files learns what it may call, and nothing of the rest; what
 * has no answer is said, and the stream goes on.
 * Method: reflection beside the health service and a private one, asked over a real socket, under
 * both of its names. That descriptors are right is for foreign clients to say
 * (test/conformance/admin-grpc.test.ts).
 */
import { afterEach, describe, expect, test } from 'vitest'
import { hostClock } from '../../../src/host/clock.ts'
import { PEER_KEEPALIVE, RpcChannel } from '../../../src/rpc/channel.ts'
import { serveUnary, type Served } from '../../../src/rpc/handlers.ts'
import { Health } from '../../../src/rpc/health.ts'
import { Reflection, reflectionMethods } from '../../../src/rpc/reflection.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import { unary, type Codec } from '../../../src/rpc/service.ts'
import type { RpcError } from '../../../src/rpc/status.ts'
import { within } from '../../support/within.ts'

const WAIT_MS = 20_000

const closing: (() => unknown)[] = []
const faults: Error[] = []
const fatal = (error: Error) => void faults.push(error)

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(faults.splice(0)).toEqual([])
})

const nothing: Codec<null> = { encode: () => new Uint8Array(0), decode: () => null }
const privately: Served = serveUnary(
  unary('lograft.metadata.v1.Metadata/Watch', nothing, nothing),
  () => null,
)

async function askingNode(version: keyof typeof reflectionMethods) {
  const server = new RpcServer({ clock: hostClock, fatal })
  const health = new Health()
  const reflection = new Reflection([...health.services, privately])
  server.add([...health.services, privately, ...reflection.services])
  const to = await server.bind({ host: '127.0.0.1', port: 0 })
  const ends = { from: 'test', to: 'node' }
  const channel = new RpcChannel({ to, ends, clock: hostClock, keepalive: PEER_KEEPALIVE, fatal })
  closing.push(() => {
    reflection.close()
    channel.close()
    return server.close()
  })
  return { channel, reflection, stream: channel.stream(reflectionMethods[version]) }
}

type Stream = Awaited<ReturnType<typeof askingNode>>['stream']
type Question = Parameters<Stream['write']>[0]
type Answer = NonNullable<Parameters<Parameters<Stream['open']>[0]['message']>[0]>

const NO_QUESTION = {
  host: 'here',
  fileByFilename: null,
  fileContainingSymbol: null,
  fileContainingExtension: null,
  allExtensionNumbersOfType: null,
  listServices: null,
}

/** All at once; their answers, and how the stream ended after them. */
function answersTo(stream: Stream, questions: readonly Partial<Question>[]) {
  const answers: Answer[] = []
  const all = new Promise<{ answers: readonly Answer[]; error: RpcError | null }>((resolve) =>
    stream.open({
      message: (answer) => {
        answers.push(answer)
        if (answers.length === questions.length) stream.end()
      },
      closed: (error) => resolve({ answers, error }),
    }),
  )
  for (const question of questions) stream.write({ ...NO_QUESTION, ...question })
  return within(WAIT_MS, 'the end of the stream', all)
}

describe.each(['v1', 'v1alpha'] as const)('asked as %s', (version) => {
  test('it lists what is public and served', async () => {
    const { stream } = await askingNode(version)
    const { answers, error } = await answersTo(stream, [{ listServices: '' }])
    expect(error).toBeNull()
    const [answer] = answers
    expect(answer?.validHost).toBe('here')
    expect(answer?.listServicesResponse?.service?.map(({ name }) => name)).toEqual([
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
    ])
  })

  test('a file comes by its name and by any name in it, with all that it imports', async () => {
    const { stream } = await askingNode(version)
    const { answers } = await answersTo(stream, [
      { fileByFilename: 'google/rpc/status.proto' },
      { fileContainingSymbol: 'google.rpc.Status' },
      { fileContainingSymbol: 'google.rpc.Status.details' },
      { fileContainingSymbol: 'google.protobuf.Any' },
      { fileContainingSymbol: 'grpc.health.v1.Health.Watch' },
      { fileContainingSymbol: 'grpc.health.v1.HealthCheckResponse.SERVING' },
      { fileContainingSymbol: 'grpc.reflection.v1alpha.ServerReflection' },
    ])
    const STATUS = ['google/rpc/status.proto', 'google/protobuf/any.proto']
    const HEALTH = ['grpc/health/v1/health.proto']
    expect(answers.map(filesIn)).toEqual([
      ...[STATUS, STATUS, STATUS, ['google/protobuf/any.proto'], HEALTH, HEALTH],
      ['grpc/reflection/v1alpha/reflection.proto'],
    ])
  })

  test('what has no answer is said, and the next question is answered', async () => {
    const { stream } = await askingNode(version)
    const { answers } = await answersTo(stream, [
      { fileByFilename: 'lograft/raft/v1/raft.proto' },
      { fileContainingSymbol: 'lograft.metadata.v1.Metadata' },
      { fileContainingExtension: { containingType: 'google.rpc.Status', extensionNumber: 1 } },
      { allExtensionNumbersOfType: 'nobody.Knows' },
      {},
      { allExtensionNumbersOfType: 'google.rpc.Status' },
    ])
    const codes = answers.map(({ errorResponse }) => errorResponse?.errorCode ?? null)
    expect(codes).toEqual([5, 5, 5, 5, 3, null])
    expect(answers[0]?.originalRequest?.fileByFilename).toBe('lograft/raft/v1/raft.proto')
    expect(answers[5]?.allExtensionNumbersResponse).toMatchObject({
      baseTypeName: 'google.rpc.Status',
      extensionNumber: [],
    })
  })
})

test('a question that is too long ends the stream; a stop ends it in order', async () => {
  const { channel, reflection, stream } = await askingNode('v1')
  const long = await answersTo(stream, [{ fileByFilename: 'x'.repeat(5_000) }])
  expect(long.error).toMatchObject({ code: 'RESOURCE_EXHAUSTED' })
  const open = channel.stream(reflectionMethods.v1)
  const ended = new Promise<RpcError | null>((closed) =>
    open.open({ message: () => reflection.close(), closed }),
  )
  open.write({ ...NO_QUESTION, listServices: '' })
  expect(await within(WAIT_MS, 'the end of the stream', ended)).toBeNull()
})

/** The first field of a file descriptor is the file's name. */
function filesIn({ fileDescriptorResponse }: Answer): readonly string[] {
  return (fileDescriptorResponse?.fileDescriptorProto ?? []).map((bytes) => {
    const length = bytes[1] ?? 0
    return Buffer.from(bytes.subarray(2, 2 + length)).toString()
  })
}
