/** Asks many, a few at a time: results in the order of the items. The first failure is thrown. */

export async function atOnce<Item, Result>(
  count: number,
  items: readonly Item[],
  action: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Array<Result>(items.length)
  const entries = items.entries()
  const work = async () => {
    for (const [index, item] of entries) results[index] = await action(item)
  }
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, work))
  return results
}
