/**
 * gRPC's server reflection (grpc.reflection.v1, and v1alpha, which older clients ask for): what the
 * public services of this node look like, for clients without our .proto files. It tells of what is
 * served and public; services between nodes are not named. Descriptors are generated, and loaded
 * when somebody asks.
 */
import { grpc } from '../gen/grpc/reflection/v1/reflection.js'
import type { Served } from './handlers.ts'
import { serveBidi } from './handlers.ts'
import { bidi, codec } from './service.ts'
import { grpcCodeOf, RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'

const { ServerReflectionRequest, ServerReflectionResponse } = grpc.reflection.v1
type Request = grpc.reflection.v1.ServerReflectionRequest
type Response = grpc.reflection.v1.IServerReflectionResponse
type Answer = Omit<Response, 'validHost' | 'originalRequest'>
type File = (typeof import('../gen/descriptors.js'))['files'][number]

const REQUEST_BYTES_MAX = 4 * 1024

const methodIn = (version: 'v1' | 'v1alpha') =>
  bidi<Request, Response>(
    `grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
    codec(ServerReflectionRequest),
    codec(ServerReflectionResponse),
    { requestBytesMax: REQUEST_BYTES_MAX },
  )

export const reflectionMethods = { v1: methodIn('v1'), v1alpha: methodIn('v1alpha') }

export class Reflection {
  readonly services: readonly Served[]
  readonly #served: ReadonlySet<string>
  readonly #asking = new Set<RpcStream<Request, Response>>()
  #known: Promise<Descriptors> | null = null

  /** `others`: all that the node serves beside this. */
  constructor(others: readonly Served[]) {
    const methods = Object.values(reflectionMethods)
    this.services = methods.map((method) => serveBidi(method, (stream) => this.#answer(stream)))
    const served = [...others, ...this.services].map(({ method }) => method.path)
    this.#served = new Set(served.map((path) => path.slice(0, path.indexOf('/'))))
  }

  /** Before the server stops. */
  close(): void {
    for (const stream of this.#asking) stream.end()
  }

  /** One question at a time, and none that comes before its answer has been taken. */
  #answer(stream: RpcStream<Request, Response>): void {
    this.#asking.add(stream)
    stream.open({
      message: (request) => {
        stream.pause()
        void this.#descriptors().then(
          (known) => {
            const { host: validHost } = request
            const answer = { validHost, originalRequest: request, ...known.answer(request) }
            if (stream.write(answer)) stream.resume()
          },
          () => stream.fail(new RpcError('INTERNAL', 'the descriptors cannot be loaded')),
        )
      },
      drained: () => stream.resume(),
      ended: () => stream.end(),
      closed: () => this.#asking.delete(stream),
    })
  }

  #descriptors(): Promise<Descriptors> {
    this.#known ??= import('../gen/descriptors.js').then(
      ({ files }) => new Descriptors(files, this.#served),
    )
    return this.#known
  }
}

/** What can be asked about files. */
class Descriptors {
  readonly #byName: ReadonlyMap<string, File>
  readonly #bySymbol: ReadonlyMap<string, File>
  readonly #services: readonly string[]

  constructor(files: readonly File[], served: ReadonlySet<string>) {
    this.#byName = new Map(files.map((file) => [file.name, file]))
    this.#bySymbol = new Map(
      files.flatMap((file) => file.symbols.map((symbol) => [symbol, file] as const)),
    )
    this.#services = files.flatMap(({ services }) => services).filter((name) => served.has(name))
  }

  answer(request: Request): Answer {
    const { fileByFilename, fileContainingSymbol, allExtensionNumbersOfType } = request
    if (fileByFilename !== null)
      return this.#file(this.#byName.get(fileByFilename), `file ${fileByFilename}`)
    if (fileContainingSymbol !== null)
      return this.#file(this.#bySymbol.get(fileContainingSymbol), `name ${fileContainingSymbol}`)
    if (request.fileContainingExtension !== null) return refusal('NOT_FOUND', 'no extensions here')
    if (allExtensionNumbersOfType !== null) return this.#extensions(allExtensionNumbersOfType)
    if (request.listServices !== null)
      return { listServicesResponse: { service: this.#services.map((name) => ({ name })) } }
    return refusal('INVALID_ARGUMENT', 'a question expected')
  }

  #file(file: File | undefined, what: string): Answer {
    if (file === undefined) return refusal('NOT_FOUND', `there is no ${what}`)
    const files = [...this.#closure(file)]
    return {
      fileDescriptorResponse: {
        fileDescriptorProto: files.map(({ descriptor }) => Buffer.from(descriptor, 'base64')),
      },
    }
  }

  #extensions(baseTypeName: string): Answer {
    if (!this.#bySymbol.has(baseTypeName))
      return refusal('NOT_FOUND', `there is no name ${baseTypeName}`)
    return { allExtensionNumbersResponse: { baseTypeName, extensionNumber: [] } }
  }

  /** The file itself, then all that it imports. */
  #closure(file: File, known = new Set<File>()): Set<File> {
    known.add(file)
    for (const name of file.dependencies) {
      const dependency = this.#byName.get(name)
      if (dependency && !known.has(dependency)) this.#closure(dependency, known)
    }
    return known
  }
}

function refusal(code: 'NOT_FOUND' | 'INVALID_ARGUMENT', errorMessage: string): Answer {
  return { errorResponse: { errorCode: grpcCodeOf(code), errorMessage } }
}
