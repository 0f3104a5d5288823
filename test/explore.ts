import { join } from 'node:path'
import { DamagedCluster, KEPT, VICTIM } from './support/damaged-cluster.ts'
import { damage, filesOf } from '../src/chaos/machine/damage.ts'
import { dice } from './support/log-text.ts'

const FILES = ['segment','active-segment','offset-index','time-index','producer-snapshot','leader-epochs'] as const
const HOWS = ['flip','truncate','zero','delete','old-copy'] as const
const t0 = performance.now()
const say = (...what: unknown[]) => console.log(((performance.now()-t0)/1000).toFixed(1), ...what)
const random = dice(Number(process.argv[2] ?? 1))
for (let i=0;i<10;i++) random.next()
const cells = FILES.flatMap((file) => HOWS.map((how) => ({ file, how })))
await using cluster = await DamagedCluster.start(cells.length)
say('started')
await cluster.kill()
await cluster.start()
await cluster.whole(['__consumer_offsets-9'])
say('whole')
cluster.produce(60)
await cluster.acknowledged()
await cluster.produceKeys()
await cluster.commit()
say('filled', cluster.files(`${KEPT}-0`))
await cluster.whole()
const cell0 = cluster.text('recovery-point-offset-checkpoint')
await new Promise((r) => setTimeout(r, 1500))
say(cluster.text('recovery-point-offset-checkpoint').split('\n').filter((l) => /kept [0-3] |comp|__/.test(l)))
await cluster.kill()
const copy = cluster.copyDirectory('old')
await cluster.start(); await cluster.whole()
cluster.produce(60); await cluster.acknowledged()
cluster.keepProducing()
await new Promise((r) => setTimeout(r, 1500))
await cluster.kill()
say('killed')
cells.forEach(({ file, how }, p) => {
  const paths = filesOf(cluster.directory, file, `${KEPT}-${p}`)
  if (paths.length === 0) return say(`NO FILE ${file} ${how}`)
  const path = random.pick(paths.length > 3 ? paths.slice(0, 3) : paths)
  const rel = path.slice(cluster.directory.length + 1)
  try {
    say(`${p} ${file} ${how}: ${rel}: ${damage(path, how, { random: () => random.next(), copy: join(copy, rel) })}`)
  } catch (e) { say(`${p} ${file} ${how} ${rel}: ${e}`) }
})
const before = cluster.acknowledgedCount
await new Promise((r) => setTimeout(r, 1000))
say('acks while down', cluster.acknowledgedCount - before)
const code = await cluster.start()
say('started with', code)
if (code !== null) { console.log(cluster.printed); process.exit(1) }
await new Promise((r) => setTimeout(r, 6000))
let out = (await cluster.partitions()).filter(({ isr }) => !isr.includes(VICTIM))
say('not in sync', out.map(({ topic, partition }) => `${topic}-${partition} ${cells[partition]?.file} ${cells[partition]?.how}`))
console.log(cluster.printed.split('\n').filter((l) => /WARN|ERROR|warn|error/.test(l) || /^\s/.test(l)).join('\n').slice(0, 20000))
// Lead
const all = (await cluster.partitions([KEPT]))
await cluster.whole(out.map(({topic,partition})=>`${topic}-${partition}`)).catch((e) => say(String(e).slice(0,500)))
const res = await cluster.replicas.reassign(all.filter(({partition,topic})=>!out.some((o)=>o.topic===topic&&o.partition===partition)).map(({ topic, partition }) => ({ topic, partition, replicas: [3, 1, 2] })))
const el = await cluster.replicas.electLeaders('preferred' as never, all.map(({ topic, partition }) => ({ topic, partition })))
say('elected', el.filter((e)=>e.errorCode!==0).map((e)=>`${e.partition}:${e.errorCode}`).join())
say('leaders 3:', (await cluster.partitions([KEPT])).filter((p)=>p.leader===3).length)
const seen = await cluster.read()
await cluster.finish()
const seen2 = await cluster.read()
cells.forEach((c, p) => {
  const a = (cluster.sent[p] ?? []).join(), b = (seen2[p] ?? []).join()
  if (a !== b) say(`DIFFERENT ${p} ${c.file} ${c.how}: sent ${cluster.sent[p]?.length} seen ${seen2[p]?.length}`)
})
say('leaders now', (await cluster.partitions([KEPT])).map((p)=>`${p.partition}:${p.leader}[${p.isr}]`).join(' '))
console.log(cluster.printed.split('\n').filter((l) => /WARN|ERROR/.test(l) || /^\s/.test(l)).join('\n').slice(-8000))
