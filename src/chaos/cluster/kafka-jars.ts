/** Apache Kafka as somebody has it on this machine: a class path, and its version by file names. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { LograftError } from '../../base/errors.ts'

export interface KafkaJars {
  readonly classPath: string
  readonly version: string
}

/** The broker's own, and what tells the version. */
const BROKER = /^kafka_\d[\d.]*-(.+)\.jar$/

/**
 * From the directory of Kafka's download, one of jars, or a class path as Java has it. Throws a
 * USAGE when no broker is in it.
 */
export function kafkaJars(text: string): KafkaJars {
  const classPath = isDirectory(text) ? join(jarsIn(text), '*') : text
  const names = classPath.split(delimiter).flatMap(namesIn)
  for (const name of names) {
    const version = BROKER.exec(name)?.[1]
    if (version !== undefined) return { classPath, version }
  }
  throw new LograftError(
    'USAGE',
    `there is no broker of Apache Kafka (kafka_….jar) in ${text}: name the directory of its ` +
      'download, one of its jars, or a class path',
  )
}

/** Its download has them in `libs`. */
function jarsIn(directory: string): string {
  const libs = join(directory, 'libs')
  return isDirectory(libs) ? libs : directory
}

function namesIn(entry: string): readonly string[] {
  if (basename(entry) !== '*') return existsSync(entry) ? [basename(entry)] : []
  const directory = dirname(entry)
  return isDirectory(directory) ? readdirSync(directory) : []
}

/** A class path may be longer than any path: that is no error. */
const isDirectory = (path: string) => existsSync(path) && statSync(path).isDirectory()
