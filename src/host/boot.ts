/** Which life of the operating system this is. */
import { readFileSync } from 'node:fs'

/** The kernel's id of this boot; null where there is none to be had. */
export function bootId(): string | null {
  try {
    const id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return id === '' ? null : id
  } catch {
    return null
  }
}
