/**
 * The error codes in a response, wherever its schema has them: fields called `errorCode`, at the
 * top and inside of arrays. Worked out once for each schema, so that looking costs little more than
 * the loops over what is there. Pure.
 */
import type { FieldShape, Shape } from './schema.ts'

/** Calls `visit` with every code of a response that says that something failed. */
export type ErrorCodesOf = (response: unknown, visit: (code: number) => void) => void

/** What to look at in a struct. */
interface Plan {
  readonly hasCode: boolean
  readonly inside: readonly (readonly [name: string, plan: Plan])[]
}

export function errorCodesOf(responseFields: readonly FieldShape[]): ErrorCodesOf {
  const plan = planOf(responseFields)
  return (response, visit) => look(plan, response, visit)
}

function planOf(fields: readonly FieldShape[]): Plan {
  const inside = fields.flatMap(({ name, shape }): (readonly [string, Plan])[] => {
    const inner = structIn(shape)
    if (inner === null) return []
    const plan = planOf(inner)
    return plan.hasCode || plan.inside.length > 0 ? [[name, plan]] : []
  })
  return { hasCode: fields.some(({ name }) => name === 'errorCode'), inside }
}

/** The fields of a struct, be it in an array or nullable. */
function structIn(shape: Shape): readonly FieldShape[] | null {
  switch (shape.type) {
    case 'primitive':
      return null
    case 'array':
      return structIn(shape.element)
    case 'nullable':
      return structIn(shape.inner)
    case 'struct':
      return shape.fields
  }
}

/** Fields with a default may be left out. */
type Seen = Readonly<Record<string, unknown>> & { readonly errorCode?: number }

function look(plan: Plan, value: unknown, visit: (code: number) => void): void {
  if (value === null || value === undefined) return
  if (Array.isArray(value)) {
    for (const element of value) look(plan, element, visit)
    return
  }
  const struct = value as Seen
  if (plan.hasCode && struct.errorCode !== undefined && struct.errorCode !== 0)
    visit(struct.errorCode)
  for (const [name, inner] of plan.inside) look(inner, struct[name], visit)
}
