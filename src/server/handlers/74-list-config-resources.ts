/**
 * ListConfigResources (KIP-1142): names, from the published image. v0 asks for client metrics, of
 * which there are none; of groups none has a configuration either.
 */
import type { MetadataImage } from '../../metadata/image.ts'
import { listConfigResources } from '../../wire/apis/74-list-config-resources.ts'
import { errors } from '../../wire/errors.ts'
import { liveBrokers } from '../descriptions.ts'
import { handler } from '../handler.ts'

const brokers = (image: MetadataImage) => liveBrokers(image).map(({ nodeId }) => String(nodeId))
const nobody = () => []

/** By Kafka's numbers: topics, brokers, loggers of brokers, client metrics, groups. */
const NAMES: ReadonlyMap<number, (image: MetadataImage) => readonly string[]> = new Map([
  [2, ({ topics }: MetadataImage) => [...topics.byName.keys()]],
  [4, brokers],
  [8, brokers],
  [16, nobody],
  [32, nobody],
])
const CLIENT_METRICS = 16

export const handleListConfigResources = handler(
  listConfigResources,
  ({ resourceTypes }, { metadata }, { apiVersion }) => {
    if (resourceTypes.some((type) => !NAMES.has(type)))
      return { errorCode: errors.UNSUPPORTED_VERSION, configResources: [] }
    const asked = apiVersion === 0 ? [CLIENT_METRICS] : resourceTypes
    const image = metadata()
    const types = new Set(asked.length > 0 ? asked : NAMES.keys())
    const configResources = [...types].flatMap((resourceType) =>
      (NAMES.get(resourceType) ?? nobody)(image).map((resourceName) => ({
        ...{ resourceName, resourceType },
      })),
    )
    return { errorCode: errors.NONE, configResources }
  },
)
