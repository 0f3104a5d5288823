// Goal: whose directory this is survives the file, and anything else is no identity (S2).
// Method: print and parse; what other programs may write there.
import { expect, test } from 'vitest'
import { parseMetaProperties, printMetaProperties } from '../../../src/node/meta-properties.ts'

test('meta.properties', () => {
  const properties = { nodeId: 3, directoryId: 'dir', clusterId: 'abc=' }
  expect(parseMetaProperties(printMetaProperties(properties))).toEqual(properties)
  const kafkas = '#\n#Thu Oct 02 10:11:12 UTC 2025\nnode.id=1\ndirectory.id=d\nversion=1\n'
  expect(parseMetaProperties(kafkas)).toEqual({ nodeId: 1, directoryId: 'd', clusterId: null })
  for (const bad of ['', 'node.id=1\n', 'version=0\nnode.id=1\ndirectory.id=d\n', 'nonsense'])
    expect(parseMetaProperties(bad)).toBeNull()
})
