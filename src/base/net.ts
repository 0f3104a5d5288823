/**
 * The network, as the rest of the broker sees it: accepted and dialled byte streams with bounded,
 * observable buffers. `host/net.ts` is TCP; a simulated network can delay, cut and corrupt.
 */

/** What a stream tells its one owner. Never called re-entrantly from the owner's own calls. */
export interface StreamEvents {
  /** Bytes arrived. They are lent until this returns: the next ones may take their place. */
  data(bytes: Uint8Array): void
  /** All that was written has been handed to the operating system, after a time when it was not. */
  drained(): void
  /** The peer will send no more. */
  ended(): void
  /** Called once, last. `error` is null for an orderly close. */
  closed(error: Error | null): void
}

export interface Stream {
  /** `address:port` of the peer, for log lines. */
  readonly peer: string
  readonly peerAddress: string
  /** Bytes written but not yet taken by the operating system. */
  readonly unsentBytes: number
  /** Begins delivery; nothing is read before. */
  open(events: StreamEvents): void
  /**
   * Queues the chunks, in order, as one vector. They must not be changed afterwards; those that
   * are lent (`bytes/loan.ts`) are given back when they have been sent.
   */
  write(chunks: readonly Uint8Array[]): void
  pause(): void
  resume(): void
  /** Closes once everything written has been sent. */
  end(): void
  /** Closes at once; what is unsent is lost. */
  destroy(): void
}

export interface ListeningServer {
  readonly host: string
  /** The real port, also when port 0 was asked for. */
  readonly port: number
  /** Stops accepting; streams already accepted are not touched. */
  close(): Promise<void>
}

export interface Net {
  listen(
    address: { readonly host: string; readonly port: number },
    accept: (stream: Stream) => void,
  ): Promise<ListeningServer>
  /**
   * Dials; rejects with the system's error when nobody answers, and with the signal's reason when
   * it aborts first. The stream delivers nothing before it is opened.
   */
  connect(
    address: { readonly host: string; readonly port: number },
    signal?: AbortSignal,
  ): Promise<Stream>
}
