/**
 * Loaded into a node before anything else (`--import`), it makes the node's machine a bad one, from
 * outside and while it runs: `machine.ts` writes into a file what is wrong, and says through a
 * local socket that it has. While nothing is wrong, nothing is in the way of the node.
 *
 * The URL says which directory the disk is (`directory`), where the file and the socket are
 * (`folder`, outside of it), and whether notes are taken for a power cut (`notes`).
 */
import fs from 'node:fs'
import { createServer } from 'node:net'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { setClock } from './clock-faults.mjs'
import { DiskFaults } from './disk-faults.mjs'
import { takePowerNotes } from './power-notes.mjs'

const BOOT_ID = '/proc/sys/kernel/random/boot_id'
const { readFileSync, rmSync } = fs

/** After a power cut the operating system is another one, as far as its id tells. */
function bootAgain(boots) {
  if (boots === 0) return
  fs.readFileSync = (path, ...rest) => {
    const content = readFileSync(path, ...rest)
    return path === BOOT_ID ? `${String(content).trim()}-${boots}\n` : content
  }
}

/** What the file says is so from now on. */
function obey(file, disk) {
  const { faults, boots } = JSON.parse(readFileSync(file, 'utf8'))
  const ofClock = faults.filter(({ type }) => type === 'clock-jump')
  setClock(ofClock.reduce((sum, { byMs }) => sum + byMs, 0))
  disk.set(faults.filter((fault) => !ofClock.includes(fault)))
  bootAgain(boots)
  syncBuiltinESMExports()
}

/** Whoever connects has changed the file, and is told when that counts. */
async function listen(socket, changed) {
  rmSync(socket, { force: true })
  const server = createServer((connection) => {
    connection.on('error', () => undefined)
    try {
      changed()
      connection.end('ok\n')
    } catch (error) {
      connection.end(`${error.message}\n`)
    }
  })
  server.unref()
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
}

const { searchParams } = new URL(import.meta.url)
const [directory, folder] = ['directory', 'folder'].map((name) => searchParams.get(name))
if (directory !== null && isMainThread) {
  const file = join(folder, 'faults.json')
  if (searchParams.has('notes')) takePowerNotes(directory, join(folder, 'notes'))
  const disk = new DiskFaults(directory)
  // First the socket: what is changed between the two is read.
  await listen(join(folder, 'socket'), () => obey(file, disk))
  obey(file, disk)
}
