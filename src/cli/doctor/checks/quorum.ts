/**
 * The controllers: how many of them may be lost, whether one is, whether one is far behind. Pure.
 */
import { namesOf, they, type Finding } from '../finding.ts'
import { isKnown, isLost, type Readings } from '../readings.ts'

/** A voter that was not heard of for so long is down; each is heard of several times a second. */
const SILENT_MS = 5_000
/** A new leader hears of everybody who is there at once. */
const UNHEARD_MS = 1_000
/** A voter that lacked something for so long does not keep up. */
const BEHIND_MS = 30_000

export function checkQuorum({ quorum, brokers }: Readings): readonly Finding[] {
  if (isLost(quorum))
    return [
      {
        ...{ check: 'controllers', verdict: 'problem' },
        says: 'no controller leads: a majority of them is missing',
        means:
          'Nothing can be changed, no leader is elected, and brokers soon stop to serve what they lead.',
        next: 'Start the nodes that are down; `lograft quorum status` answers when a majority is back.',
      },
    ]
  if (!isKnown(quorum))
    return [
      {
        ...{ check: 'controllers', verdict: 'unknown', says: quorum.unknown },
        next: 'Name the grpc.listener of a node with --grpc.',
      },
    ]
  const voters = quorum.replicas.filter(({ role }) => role === 'voter')
  const down = voters.filter(
    ({ silentMs, logEndOffset }) => silentMs > (logEndOffset === null ? UNHEARD_MS : SILENT_MS),
  )
  const slow = voters.filter((voter) => !down.includes(voter) && voter.behindMs > BEHIND_MS)
  const findings: Finding[] = []
  const names = (some: typeof voters) => namesOf(some.map(({ nodeId }) => String(nodeId)))
  if (down.length > 0) {
    const left = voters.length - down.length - (Math.floor(voters.length / 2) + 1)
    findings.push({
      ...{ check: 'controllers', verdict: 'problem' },
      says: `${they(down.length, 'controller', ['is', 'are'])} not heard of: ${names(down)}`,
      means: `${left === 0 ? 'No more' : `${left} more`} may be lost before nothing can be changed.`,
      next: 'Start it; if its machine is gone for good, `lograft quorum replace`.',
    })
  }
  if (slow.length > 0)
    findings.push({
      ...{ check: 'controllers', verdict: 'warning' },
      says: `${they(slow.length, 'controller', ['does', 'do'])} not keep up: ${names(slow)}`,
      means: 'It counts for a majority, and is slow to give its part.',
      next: 'Look at its disk and network; `lograft quorum status` says how far it is behind.',
    })
  findings.push(...numberOf(voters.length, brokers.length))
  if (findings.length > 0) return findings
  const spare = Math.floor((voters.length - 1) / 2)
  return [
    {
      ...{ check: 'controllers', verdict: 'ok' },
      says: `${they(voters.length, 'controller', ['votes', 'vote'])}, led by ${quorum.leaderId}; ${spare} may be lost`,
    },
  ]
}

function numberOf(voters: number, brokers: number): readonly Finding[] {
  if (voters % 2 === 0)
    return [
      {
        ...{ check: 'controllers', verdict: 'warning' },
        says: `the number of controllers is even: ${voters}`,
        means: `${voters - 1} bear the loss of as many.`,
        next: 'Add one with `lograft quorum add`, or remove one.',
      },
    ]
  if (voters > 1 || brokers <= 1) return []
  return [
    {
      ...{ check: 'controllers', verdict: 'warning' },
      says: `there is one controller for ${brokers} brokers`,
      means: 'While it is down nothing can be changed and no leader elected.',
      next: 'Add two with `lograft quorum add`.',
    },
  ]
}
