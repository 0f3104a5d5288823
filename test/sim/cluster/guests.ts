/**
 * Whoever looks on in a cluster's run beside its own watches: told what happens to the nodes, and
 * asked whether what it watches can bear that.
 */
import type { Life } from './life.ts'
import type { Machine } from './machine.ts'
import type { Course } from './replica-view.ts'

export interface Guests {
  /** After every event, of every node that runs. */
  look(machine: Machine, life: Life, course: Course): void
  /** After every event, when all have been looked at. */
  check(): void
  /** A process ends in the middle of an event. */
  dying(machine: Machine, life: Life): void
  down(machine: Machine): void
  /** Whether that disk may be lost, with what was not synced or with all that was on it. */
  mayLose(machine: Machine): boolean
  hasLost(machine: Machine): void
  /** Records of a partition may be gone. */
  taint(topic: string, index: number): void
  /** It sleeps or slept, and may have been replaced in what it led. */
  roused(machine: Machine): void
  /** A line of a node's own log. */
  logged(machine: Machine, message: string, fields: object): void
}

export const NOBODY: Guests = {
  look: () => {},
  check: () => {},
  dying: () => {},
  down: () => {},
  mayLose: () => true,
  hasLost: () => {},
  taint: () => {},
  roused: () => {},
  logged: () => {},
}
