// Goal: the judges judge: the raw client notices answers out of order, the crash ledger notices
// every way in which a log can be wrong, and the log text is the same everywhere.
// Method: a small server that misbehaves on purpose; readings of a log with one planted fault each.
import net from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Ledger, recordsOf, type SentBatch } from '../../chaos/ledger.ts'
import { Writer } from '../../src/bytes/writer.ts'
import { BatchCursor } from '../../src/records/batch.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { Client, ConnectionClosed } from '../support/client.ts'
import { dice, sha256OfFile, writeLogText } from '../support/log-text.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('the raw client', () => {
  const asks = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }

  /** Collects two requests, then gives `answer` their correlation ids. */
  async function server(answer: (ids: number[], socket: net.Socket) => void) {
    const listener = net.createServer((socket) => {
      let bytes: Buffer = Buffer.alloc(0)
      socket.on('error', () => undefined)
      socket.on('data', (chunk: Buffer) => {
        bytes = Buffer.concat([bytes, chunk])
        const ids: number[] = []
        for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readInt32BE(at)) {
          ids.push(bytes.readInt32BE(at + 8))
        }
        if (ids.length === 2) answer(ids, socket)
      })
    })
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const { port } = listener.address() as net.AddressInfo
    const client = await Client.connect({ host: '127.0.0.1', port })
    const answers = [0, 1].map(() => client.request(apiVersions, 3, asks))
    const outcomes = await Promise.allSettled(answers)
    await client.close()
    listener.close()
    return outcomes
  }

  function response(correlationId: number): Uint8Array {
    const writer = new Writer()
    writer.int32(0)
    writer.int32(correlationId)
    apiVersions.encodeResponse(3, { errorCode: 0, apiKeys: [] }, writer)
    writer.patchInt32(0, writer.offset - 4)
    return writer.finish()
  }

  test('matches answers to requests, wherever the stream is cut', async () => {
    const outcomes = await server((ids, socket) => {
      const bytes = Buffer.concat(ids.map(response))
      for (const byte of bytes) socket.write(Buffer.of(byte))
    })
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  })

  test('notices answers out of order', async () => {
    const outcomes = await server((ids, socket) => {
      socket.write(Buffer.concat(ids.reverse().map(response)))
    })
    expect(outcomes.map((o) => o.status === 'rejected' && String(o.reason))).toEqual([
      'Error: response out of order: expected 1, came 2',
      'Error: response out of order: expected 1, came 2',
    ])
  })

  test('says when the connection ended instead', async () => {
    const outcomes = await server((ids, socket) => {
      socket.end(response(ids[0] as number))
    })
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((outcomes[1] as PromiseRejectedResult).reason).toBeInstanceOf(ConnectionClosed)
  })

  test('refuses bytes behind a response', async () => {
    const outcomes = await server((ids, socket) => {
      const longer = Buffer.concat([response(ids[0] as number), Buffer.of(1)])
      longer.writeInt32BE(longer.length - 4, 0)
      socket.end(longer)
    })
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})

