// Goal: whoever registers OpenTelemetry providers gets a span for each request and each call, with
// calls between nodes as parts of the requests that caused them, and the measures of the table;
// nobody else gets, or pays for, anything.
// Method: real nodes in this process, and OpenTelemetry's own SDK that keeps all it is told.
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base'
import { afterEach, expect, test } from 'vitest'
import { hostClock } from '../../src/host/clock.ts'
import { PEER_KEEPALIVE, RpcChannel } from '../../src/rpc/channel.ts'
import { healthCheck } from '../../src/rpc/health.ts'
import { createTopic, produceBatch } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { LocalCluster } from '../support/local-cluster.ts'
import { LocalNode } from '../support/local-node.ts'
import { scrape } from '../support/metrics.ts'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const SPAN_ID = 'b7ad6b7169203331'
const NEVER_MS = 2 ** 31 - 1

const undo: (() => PromiseLike<unknown> | void)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** Keeps every span from now on. */
function tracing(): InMemorySpanExporter {
  const spans = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  trace.setGlobalTracerProvider(provider)
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  undo.push(() => {
    trace.disable()
    context.disable()
    propagation.disable()
  })
  return spans
}

const named = (spans: InMemorySpanExporter, name: string): ReadableSpan | undefined =>
  spans.getFinishedSpans().find((span) => span.name === name)

async function startedNode(): Promise<LocalNode> {
  const node = await LocalNode.start()
  undo.push(() => node[Symbol.asyncDispose]())
  return node
}

test('a request is a span, and what it failed with is said', async () => {
  const spans = tracing()
  const node = await startedNode()
  const client = await node.connect('shop')
  await createTopic(client, 'orders')
  await produceBatch(client, { topic: 'nowhere', batch: null })
  expect(named(spans, 'CreateTopics')).toMatchObject({
    attributes: { 'messaging.system': 'kafka', 'messaging.client.id': 'shop' },
    status: { code: 0 },
  })
  expect(named(spans, 'Produce')).toMatchObject({
    attributes: { 'error.type': 'UNKNOWN_TOPIC_OR_PARTITION' },
    status: { code: 2, message: 'UNKNOWN_TOPIC_OR_PARTITION' },
  })
})

test('what a request makes one node ask another is a part of it', async () => {
  const spans = tracing()
  const cluster = await LocalCluster.start()
  undo.push(() => cluster[Symbol.asyncDispose]())
  const pages = await Promise.all([1, 2, 3].map((id) => scrape(cluster.httpOf(id))))
  const passive = 1 + pages.findIndex((page) => page.get('lograft_active_controller') === 0)
  const address = cluster.addresses().get(passive)
  if (!address) throw new Error(`node ${passive} runs`)
  await using client = await Client.connect(address)
  spans.reset()
  await createTopic(client, 'orders')
  const request = named(spans, 'CreateTopics')
  const call = named(spans, 'lograft.controller.v1.Controller/CreateTopics')
  expect(request?.parentSpanContext).toBeUndefined()
  expect(call?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId)
  expect(call?.spanContext().traceId).toBe(request?.spanContext().traceId)
})

test('a call is a part of what its traceparent says', async () => {
  const spans = tracing()
  const node = await startedNode()
  const traceparent = `00-${TRACE_ID}-${SPAN_ID}-01`
  await askHealth(node, { traceparent })
  await askHealth(node, { traceparent: 'nonsense' })
  const [told, untold] = spans
    .getFinishedSpans()
    .filter(({ name }) => name === 'grpc.health.v1.Health/Check')
  expect(told?.spanContext().traceId).toBe(TRACE_ID)
  expect(told?.parentSpanContext?.spanId).toBe(SPAN_ID)
  expect(untold?.parentSpanContext).toBeUndefined()
})

test('a provider that comes later, or goes, is noticed', async () => {
  const node = await startedNode()
  const client = await node.connect()
  const spans = tracing()
  // The first requests pass while the API is loaded.
  for (let count = 0; named(spans, 'CreateTopics') === undefined; count += 1)
    await createTopic(client, `orders-${count}`)
  trace.disable()
  spans.reset()
  await createTopic(client, 'payments')
  expect(spans.getFinishedSpans()).toEqual([])
})

test('the table is there as instruments, of each node its own', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: NEVER_MS })
  const provider = new MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(provider)
  undo.push(() => provider.shutdown())
  undo.push(() => metrics.disable())
  const node = await startedNode()
  const client = await node.connect()
  await createTopic(client, 'orders', { partitions: 7 })
  await provider.forceFlush()
  const told = new Map(
    exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
      .map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints] as const),
  )
  const ofNode = { 'lograft.node.id': 1 }
  expect(told.get('lograft_partitions')).toMatchObject([{ value: 7, attributes: ofNode }])
  expect(told.get('lograft_request_duration_seconds_count')).toContainEqual(
    expect.objectContaining({ value: 1, attributes: { ...ofNode, request: 'CreateTopics' } }),
  )
})

async function askHealth(node: LocalNode, carrier: Readonly<Record<string, string>>) {
  const channel = new RpcChannel({
    to: node.grpc,
    ends: { from: 'a test', to: 'a node' },
    clock: hostClock,
    keepalive: PEER_KEEPALIVE,
    fatal: (error) => {
      throw error
    },
    tracer: { isOn: true, begin: () => null, outgoing: () => carrier },
  })
  await channel.unary(healthCheck, { service: '' }, { timeoutMs: 10_000 })
  channel.close()
}
