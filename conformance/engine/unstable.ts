import { indices, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import type { UnstableAnswer } from '../base/errors.ts'
import type { Answer } from '../base/question.ts'
import { elementOf, precise } from '../base/text.ts'
import { ours } from './bench.ts'
import type { Asked, Compared, Unstable } from './trial.ts'

type Expected = Readonly<Record<string, NumberArray<Bounded>>>

/** Whether two answers that are not the same both lie within the bound of the reference. */
export function bothWithin(expected: Expected | null, first: Answer, second: Answer): boolean {
  return (
    expected !== null &&
    [first, second].every((answer) =>
      Object.keys(answer).every((output) =>
        expected[output]!.data.every((element, i) =>
          isWithin(element, answer[output]!.data[i] ?? Number.NaN),
        ),
      ),
    )
  )
}

/** Two answers to the same question that are not the same, with what is right if that can be told. */
export function unstable(
  { question, first, second, how }: UnstableAnswer,
  expected: Expected | null,
  asked: readonly Asked[],
): Unstable {
  const { id } = question.operation
  const output = Object.keys(first).find((name) => positionOf(first, second, name) >= 0)
  if (output === undefined) throw new Error(`${id}: both answers are the same`)
  const position = positionOf(first, second, output)
  const index = [...indices(first[output]!.shape)][position] ?? []
  const [one, other] = [first[output]!.data[position]!, second[output]!.data[position]!]
  const withinBound = expected === null ? null : bothWithin(expected, first, second)
  const judged =
    withinBound === null
      ? ''
      : withinBound
        ? '; both answers are within the bound'
        : '; not both answers are within the bound'
  return {
    result: 'unstable',
    kind: 'unstable',
    where: `${id}: ${output}`,
    reason: `${id}: ${elementOf(output, index)} is ${precise(one)}, then, ${how}, ${precise(other)}${judged}`,
    twice: { label: output, index, first: one, second: other, withinBound },
    comparisons: [...compared(first, expected, 'asked first'), ...compared(second, expected, how)],
    asked,
  }
}

function isWithin(expected: Bounded, given: number): boolean {
  const [value, error] = [ours.toNumber(expected), ours.error(expected)]
  // Where nothing is said, as after an overflow, one order of a sum may end at infinity and another at NaN.
  const isOpen = error === Number.POSITIVE_INFINITY
  return isOpen || Object.is(value, given) || Math.abs(value - given) <= error
}

function positionOf(first: Answer, second: Answer, output: string): number {
  const other = second[output]!.data
  return first[output]!.data.findIndex((value, i) => !Object.is(value, other[i]))
}

function compared(answer: Answer, expected: Expected | null, when: string): readonly Compared[] {
  if (expected === null) return []
  return Object.entries(answer).map(([output, { shape, data }]) => ({
    label: `${output}, ${when}`,
    shape: expected[output]!.shape,
    expected: expected[output]!.data.map(ours.toNumber),
    bounds: expected[output]!.data.map(ours.error),
    actualShape: shape,
    actual: Array.from(data),
  }))
}
