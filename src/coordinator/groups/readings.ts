/** What the coordinators of a broker did, as plain counts, for whoever exports them. */
export class GroupReadings {
  /** Offsets that were written: committed, or deleted. */
  offsets = 0
  /** Generations that began: each is a rebalance that came to its end. */
  generations = 0
}
