/**
 * Topics that a cluster is started with: which of them its data has already, and whether they are
 * what was asked for. Pure.
 */
import { LograftError } from '../base/errors.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { topicOverrides } from '../metadata/image/configs.ts'
import type { TopicOptions } from './api.ts'

export type Topics = ReadonlyMap<string, TopicOptions>

/** Those that are not there yet. Throws TOPIC_DIFFERS for one that is, and is not as asked for. */
export function missingOf(topics: Topics, image: MetadataImage): Topics {
  const differences = [...topics].flatMap(([name, topic]) => differencesOf(name, topic, image))
  if (differences.length > 0)
    throw new LograftError(
      'TOPIC_DIFFERS',
      `the data that is served has another topic: ${differences.join('; ')}`,
    )
  return new Map([...topics].filter(([name]) => !image.topics.byName.has(name)))
}

/** In words; what was not asked for is as it may be. */
function differencesOf(
  name: string,
  { partitions, replicationFactor, config = {} }: TopicOptions,
  image: MetadataImage,
): readonly string[] {
  const found = image.topics.byName.get(name)
  if (!found) return []
  const overrides = topicOverrides(image.configs, name)
  const facts: [string, string | undefined, string | undefined][] = [
    ['partitions', String(found.partitions.length), partitions?.toString()],
    [
      'replicationFactor',
      found.partitions[0]?.replicas.length.toString(),
      replicationFactor?.toString(),
    ],
    ...Object.entries(config).map(([key, value]): [string, string | undefined, string] => [
      key,
      overrides.get(key),
      String(value),
    ]),
  ]
  return facts.flatMap(([what, is, wanted]) =>
    wanted === undefined || is === wanted
      ? []
      : [`${name} has ${what} ${is ?? 'not set'}, not ${wanted}`],
  )
}
