/** Files of `proto/` as reflection tells of them; `descriptor` in base64. */
export const files: readonly {
  readonly name: string
  readonly dependencies: readonly string[]
  readonly symbols: readonly string[]
  readonly services: readonly string[]
  readonly descriptor: string
}[]
