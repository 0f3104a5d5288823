/**
 * Many small questions of one request, a few at a time: what each of them holds while it waits (a
 * reading of a view, say) is held a few times, not as often as there are questions.
 */

const AT_ONCE = 50

/** The answers, in the order of the questions. */
export async function fewAtOnce<Question, Answer>(
  questions: readonly Question[],
  answerTo: (question: Question) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (let from = 0; from < questions.length; from += AT_ONCE) {
    const few = questions.slice(from, from + AT_ONCE).map(answerTo)
    for (const answer of await Promise.all(few)) answers.push(answer)
  }
  return answers
}
