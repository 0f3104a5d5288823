/** Who runs this process, for messages about permissions. Decides nothing. */
import os from 'node:os'

/** `user deb (uid 1000)`; without the name where the system has none, as in some containers. */
export function describeUser(): string {
  try {
    const { username, uid } = os.userInfo()
    return uid === -1 ? `user ${username}` : `user ${username} (uid ${uid})`
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
