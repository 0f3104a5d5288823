/**
 * DescribeConfigs. v1 where a value comes from, and its synonyms (KIP-226) · v2 throttle before the
 * answer (KIP-219) · v3 types and documentation (KIP-569) · v4 flexible.
 */
import { defineApi } from '../api.ts'
import {
  array,
  bool,
  defaulted,
  int16,
  int32,
  int8,
  nullable,
  since,
  string,
  struct,
} from '../schema.ts'

export const describeConfigs = defineApi({
  key: 32,
  name: 'DescribeConfigs',
  versions: [1, 4],
  flexibleFrom: 4,
  request: {
    resources: array(
      struct({
        /** 2: topic · 4: broker. */
        resourceType: int8,
        resourceName: string,
        /** Null: all. */
        configurationKeys: nullable(array(string)),
      }),
    ),
    includeSynonyms: defaulted(bool, false),
    includeDocumentation: since(3, bool, false),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    results: array(
      struct({
        errorCode: int16,
        errorMessage: nullable(string),
        resourceType: int8,
        resourceName: string,
        configs: array(
          struct({
            name: string,
            value: nullable(string),
            readOnly: bool,
            configSource: defaulted(int8, -1),
            isSensitive: bool,
            /** The value itself first, then what it would be without it. */
            synonyms: defaulted(
              array(struct({ name: string, value: nullable(string), source: int8 })),
              [],
            ),
            configType: since(3, int8, 0),
            documentation: since(3, nullable(string), null),
          }),
        ),
      }),
    ),
  },
})
