/** A machine's disk for whoever only looks at it: nothing is counted, nobody has to be alive. */
import type { Disk } from '../../../src/base/disk.ts'
import type { MachineDisk } from './machine-disk.ts'
import { MountedDisk } from './mounted-disk.ts'

export function readOnly(machine: MachineDisk): Disk {
  return new MountedDisk({
    machine,
    isAlive: () => true,
    touched: () => {
      throw new Error('nothing is changed here')
    },
    afterSync: () => {},
    writesHalf: () => false,
    failed: () => {},
    renamed: () => {},
  })
}
