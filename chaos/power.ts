/** How a node is started so that its power can be cut: `power-loss.mjs` is loaded before it. */

const PRELOAD = new URL('./power-loss.mjs', import.meta.url)

export interface WatchedNode {
  /** Its `log.dirs`. */
  readonly directory: string
  /** A folder of the notes' own, outside of it; emptied by every start. */
  readonly notes: string
}

/** Arguments for node itself. */
export function powerLoss({ directory, notes }: WatchedNode): readonly string[] {
  const url = new URL(PRELOAD)
  url.searchParams.set('directory', directory)
  url.searchParams.set('notes', notes)
  return ['--import', url.href]
}
