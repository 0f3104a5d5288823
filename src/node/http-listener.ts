/**
 * The HTTP listener of a node: configuration in, the pages of `http/` behind it. It listens before
 * the node waits for its cluster, so that whoever asks is told what it waits for.
 */
import { LograftError, asError } from '../base/errors.ts'
import type { HttpBounds, HttpServer } from '../base/http.ts'
import type { Logger } from '../base/log.ts'
import { formatHostPort, type HostPort } from '../config/addresses.ts'
import type { NodeConfig } from '../config/node-options.ts'
import { answerWith } from '../http/pages.ts'
import type { PagePorts } from '../http/ports.ts'
import type { Host } from './machine.ts'

/** A few scrapers and probes, each with a connection that it keeps. */
const BOUNDS: HttpBounds = {
  ...{ connections: 64, headerBytes: 8_192, questionMs: 2_000, silenceMs: 10_000 },
}

/** Null where `http.listener` says that nobody listens. Rejects with LISTENER_UNAVAILABLE. */
export async function openHttpListener(
  config: NodeConfig,
  { host, logger, ...pages }: PagePorts & { readonly host: Host; readonly logger: Logger },
): Promise<HttpServer | null> {
  const place = config['http.listener']
  if (place === 'none') return null
  const failed = (error: Error) => logger.error({ err: error }, 'an HTTP request failed')
  try {
    return await host.http.serve({ ...place, bounds: BOUNDS }, answerWith(pages), failed)
  } catch (thrown) {
    throw unavailable(place, asError(thrown))
  }
}

function unavailable(place: HostPort, cause: Error): LograftError {
  const where = formatHostPort(place)
  const why = `cannot listen on ${where}: ${cause.message}`
  const cure = 'Choose another place with http.listener, or none: --set http.listener='
  return new LograftError('LISTENER_UNAVAILABLE', `${why}. ${cure}`, { cause })
}
