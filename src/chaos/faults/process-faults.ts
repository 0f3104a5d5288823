/** Faults of whole processes, by signals. */
import { allOrNone } from './all-or-none.ts'
import type { FaultKind } from './fault.ts'

type ProcessFaultName = 'kill' | 'terminate' | 'pause' | 'restart'

export const processFaults: { readonly [Name in ProcessFaultName]: FaultKind<Name> } = {
  kill: {
    needs: ['signals', 'start'],
    describe: ({ on }) => `kill -9 of ${on}`,
    inflict: (_spec, nodes, { lives }) => allOrNone(nodes, (id) => lives.hold(id, 'SIGKILL')),
  },
  terminate: {
    needs: ['signals', 'start'],
    describe: ({ on }) => `${on} told to end`,
    inflict: (_spec, nodes, { lives }) => allOrNone(nodes, (id) => lives.hold(id, 'SIGTERM')),
  },
  pause: {
    needs: ['signals'],
    describe: ({ on }) => `${on} stopped`,
    inflict: (_spec, nodes, { lives }) => allOrNone(nodes, (id) => lives.pause(id)),
  },
  restart: {
    needs: ['signals', 'start'],
    describe: ({ on }) => `restart of ${on}, one after the other`,
    inflict: async (_spec, nodes, { lives, signal }) => {
      for (const id of nodes) {
        if (signal.aborted) break
        const letGo = await lives.hold(id, 'SIGTERM')
        await letGo()
      }
      return () => Promise.resolve()
    },
  },
}
