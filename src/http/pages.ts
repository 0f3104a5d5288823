/**
 * What the HTTP port answers, path by path: metrics for Prometheus, and health for whoever decides
 * whether this process is to live (`/healthz`) and whether it is to be asked for anything
 * (`/readyz`). It knows nobody; what is true is asked of its ports.
 */
import type { HttpAnswer, HttpRequest } from '../base/http.ts'
import type { PagePorts, RoleReadiness } from './ports.ts'

const TEXT = 'text/plain; charset=utf-8'

/** Prometheus' text format. */
const METRICS = 'text/plain; version=0.0.4; charset=utf-8'

const INDEX = `Lograft

/metrics   measures, for Prometheus
/healthz   200: the process lives
/readyz    200: every role of this node serves; 503 with the reason
`

export function answerWith(ports: PagePorts): (request: HttpRequest) => Promise<HttpAnswer> {
  // Those who come while one page is made share it: what it costs does not grow with them.
  let underWay: Promise<string> | null = null
  const metrics = () => {
    underWay ??= ports.metrics().finally(() => (underWay = null))
    return underWay
  }
  return async ({ path }) => {
    switch (path) {
      case '/metrics':
        return { status: 200, contentType: METRICS, body: await metrics() }
      case '/healthz':
        return text(200, 'ok\n')
      case '/readyz':
        return readyPage(ports.roles())
      case '/':
        return text(200, INDEX)
      default:
        return text(404, `there is nothing here. What there is:\n\n${INDEX}`)
    }
  }
}

/** One line for each role, so that a person who asks by hand sees which of them does not serve. */
function readyPage(roles: readonly RoleReadiness[]): HttpAnswer {
  const lines = roles.map(({ role, notServing }) => `${role}: ${notServing ?? 'serving'}\n`)
  const isReady = roles.every(({ notServing }) => notServing === null)
  return text(isReady ? 200 : 503, lines.join(''))
}

const text = (status: number, body: string): HttpAnswer => ({ status, contentType: TEXT, body })
