// Goal: Apache Kafka is found however somebody names it, and what is none is refused with what to
// do. Method: directories of empty files with the names that jars have.
import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { kafkaJars } from '../../../src/chaos/cluster/kafka-jars.ts'
import { tempDir } from '../../support/temp-dir.ts'

const NAMES = ['kafka-clients-4.1.1.jar', 'kafka_2.13-4.1.1.jar', 'slf4j-api-1.7.36.jar']

function fill(directory: string): readonly string[] {
  mkdirSync(directory, { recursive: true })
  const paths = NAMES.map((name) => join(directory, name))
  for (const path of paths) writeFileSync(path, '')
  return paths
}

test('a download, a directory of jars, and class paths are all of one version', async () => {
  await using folder = await tempDir()
  const libs = join(folder.path, 'libs')
  const paths = fill(libs)
  const found = { classPath: join(libs, '*'), version: '4.1.1' }
  expect(kafkaJars(folder.path)).toEqual(found)
  expect(kafkaJars(libs)).toEqual(found)
  expect(kafkaJars(join(libs, '*'))).toEqual(found)
  // As long as Maven's: no system takes that for a path.
  const classPath = Array.from({ length: 200 }, () => paths)
    .flat()
    .join(delimiter)
  expect(kafkaJars(classPath)).toEqual({ classPath, version: '4.1.1' })
})

test.each(['./none', '.', 'kafka_2.13-4.1.1.jar'])('%s is refused', (text) => {
  expect(() => kafkaJars(text)).toThrow(/no broker of Apache Kafka .* name the directory/)
})
