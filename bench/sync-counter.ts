/**
 * Loaded into a node before anything else (`node --import`), it counts the fsyncs that the node
 * waits for; at SIGUSR2 it prints the count as one line. It costs an addition for each, so a node
 * that carries it may be timed.
 */
import fs from 'node:fs'

let syncs = 0

const real = fs.fdatasync
fs.fdatasync = Object.assign((...args: Parameters<typeof real>) => {
  syncs += 1
  return real(...args)
}, real)

process.on('SIGUSR2', () => {
  process.stdout.write(`probe ${JSON.stringify({ syncs })}\n`)
})