describe('the crash ledger', () => {
  const WRITERS = [
    { id: 0, idempotent: true },
    { id: 1, idempotent: false },
  ]

  /** Three batches of writer 0 and one of writer 1; the third and fourth are of unknown outcome. */
  function world() {
    const ledger = new Ledger(0, WRITERS)
    const batches = [ledger.send(0, 3), ledger.send(0, 2), ledger.send(0, 4), ledger.send(1, 1)]
    ledger.acknowledge(batches[0] as SentBatch, 0)
    ledger.acknowledge(batches[1] as SentBatch, 3)
    ledger.noteHighWatermark(5)
    return { ledger, batches }
  }

  /** A reading of the given batches one behind the other, as a log would hold them. */
  function reading(
    batches: readonly (SentBatch | undefined)[],
    damage: (bytes: Uint8Array, index: number) => void = () => undefined,
  ) {
    let offset = 0
    const cursors = batches.map((batch, index) => {
      const bytes = buildBatch({ baseOffset: offset, records: recordsOf(batch as SentBatch) })
      offset += (batch as SentBatch).count
      damage(bytes, index)
      return new BatchCursor(bytes)
    })
    return { batches: cursors, logStartOffset: 0, highWatermark: offset }
  }

  test('finds nothing wrong with what is right: all, or without the unknown ones', () => {
    for (const present of [
      [0, 1],
      [0, 1, 2],
      [0, 1, 3, 2],
      [0, 1, 3],
    ]) {
      const { ledger, batches } = world()
      const finding = ledger.check(reading(present.map((index) => batches[index])))
      expect(finding).toEqual({ lost: 0, duplicated: 0, faults: [] })
    }
  })

  test.each<[string, number[]]>([
    ['an acknowledged batch is missing at the end', [0]],
    ['an acknowledged batch is missing in the middle', [1, 2]],
    ['acknowledged batches have changed places', [1, 0]],
    ['an acknowledged batch stands elsewhere', [0, 3, 1]],
    ['everything is gone', []],
  ])('notices that %s', (_, present) => {
    const { ledger, batches } = world()
    const finding = ledger.check(reading(present.map((index) => batches[index])))
    expect(finding.lost).toBeGreaterThan(0)
    expect(finding.faults).not.toEqual([])
  })

  test('notices a batch that is there twice, acknowledged or unknown', () => {
    for (const present of [
      [0, 1, 1],
      [0, 1, 2, 2],
      [0, 1, 3, 3],
    ]) {
      const { ledger, batches } = world()
      const finding = ledger.check(reading(present.map((index) => batches[index])))
      expect(finding.duplicated).toBeGreaterThan(0)
    }
  })

  test('notices a wrong byte in a record', () => {
    const { ledger, batches } = world()
    const damaged = reading(batches.slice(0, 2), (bytes, index) => {
      if (index === 1) bytes[bytes.length - 10] = (bytes[bytes.length - 10] as number) ^ 1
    })
    expect(ledger.check(damaged).faults).not.toEqual([])
  })

  test('notices offsets that are not dense', () => {
    const { ledger, batches } = world()
    const sparse = reading(batches.slice(0, 3), (bytes, index) => {
      if (index === 2) new BatchCursor(bytes).stamp({ baseOffset: 6, leaderEpoch: 0 })
    })
    expect(ledger.check(sparse).faults).not.toEqual([])
  })

  test('notices a high watermark that went back, and a log start that moved', () => {
    const { ledger, batches } = world()
    ledger.noteHighWatermark(9)
    expect(ledger.check(reading(batches.slice(0, 2))).faults).toHaveLength(1)
    const { ledger: other, batches: sent } = world()
    expect(other.check({ ...reading(sent.slice(0, 2)), logStartOffset: 1 }).faults).toHaveLength(1)
  })

  test('notices that consumed bytes changed', () => {
    const { ledger, batches } = world()
    const [first] = reading(batches.slice(0, 1)).batches
    expect(ledger.consume(first as BatchCursor)).toBeNull()
    const changed = reading(batches.slice(0, 2), (bytes, index) => {
      if (index === 0) bytes[17] = (bytes[17] as number) ^ 1
    })
    expect(ledger.check(changed).faults).toHaveLength(1)
  })

  test('notices a repeat that was answered with another offset', () => {
    const { ledger, batches } = world()
    const unknown = batches[2] as SentBatch
    ledger.check(reading(batches.slice(0, 3)))
    expect(unknown.foundAt).toBe(5)
    expect(ledger.acknowledge(unknown, 5)).toBeNull()
    expect(ledger.acknowledge(unknown, 9)).not.toBeNull()
  })

  test('notices a later batch without the earlier one', () => {
    const ledger = new Ledger(0, WRITERS)
    const [, second] = [ledger.send(0, 1), ledger.send(0, 1)]
    expect(ledger.check(reading([second])).faults).toHaveLength(1)
  })
})

describe('log text', () => {
  test('is the same for the same seed, and has no empty line', async () => {
    await using directory = await tempDir()
    const paths = ['a', 'b', 'c'].map((name) => join(directory.path, name)) as [
      string,
      string,
      string,
    ]
    const first = await writeLogText(paths[0], 3000, 5)
    const second = await writeLogText(paths[1], 3000, 5)
    const other = await writeLogText(paths[2], 3000, 6)
    expect(second.sha256).toBe(first.sha256)
    expect(other.sha256).not.toBe(first.sha256)
    expect(await sha256OfFile(first.path)).toBe(first.sha256)
  })

  test('dice are fair enough', () => {
    const random = dice(1)
    const seen = new Set(Array.from({ length: 200 }, () => random.int(0, 9)))
    expect(seen.size).toBe(10)
    expect(random.next()).toBeLessThan(1)
  })
})
