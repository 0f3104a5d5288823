/**
 * "Did you mean": the known name that a misspelt one is nearest to. Pure. Distance is Damerau's, in
 * its restricted form: letters left out, added, changed, and neighbours swapped count one each.
 */

/** Names are short; anything longer than this is not a misspelling of one. */
const NAME_LENGTH_MAX = 100

/**
 * The nearest of `names`, or null when none is near enough to be what was meant: within a third of
 * its letters, or within `slipsMax`. Case, and _ for a dot, do not count. Of several that are
 * equally near, the one that begins like it for longer: first letters are seldom wrong.
 */
export function nearestName(
  name: string,
  names: readonly string[],
  slipsMax = Math.floor(name.length / 3),
): string | null {
  if (name.length > NAME_LENGTH_MAX) return null
  const meant = name.toLowerCase().replaceAll('_', '.')
  let nearest: string | null = null
  let least = slipsMax + 1
  for (const candidate of names) {
    // Every letter that one has more than the other is a slip.
    if (Math.abs(candidate.length - meant.length) > least) continue
    const found = distance(meant, candidate)
    const isNearer = nearest === null || beginning(meant, candidate) > beginning(meant, nearest)
    if (found < least || (found === least && found <= slipsMax && isNearer))
      [nearest, least] = [candidate, found]
  }
  return nearest
}

/** How many letters two words begin with alike. */
function beginning(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

/** How many slips of the pen lie between two words. */
export function distance(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const changed = one[i - 1] === other[j - 1] ? 0 : 1
      let best = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + changed)
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (i > 1 && j > 1 && swapped) best = Math.min(best, before[j - 2]! + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row[other.length]!
}
