/**
 * A question before something is lost, to whoever sits at a terminal. A script is not asked: it has
 * said what it wants, and would wait for ever.
 */

export interface ConfirmFlags {
  /** Do not ask. */
  readonly yes?: true
}

/** Whether to go on. Asked on standard error, so that standard output stays what was asked for. */
export async function confirmed(question: string, { yes }: ConfirmFlags): Promise<boolean> {
  const { stdin, stderr } = process
  if (yes || !stdin.isTTY || !stderr.isTTY) return true
  stderr.write(`${question} [y/N] `)
  const answer = await new Promise<string>((resolve) => {
    stdin.setEncoding('utf8')
    stdin.once('data', (text: string) => resolve(text))
    stdin.once('end', () => resolve(''))
  })
  stdin.pause()
  return /^y(es)?$/i.test(answer.trim())
}
