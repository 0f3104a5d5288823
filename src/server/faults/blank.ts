/** A struct of which nothing is said: all that has no default is empty, none or 0. Pure. */
import type { FieldShape, PrimitiveName, Shape } from '../../wire/schema.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'

export function blankOf(
  fields: readonly FieldShape[],
  version: number,
): Readonly<Record<string, unknown>> {
  const given = fields.filter(({ optional }) => !optional)
  return Object.fromEntries(given.map(({ name, shape }) => [name, blank(shape, version)]))
}

function blank(shape: Shape, version: number): unknown {
  switch (shape.type) {
    case 'primitive':
      return primitive(shape.name)
    case 'array':
      return []
    case 'nullable':
      return version >= shape.since ? null : blank(shape.inner, version)
    case 'struct':
      return blankOf(shape.fields, version)
  }
}

function primitive(name: PrimitiveName): unknown {
  switch (name) {
    case 'bool':
      return false
    case 'string':
      return ''
    case 'uuid':
      return ZERO_UUID
    case 'bytes':
      return new Uint8Array()
    case 'records':
      return null
    case 'chunks':
      return []
    default:
      return 0
  }
}
