import { operationById } from '../../spec/index.ts'
import type { Parameters } from '../../spec/language/operation.ts'
import type { Answer } from '../base/question.ts'
import { Evidence, type Noted } from '../engine/evidence.ts'
import type { Inputs } from '../engine/implementation.ts'

/** A question and its answer, without what functions are in an operation. */
interface SentAnswer {
  readonly inputs: Inputs
  readonly parameters: Parameters
  readonly answer: Answer | null
  readonly place: number
}

/** Answers by the ids of operations. */
export type SentEvidence = Readonly<
  Record<
    string,
    { readonly failing: readonly SentAnswer[]; readonly passing: readonly SentAnswer[] }
  >
>

/** Evidence as another process can be told it. */
export function sentEvidence(evidence: Evidence, operations: readonly string[]): SentEvidence {
  const sent = ({ question: { inputs, parameters }, answer, place }: Noted): SentAnswer => ({
    inputs,
    parameters,
    answer,
    place,
  })
  return Object.fromEntries(
    operations.map((id) => {
      const { failing, passing } = evidence.given(id)
      return [id, { failing: failing.map(sent), passing: passing.map(sent) }]
    }),
  )
}

/** The evidence that another process sent. */
export function evidenceFrom(given: SentEvidence): Evidence {
  const evidence = new Evidence()
  for (const [id, { failing, passing }] of Object.entries(given)) {
    const operation = operationById(id)!
    const noted = ({ inputs, parameters, answer, place }: SentAnswer): Noted => ({
      question: { operation, inputs, parameters },
      answer,
      place,
    })
    evidence.add(id, { failing: failing.map(noted), passing: passing.map(noted) })
  }
  return evidence
}
