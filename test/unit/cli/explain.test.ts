// Goal: what the operating system refuses at the start is told with the property that names the
// place, who was refused and what to do; what is explained already, or a bug, is left alone.
// Method: real errors where the system gives them to any user, made up ones where it takes a
// full disk or another user.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DiskError } from '../../../src/base/disk.ts'
import { LograftError } from '../../../src/base/errors.ts'
import { explain } from '../../../src/cli/explain.ts'
import { hostDisk } from '../../../src/host/disk.ts'
import { openStore } from '../../../src/host/level-store.ts'
import { describeUser } from '../../../src/host/user.ts'

const user = 'user deb (uid 1000)'
const directory = '/srv/my data'
const about = (error: Error) => explain(error, { directory, user })

function systemError(code: string, message: string, fields: object = {}): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code, ...fields })
}

function diskError(code: string, message: string, path?: string): DiskError {
  const cause = systemError(code, message, path === undefined ? {} : { path })
  return new DiskError('DISK_FAILED', cause.message, { cause })
}

const storeError = (message: string) =>
  new LograftError('STORE_FAILED', `${directory}/store cannot be opened: ${message}`, {
    cause: new Error('Database failed to open', { cause: new Error(message) }),
  })

test.each([
  [
    diskError('EACCES', 'permission denied, mkdir', directory),
    `log.dirs=${directory} cannot be written by ${user}: chown it or choose another directory.`,
  ],
  [
    diskError('EACCES', 'permission denied, mkdir', '/srv'),
    `log.dirs=${directory} cannot be written by ${user}: chown it or choose another directory.`,
  ],
  [
    storeError(`IO error: ${directory}/store/LOCK: Permission denied`),
    `log.dirs=${directory} cannot be used by ${user}, who has no right to ${directory}/store/LOCK: chown -R it or choose another directory.`,
  ],
  [
    diskError('EROFS', 'read-only file system, open', `${directory}/x`),
    `log.dirs=${directory} is on a read-only file system: mount it writable or choose another directory.`,
  ],
  [
    diskError('ENOENT', "no such file or directory, mkdir '/srv/my data'", directory),
    `log.dirs=${directory} cannot be created: its file system makes no directories, or a link on the way leads nowhere. Choose another directory.`,
  ],
  [
    diskError('ENOSPC', 'no space left on device, write'),
    `no space is left for log.dirs=${directory}: make some or choose another directory.`,
  ],
  [
    new DiskError('DISK_FULL', 'meta.properties.tmp: wrote 3 of 80 bytes'),
    `no space is left for log.dirs=${directory}: make some or choose another directory.`,
  ],
  [
    storeError('IO error: /srv/my data/store/LOG: No space left on device'),
    `no space is left for log.dirs=${directory}: make some or choose another directory.`,
  ],
  [
    diskError('EMFILE', 'too many open files, open', `${directory}/x`),
    'too many files are open: raise the limit (ulimit -n, or LimitNOFILE= of a systemd unit).',
  ],
  [
    diskError('EIO', 'i/o error, read'),
    `log.dirs=${directory} cannot be used: EIO: i/o error, read`,
  ],
])('%# disk: %s', (error, text) => {
  expect(about(error)).toBe(text)
})

test.each([
  [{ code: 'EADDRINUSE', address: '::1', port: 9092 }, '[::1]:9092 is taken by another program.'],
  [{ code: 'EADDRNOTAVAIL', address: '10.0.0.9', port: 1 }, '10.0.0.9:1 is no address of this'],
  [{ code: 'EACCES', address: '0.0.0.0', port: 80 }, '0.0.0.0:80 may not be listened on by this'],
  [{ code: 'ENOTFOUND', hostname: 'no.such' }, 'no.such is a name without an address.'],
  [{ code: 'EMFILE' }, 'too many files are open'],
])('network: %j', (fields, text) => {
  expect(about(Object.assign(new Error('listen'), fields))).toContain(text)
})

test.each([
  new LograftError('DIRECTORY_LOCKED', 'in use', { cause: systemError('EACCES', 'x') }),
  new LograftError('LOG_CORRUPT', 'damaged'),
  new TypeError('permission denied'),
  new Error('x'),
])('%# left alone: %s', (error) => {
  expect(about(error)).toBeNull()
})

let temporary: string
beforeAll(() => (temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'lograft-explain-'))))
afterAll(() => fs.rmSync(temporary, { recursive: true }))

async function thrownBy(action: () => unknown): Promise<Error> {
  try {
    await action()
  } catch (thrown) {
    return thrown as Error
  }
  throw new Error('nothing was thrown')
}

test('log.dirs is a file, lies below one, or holds one where the store should be', async () => {
  const file = path.join(temporary, 'file')
  fs.writeFileSync(file, '')
  fs.writeFileSync(path.join(temporary, 'store'), '')
  const below = path.join(file, 'x')
  const explained = async (place: string, action: () => unknown) =>
    explain(await thrownBy(action), { directory: place, user })
  expect(await explained(file, () => hostDisk.makeDirectory(file))).toBe(
    `log.dirs=${file} cannot be used, because ${file} is a file: choose another directory.`,
  )
  expect(await explained(below, () => hostDisk.makeDirectory(below))).toBe(
    `log.dirs=${below} cannot be used, because ${below} lies below a file: choose another directory.`,
  )
  expect(await explained(temporary, () => openStore(temporary))).toBe(
    `log.dirs=${temporary} cannot be used, because ${temporary}/store is a file: choose another directory.`,
  )
})

test('the user has a number, and mostly a name', () => {
  expect(describeUser()).toMatch(/^(user \S+( \(uid \d+\))?|uid \d+)$/)
})
