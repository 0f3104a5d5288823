// Goal: `lograft doctor` finds nothing wrong with a healthy cluster, and what is wrong with one
// that lost a broker, or whose broker is advertised where another one answers; the exit code says
// which. Method: the built command against real nodes.
import { expect, test } from 'vitest'
import type { Finding } from '../../src/cli/doctor/finding.ts'
import { createTopic } from '../support/calls.ts'
import { run } from '../support/command.ts'
import { LocalCluster } from '../support/local-cluster.ts'
import { LocalNode } from '../support/local-node.ts'
import { tempDir } from '../support/temp-dir.ts'

interface Report {
  readonly healthy: boolean
  readonly findings: readonly Finding[]
}

async function examined(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(['doctor', '--json', ...args])
  expect(stderr).toBe('')
  const report = JSON.parse(stdout.toString()) as Report
  const ills = report.findings.filter(({ verdict }) => verdict !== 'ok')
  return { code, ...report, ills: ills.map(({ check, verdict }) => `${verdict} ${check}`) }
}

test('three brokers: all is well; then one is gone', async () => {
  await using cluster = await LocalCluster.start()
  const bootstrapOf = (nodeId: number) => {
    const { host, port } = cluster.addresses().get(nodeId) ?? { host: '', port: 0 }
    return `${host}:${port}`
  }
  await using directory = await tempDir('doctor')
  const args = ['-b', bootstrapOf(1), '--directory', directory.path]
  const well = await examined(...args)
  // How fast this machine's disk is, while others use it, is not the cluster's health.
  expect(well.ills.filter((ill) => ill !== 'warning fsync')).toEqual([])
  expect(well).toMatchObject({ code: 0, healthy: true })
  expect((await run(['topic', 'create', 'orders', '-b', bootstrapOf(1)])).code).toBe(0)
  await cluster.stop(3)
  const ill = await examined(...args)
  expect(ill).toMatchObject({ code: 1, healthy: false })
  // Whether a replica was there, and the voter's silence was long enough, is as it comes.
  expect(ill.ills).toContain('problem broker-in-service')
})

test('a broker that is advertised nowhere', async () => {
  await using node = await LocalNode.start({
    set: { 'advertised.listeners': 'PLAINTEXT://127.0.0.1:1' },
  })
  await createTopic(await node.connect(), 'orders')
  const { code, findings } = await examined('-b', `${node.address.host}:${node.address.port}`)
  expect(code).toBe(1)
  expect(findings[0]).toMatchObject({ check: 'advertised-listener', verdict: 'problem' })
  expect(findings[0]?.says).toContain('broker 1 is advertised at 127.0.0.1:1')
})
