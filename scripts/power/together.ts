import type { Evaluate, Outputs } from '../../conformance/engine/implementation.ts'
import { runClauses } from '../../conformance/suite/clauses.ts'
import { clauses } from '../../spec/index.ts'
import type { Mistake } from './mistake.ts'
import { isNoticed, propertiesAsking, right, rightBut, type Trying } from './notice.ts'

/**
 * The clauses that fail when many mistakes are plugged in as one implementation. Where an
 * operation has several, the first that gives another answer than the right one has its way. Clauses that
 * ask none of these operations see nothing but what is right.
 */
export async function clausesAgainst(
  mistakes: readonly Mistake[],
  { runs, seed }: Trying,
): Promise<readonly string[]> {
  const operations = new Set(mistakes.map(({ operation }) => operation.id))
  const evaluators: Record<string, Evaluate> = {}
  for (const id of operations) {
    const wrong = mistakes.filter(({ operation }) => operation.id === id).map(({ make }) => make())
    evaluators[id] = firstWrong(right.operations[id], wrong)
  }
  const asking = new Set([...operations].flatMap(propertiesAsking).map(({ clause }) => clause))
  const reports = await runClauses({
    clauses: clauses.filter(({ id }) => asking.has(id)),
    implementation: rightBut('all survivors', evaluators),
    ...{ runs, seed, deadline: null, kept: {}, onProgress: () => {} },
    ...{ shrink: false, killing: false },
  })
  return reports.filter(({ verdict }) => isNoticed(verdict)).map(({ id }) => id)
}

function firstWrong(rightly: Evaluate, wrong: readonly Evaluate[]): Evaluate {
  return async (inputs, parameters) => {
    const expected = await rightly(inputs, parameters)
    let wrongAnswer: Outputs | undefined
    // Each is asked, since some depend on what they were asked before.
    for (const evaluate of wrong) {
      const answer = await evaluate(inputs, parameters)
      if (!same(answer, expected)) wrongAnswer ??= answer
    }
    return wrongAnswer ?? expected
  }
}

function same(a: Outputs, b: Outputs): boolean {
  return Object.keys(b).every(
    (name) =>
      a[name].shape.join() === b[name].shape.join() &&
      b[name].data.every((v, at) => v === a[name].data[at] || Number.isNaN(v)),
  )
}
