/** What is done to several at once, or in the end to none of them. */
import type { Undo } from './undo.ts'

/** Rejects with the first failure, when everything else is taken back. */
export async function allOrNone<Item>(
  items: readonly Item[],
  make: (item: Item) => Promise<Undo>,
): Promise<Undo> {
  const made = await Promise.allSettled(items.map(make))
  const undo = together(made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
  const failed = made.find((one) => one.status === 'rejected')
  if (!failed) return undo
  await undo()
  throw failed.reason
}

/** All at once; rejects with the first failure when all of them have been tried. */
export function together(undos: readonly Undo[]): Undo {
  return async () => {
    const undone = await Promise.allSettled(undos.map((undo) => undo()))
    const failed = undone.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  }
}
