/** The one error of everything that decodes bytes: they are not what their format promises. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes'
}
