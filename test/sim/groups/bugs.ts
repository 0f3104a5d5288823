/** Bugs to plant in coordinators, their views and the log cleaner. */
import type { Bug } from '../bugs.ts'

export const GROUPS_BUGS: readonly Bug[] = []
