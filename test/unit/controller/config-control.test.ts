/**
 * Goal: the safety settings live in metadata alone, from the founding on (SAFETY S12).
 * Method: small images; records are replayed and the image is looked at.
 */
import { describe, expect, test } from 'vitest'
import { foundingRecords, safetyDifferences } from '../../../src/controller/config-control.ts'
import { clusterOverrides } from '../../../src/metadata/image/configs.ts'
import { imageWith } from '../metadata/images.ts'

const seeds = new Map([
  ['min.insync.replicas', '2'],
  ['unclean.leader.election.enable', 'false'],
])
const founded = imageWith(...foundingRecords('cluster-id', seeds))

describe('founding', () => {
  test('names the cluster first, then what every later record relies on', () => {
    expect(foundingRecords('cluster-id', seeds).map(({ type }) => type)).toEqual([
      'ClusterId',
      'FeatureLevel',
      'Config',
      'Config',
    ])
    expect(founded.clusterId).toBe('cluster-id')
    expect([...clusterOverrides(founded.configs)]).toEqual([...seeds])
    expect([...founded.features]).toEqual([['metadata.version', 1]])
  })

  test('a later difference is told, silence and agreement are not', () => {
    expect(safetyDifferences(founded, seeds)).toEqual([])
    expect(safetyDifferences(founded, new Map())).toEqual([])
    const [difference, ...others] = safetyDifferences(
      founded,
      new Map([['min.insync.replicas', '1']]),
    )
    expect(others).toEqual([])
    expect(difference).toMatch(/^min\.insync\.replicas is 1 here and 2 in the cluster/)
  })
})
