import * as fc from 'fast-check'
import type { Case } from '../../../conformance/arbitraries/case.ts'
import { mapValues } from '../../../conformance/base/records.ts'
import type { Evaluate, Outputs } from '../../../conformance/engine/implementation.ts'
import { lift, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { references } from '../../../reference/index.ts'
import type { Reference } from '../../../reference/reference.ts'
import type { OperationId } from '../../../spec/index.ts'
import type { Operation } from '../../../spec/language/operation.ts'
import { plainCases } from './cases.ts'

/**
 * The yardstick: what one writes in an afternoon without this project. fast-check draws small cases, a
 * loop in double precision says what is right, and `numpy.allclose` of its time decides.
 *
 * The loop is the reference on plain numbers, for every operation: it gives this suite more than its
 * author would have had time for, and takes nothing away.
 */
export const plainRuns = 1000
// The relative tolerance is that of `numpy.allclose`; with its absolute one, 1e-8, right answers in single precision fail
// where terms near 1 cancel, so that it is what one would write next.
const [relative, absolute] = [1e-5, 1e-6]

type Expected = Readonly<Record<string, NumberArray<number>>>

/** The cases of the plain suite for an operation, with what is right, drawn once for all who are asked. */
export interface PlainProperty {
  readonly operation: Operation
  readonly cases: readonly { readonly the: Case; readonly expected: Expected }[]
  /** Seconds of processor time that a run takes once everything is warm: a case drawn, the loop, a right answer. */
  readonly secondsPerRun: number
}

export async function plainProperty(
  operation: Operation,
  right: Evaluate,
  seed: number,
  runs = plainRuns,
): Promise<PlainProperty> {
  const started = process.cpuUsage()
  const drawn = fc.sample(plainCases(operation), { numRuns: runs, seed })
  const cases: { the: Case; expected: Expected }[] = []
  for (const the of drawn) {
    const { expected, agrees } = await tryPlainly(operation, the, right)
    // Where its tolerance does not hold for what is right, its author would have left the case out.
    if (agrees) cases.push({ the, expected })
  }
  const { user, system } = process.cpuUsage(started)
  const secondsPerRun = (user + system) / 1e6 / runs
  return { operation, cases, secondsPerRun }
}

/** What its loop expects of a case, and whether an answer is as close to it as it has to be. */
export async function tryPlainly(operation: Operation, the: Case, evaluate: Evaluate) {
  const reference = references[operation.id as OperationId] as unknown as Reference<Operation>
  const inputs = mapValues(the.inputs, (tensor) => lift(number, tensor))
  const expected: Expected = reference(number, inputs, the.parameters as never)
  return { expected, agrees: allClose(expected, await evaluate(copied(the), the.parameters)) }
}

/** After how many runs an implementation fails; `null` if it does not. */
export async function firstFailure(
  { cases }: PlainProperty,
  evaluate: Evaluate,
): Promise<number | null> {
  for (const [i, { the, expected }] of cases.entries()) {
    try {
      if (!allClose(expected, await evaluate(copied(the), the.parameters))) return i + 1
    } catch {
      return i + 1
    }
  }
  return null
}

const copied = ({ inputs }: Case) =>
  mapValues(inputs, (tensor) => ({ ...tensor, data: tensor.data.slice() }))

function allClose(expected: Expected, actual: Outputs): boolean {
  return Object.entries(expected).every(([name, { shape, data }]) => {
    const given = actual[name]
    return (
      given.shape.join() === shape.join() &&
      data.every(
        (v, i) => close(v, given.data[i]) || (Number.isNaN(v) && Number.isNaN(given.data[i])),
      )
    )
  })
}

const close = (expected: number, actual: number) =>
  expected === actual || Math.abs(actual - expected) <= absolute + relative * Math.abs(expected)
