/** A process of the fleet: runs the blocks that it is sent, one after the other. */
import type { Block } from './fleet.ts'
import { runBlock } from './fleet.ts'

process.on('message', (block) => {
  void runBlock(block as Block).then((result) => process.send?.(result))
})
