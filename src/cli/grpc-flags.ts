/** The flags of commands that talk to nodes by gRPC: where those are, and how long it may take. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { HostPort } from '../config/addresses.ts'
import { duration, GRPC_VARIABLE, plainCommand, readPlaces } from './client-flags.ts'

export interface GrpcFlags {
  readonly grpc: readonly HostPort[]
  /** In milliseconds. */
  readonly timeout: number
  readonly json?: true
}

export const GRPC_PORT = 9093

/** `timeout`: the default, as it is typed; `lasts`: of what. */
export function grpcCommand(
  parent: Command,
  usage: string,
  {
    timeout,
    lasts = 'how long it may take',
  }: { readonly timeout: string; readonly lasts?: string },
): Command {
  const readGrpc = (text: string) => readPlaces(text, { flag: '--grpc', port: GRPC_PORT })
  return plainCommand(parent, usage)
    .addOption(
      new Option('-g, --grpc <host:port>', 'grpc.listener of a node, or several by commas')
        .env(GRPC_VARIABLE)
        .default([{ host: '127.0.0.1', port: GRPC_PORT }], `127.0.0.1:${GRPC_PORT}`)
        .argParser(readGrpc),
    )
    .addOption(
      new Option('-t, --timeout <duration>', lasts)
        .default(duration(timeout), timeout)
        .argParser(duration),
    )
}
