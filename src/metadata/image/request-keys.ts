/**
 * Idempotency keys of requests that were carried out: a request that comes again with its key is
 * answered and not carried out again. A key is in the same entry as what it did, so there is never
 * one without the other. Only the newest are kept.
 */
import assert from 'node:assert'
import { ImmutableMap } from '../../base/immutable-map.ts'
import type { RequestKeyRecord } from '../records.ts'

/** Keys that are kept. Which ones go is part of replay: all nodes must agree on it. */
export const REQUEST_KEYS_MAX = 10_000

/** What is known of a request that was carried out. */
export interface KnownRequest {
  /** Of its content. */
  readonly digest: string
  /** Of its entry. */
  readonly metadataOffset: number
}

export interface RequestKeysImage {
  readonly byKey: ImmutableMap<string, KnownRequest>
  /** Keys by the offset of their entry: the oldest goes first. */
  readonly byOffset: ImmutableMap<number, string>
}

export const EMPTY_REQUEST_KEYS: RequestKeysImage = {
  byKey: ImmutableMap.empty(),
  byOffset: ImmutableMap.empty(),
}

export class RequestKeysDelta {
  #next: RequestKeysImage

  constructor(was: RequestKeysImage) {
    this.#next = was
  }

  replayRequestKey({ key, digest, metadataOffset }: RequestKeyRecord): void {
    const { byKey, byOffset } = this.#next
    assert(!byKey.has(key), 'a key that is known is not used again')
    assert(!byOffset.has(metadataOffset), 'an entry carries out one request')
    this.#next = oldestGone({
      byKey: byKey.set(key, { digest, metadataOffset }),
      byOffset: byOffset.set(metadataOffset, key),
    })
  }

  /** Makes this the difference to `next`, a state of which the way there is not known. */
  replaceBy(next: RequestKeysImage): void {
    this.#next = next
  }

  apply(): RequestKeysImage {
    return this.#next
  }
}

function oldestGone(image: RequestKeysImage): RequestKeysImage {
  if (image.byKey.size <= REQUEST_KEYS_MAX) return image
  const [oldest] = image.byOffset
  assert(oldest !== undefined, 'every key has an offset')
  const [offset, key] = oldest
  return { byKey: image.byKey.delete(key), byOffset: image.byOffset.delete(offset) }
}
