/**
 * How a method of the administration is served: whoever asks sets the limits of what is asked of
 * others for it, and a search for a leader that found nobody is told as what it is: nothing was
 * done (proto/lograft/admin/v1/common.proto).
 */
import type { Caller, Served } from '../handlers.ts'
import { serveUnary } from '../handlers.ts'
import { NoLeaderFound, type CallOptions } from '../leader-calls.ts'
import { NotControllerError } from '../not-controller.ts'
import type { Unary } from '../service.ts'

/** `handler` rejects with a LograftError when it refuses. */
export function serveAdmin<Request, Response>(
  method: Unary<Request, Response>,
  handler: (request: Request, caller: Caller) => Response | Promise<Response>,
): Served {
  return serveUnary(method, async (request, caller) => {
    try {
      return await handler(request, caller)
    } catch (thrown) {
      throw asNotDone(thrown)
    }
  })
}

/** NOT_CONTROLLER where nobody that leads was found, which did nothing; else what was thrown. */
export function asNotDone(thrown: unknown): unknown {
  if (!(thrown instanceof NoLeaderFound)) return thrown
  return new NotControllerError(thrown.message, null, { cause: thrown })
}

/** For what is asked of others. */
export function limitsOf({ signal, deadlineMs }: Caller): CallOptions {
  return { signal, deadlineMs }
}
