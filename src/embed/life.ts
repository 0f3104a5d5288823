/** One life of a broker, from its start to its end, in this process or in one of its own. */

/** What a broker is started with. */
export interface BrokerPlan {
  readonly nodeId: number
  /** Each `key=value`, Kafka's property names. */
  readonly flags: readonly string[]
}

export interface Life {
  /** Resolves when other brokers can reach it; rejects when it ends before. */
  readonly listening: Promise<void>
  /** Resolves when the broker is in service; rejects when it ends before. */
  readonly ready: Promise<{ readonly brokerEpoch: number }>
  /** Resolves when the broker is gone: with the error that ended it, or null if it was asked to. */
  readonly ended: Promise<Error | null>
  /** Null in this process. */
  readonly pid: number | null
  /** Resolves when the broker acts on the entry of the metadata log at `offset`. */
  published(offset: number): Promise<void>
  /** In order. Resolves, as `kill`, when the broker is gone; never rejects. */
  stop(options?: { readonly wholeCluster?: boolean }): Promise<void>
  kill(): Promise<void>
  /** Throws where only a process can be paused. */
  pause(): void
  resume(): void
}
