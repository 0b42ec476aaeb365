import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import type { Comparison } from '../engine/property.ts'
import { row } from './arrays.ts'

/** That each number is at most the next one: the larger one of both is the next. */
export function atMost<T>(
  { maximum }: Arithmetic<T>,
  label: string,
  ...numbers: readonly T[]
): Comparison<T> {
  const [, ...next] = numbers
  return {
    label,
    expected: row(...next),
    actual: row(...next.map((more, at) => maximum([numbers[at]!, more]))),
  }
}

/** That statements are true, written as 1. */
export function truths<T>(
  { exact }: Arithmetic<T>,
  label: string,
  ...statements: readonly boolean[]
): Comparison<T> {
  const written = (truth: boolean) => exact(truth ? 1 : 0)
  return {
    label,
    expected: row(...statements.map(() => written(true))),
    actual: row(...statements.map(written)),
  }
}
