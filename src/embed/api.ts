/**
 * What `startCluster` takes and gives: the whole of the package's programming interface. Nothing in
 * it names a type of the broker's own, so that those may change.
 */
/// <reference lib="esnext.disposable" preserve="true" />

/** A value of one of Kafka's properties, as in `server.properties`. */
export type Setting = string | number | boolean

/** What is logged to standard error, from this severity on. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** A logger of your own, such as pino: fields first, then a constant message. */
export interface Logger {
  fatal(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  debug(fields: Readonly<Record<string, unknown>>, message: string): void
  trace(fields: Readonly<Record<string, unknown>>, message: string): void
  child(bindings: Readonly<Record<string, unknown>>): Logger
}

export interface TopicOptions {
  /** Default: the cluster's `num.partitions`, which is 1. */
  readonly partitions?: number
  /** Default: 3, or the number of brokers when there are fewer. */
  readonly replicationFactor?: number
  /** Topic properties by Kafka's names, such as `{ 'retention.ms': 60_000 }`. */
  readonly config?: Readonly<Record<string, Setting>>
}

export interface StartClusterOptions {
  /**
   * How many brokers, numbered from 1. Default 3. Each is a controller too, but of many only the
   * first five are.
   */
  readonly brokers?: number
  /**
   * Topics to create before it is ready: a number of partitions, or more than that. Those that
   * `directory` has already are served as they are, and refused when they are not as said here.
   */
  readonly topics?: Readonly<Record<string, number | TopicOptions>>
  /** Properties of every broker by Kafka's names, such as `{ 'min.insync.replicas': 1 }`. */
  readonly config?: Readonly<Record<string, Setting>>
  /**
   * Where the brokers keep their data, each in a directory named by its number. What is there
   * already is served; nothing is removed at the end. Default: in memory, or with `processes` in a
   * temporary directory that is removed at the end.
   */
  readonly directory?: string
  /**
   * Every broker is a process of its own: slower to start, but `kill` is a real `kill -9`, and
   * brokers can be paused. They end with this process, however it ends. Default: false.
   */
  readonly processes?: boolean
  /** The network between brokers can be damaged: `cut`, `isolate`, `heal`. Default: false. */
  readonly links?: boolean
  /**
   * Brokers can be made to fail on purpose: `failRequests`, `delayRequests`, `loseAnswers`,
   * `refuseClient`. Default: false.
   */
  readonly faults?: boolean
  /** Default: `'silent'`. A logger of your own only without `processes`. */
  readonly log?: LogLevel | Logger
  /** How long the start, and afterwards every wait, may take. Default: 30,000 ms. */
  readonly timeoutMs?: number
}

export interface WaitOptions {
  /** Default: what `startCluster` was given. */
  readonly timeoutMs?: number
}

/** One broker, through all its lives. It keeps its ports, and its data, when it is restarted. */
export interface Broker {
  /** Kafka's broker id: 1, 2, … */
  readonly id: number
  /** Where Kafka clients connect, as `host:port`. */
  readonly address: string
  readonly host: string
  readonly port: number
  /** Where other brokers and `lograft quorum` connect, as `host:port`. */
  readonly grpcAddress: string
  /** With `processes`: the process; null when it does not run, and in this process. */
  readonly pid: number | null
  /** From the call of `restart` to its end, whoever ends it. A paused broker runs. */
  readonly isRunning: boolean
  /** Why it ended although nobody asked it to; null if somebody did, and while it runs. */
  readonly failure: Error | null

  /**
   * Ends it as `kill -9` does: no flush, no marker, no goodbye. What it had written is there when
   * it is restarted. In this process it loses its disk, sockets and timers in the middle of
   * whatever it did. Resolves when it is gone.
   */
  kill(): Promise<void>
  /** Ends it in order: others take over what it leads first. */
  stop(): Promise<void>
  /** Starts it on its data; kills it before if it runs. Resolves when it is in service again. */
  restart(): Promise<void>
  /** With `processes`: SIGSTOP. Its connections stay and hear nothing. Otherwise throws. */
  pause(): void
  /** With `processes`: SIGCONT. Otherwise throws. */
  resume(): void

  /**
   * With `faults`, as the three below: answers requests with an error, by Kafka's name of it, and
   * does nothing of what they ask. Resolves when that is so; a switch ends with the life of the
   * broker.
   */
  failRequests(fault: RequestFault & { readonly error: string }): Promise<UndoFault>
  /** Begins requests later, and so what their clients send behind them. */
  delayRequests(fault: RequestFault & { readonly delayMs: number }): Promise<UndoFault>
  /** Does what requests ask, waits until it would answer, and closes their connections instead. */
  loseAnswers(fault: RequestFault): Promise<UndoFault>
  /** Closes the connections of a client at each of its requests, undone. */
  refuseClient(clientId: string, options?: { readonly forMs?: number }): Promise<UndoFault>
}

/** Which requests a fault switch hits; of several switches that fit, the first that was set. */
export interface RequestFault {
  /** Kafka's name of a request, such as `Produce`. */
  readonly api: string
  /** How many of them. Default: 1. */
  readonly count?: number
  /** Only requests with this client id; with `*` at its end, with all that begin so. */
  readonly clientId?: string
  /** How long at most. Default: 60,000 ms; not above an hour. */
  readonly forMs?: number
}

/** Takes a fault switch back, and only it. Idempotent. */
export type UndoFault = () => Promise<void>

/** A broker, by its number or itself. */
export type BrokerRef = number | Broker

/**
 * A running cluster; dispose of it (`await using`) or call `stop`. Waits are driven by what the
 * cluster commits, and end in an error that says what was true instead.
 */
export interface Cluster extends AsyncDisposable {
  /** Addresses of all brokers as `host:port`, running or not: kafkajs' `brokers`. */
  readonly bootstrapServers: string[]
  /** The same in one text, as `bootstrap.servers` and `kcat -b` want it. */
  readonly bootstrap: string
  readonly brokers: readonly Broker[]
  /** The broker with a number; throws when there is none. */
  broker(id: number): Broker

  /** The broker that leads a partition, as soon as one that runs does. */
  leaderOf(topic: string, partition: number, options?: WaitOptions): Promise<Broker>
  /** The broker whose controller is active, as soon as one that runs is. */
  controller(options?: WaitOptions): Promise<Broker>
  /**
   * The in-sync replicas of a partition, as soon as they are as `wanted`: so many, exactly these,
   * or whatever a function accepts. Default: as soon as there is such a partition.
   */
  isr(
    topic: string,
    partition: number,
    wanted?: number | readonly number[] | ((isr: readonly number[]) => boolean),
    options?: WaitOptions,
  ): Promise<readonly number[]>
  /**
   * Resolves when all replicas of all partitions (of `topic`, or of all topics) are in sync and
   * their brokers in service.
   */
  caughtUp(topic?: string, options?: WaitOptions): Promise<void>
  /** Creates a topic; resolves when every running broker knows it and its replicas are in sync. */
  createTopic(name: string, options?: TopicOptions): Promise<void>

  /**
   * With `links`: nothing passes between two brokers any more, without a word to either. Otherwise
   * throws.
   */
  cut(one: BrokerRef, other: BrokerRef): void
  /** With `links`: cuts a broker off from all others. Its clients still reach it. */
  isolate(broker: BrokerRef): void
  /** With `links`: everything passes again. */
  heal(): Promise<void>

  /** Stops all brokers and removes what is temporary. Idempotent. */
  stop(): Promise<void>
}
