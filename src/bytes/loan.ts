/**
 * Views that somebody wants back: record batches on their way from a slab or a file to a socket,
 * through code that knows nothing of it. Whoever is the last to need such a view gives it back, and
 * its memory may then be used again. Forgetting to costs that reuse and nothing else; giving back
 * what is still needed corrupts it. So there are only three who do: the socket when the operating
 * system has taken the bytes, the writer that has copied them, and a fetch that only counted them.
 */
const owners = new WeakMap<Uint8Array, () => void>()

/** Makes `view` a loan: `returned` is called when this very view is given back, once at most. */
export function lend(view: Uint8Array, returned: () => void): Uint8Array {
  owners.set(view, returned)
  return view
}

export function isLent(view: Uint8Array): boolean {
  return owners.has(view)
}

/** Nobody needs `view` any more. Does nothing for bytes that were never lent. */
export function giveBack(view: Uint8Array): void {
  const returned = owners.get(view)
  if (returned === undefined) return
  owners.delete(view)
  returned()
}
