/**
 * How many fsyncs of data may be in flight at once (S20): libuv's pool has four threads, and two
 * stay free for everything that must not queue behind a slow disk.
 */
export class SyncGate {
  readonly permits: number

  constructor({ permits }: { permits: number }) {
    this.permits = permits
  }
}
