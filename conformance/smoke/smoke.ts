import { operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { elements } from '../../spec/language/tensor.ts'
import { messageOf } from '../base/message.ts'
import type { Implementation, Outputs } from '../engine/implementation.ts'
import { type SmokeCase, smokeCases } from './cases.ts'
import { agrees, explanations } from './misreadings.ts'

/** Whose mistake it is: of what carries arrays to the implementation and back, or of what it computes. */
export type Blame = 'nobody' | 'adapter' | 'implementation'

export interface SmokeResult {
  readonly operation: string
  readonly cases: number
  readonly blame: Blame
  /** What is wrong, in words; empty when nothing is. */
  readonly problem: string
  /** The case that showed it, and what should have come of it. */
  readonly shown: SmokeCase | null
  readonly answer: Outputs | null
}

/** Tries every operation that an implementation provides on a few tiny cases. */
export async function smoke(
  implementation: Implementation,
  onResult: (result: SmokeResult) => void = () => {},
): Promise<readonly SmokeResult[]> {
  const results: SmokeResult[] = []
  for (const operation of operations as readonly Operation[]) {
    if (!(operation.id in implementation.operations)) continue
    const result = await smokeOperation(operation, implementation)
    results.push(result)
    onResult(result)
  }
  return results
}

/** Tries one operation. */
export async function smokeOperation(
  operation: Operation,
  implementation: Implementation,
): Promise<SmokeResult> {
  const cases = smokeCases(operation, implementation)
  if (cases.length === 0) throw new Error(`${operation.id} has no case that can be tried`)
  const result = (
    blame: Blame,
    problem: string,
    shown: SmokeCase | null = null,
    answer: Outputs | null = null,
  ): SmokeResult => ({
    operation: operation.id,
    cases: cases.length,
    blame,
    problem,
    shown,
    answer,
  })

  const wrong: { readonly smokeCase: SmokeCase; readonly answer: Outputs }[] = []
  const threw: string[] = []
  let previous: SmokeCase | null = null
  for (const smokeCase of cases) {
    const { testCase, expected } = smokeCase
    const given = structuredClone(testCase.inputs)
    let answer: Outputs
    try {
      answer = await implementation.operations[operation.id]!(given, testCase.parameters)
    } catch (error) {
      threw.push(messageOf(error))
      continue
    }
    const malformed = problemOf(operation, answer)
    if (malformed !== null) return result('adapter', malformed, smokeCase)
    for (const [name, { data }] of Object.entries(testCase.inputs)) {
      const after = given[name]!.data
      if (!data.every((value, i) => Object.is(value, after[i]))) {
        return result('adapter', `it changes its input ${name}`, smokeCase)
      }
    }
    const right = Object.entries(expected).every(([name, want]) => agrees(want, answer[name]!))
    if (!right) {
      const earlier = previous?.expected
      const late =
        earlier && Object.entries(earlier).every(([name, want]) => agrees(want, answer[name]!))
      if (late) return result('adapter', 'it answers the question before', smokeCase, answer)
      wrong.push({ smokeCase, answer })
    }
    previous = smokeCase
  }
  if (threw.length === cases.length) {
    return result('adapter', `it throws whatever it is given: ${threw[0]}`, cases[0])
  }
  if (threw.length > 0) return result('implementation', `it throws now and then: ${threw[0]}`)
  const [first] = wrong
  if (first === undefined) return result('nobody', '')
  const { smokeCase, answer } = first
  // A mistake of the adapter is the same in every case, and explains them all.
  const possible = wrong.map((one) =>
    explanations(operation, one.smokeCase, one.answer, implementation),
  )
  const adapter = possible[0]!.find((says) => possible.every((others) => others.includes(says)))
  return adapter === undefined
    ? result('implementation', firstDifference(smokeCase, answer), smokeCase, answer)
    : result('adapter', adapter, smokeCase, answer)
}

function problemOf(operation: Operation, answer: Outputs | null | undefined): string | null {
  for (const name of Object.keys(operation.outputs)) {
    const tensor = answer?.[name]
    if (tensor === undefined || !Array.isArray(tensor.shape) || !ArrayBuffer.isView(tensor.data)) {
      const given = answer === null || typeof answer !== 'object' ? [] : Object.keys(answer)
      return `the answer has no array named ${name}${given.length > 0 ? `, only ${given.join(', ')}` : ''}`
    }
    const { shape, data } = tensor
    const count = elements(shape)
    if (data.length === 2 * count || 2 * data.length === count) {
      return `${name} has ${data.length} elements for the shape [${shape.join(', ')}], as if numbers of 4 bytes were taken for ones of 8`
    }
    if (data.length !== count) {
      return `${name} has ${data.length} elements for the shape [${shape.join(', ')}]`
    }
  }
  return null
}

function firstDifference({ expected }: SmokeCase, answer: Outputs): string {
  for (const [name, { shape, data, bounds }] of Object.entries(expected)) {
    const { shape: given, data: values } = answer[name]!
    if (given.join() !== shape.join()) {
      return `${name} has the shape [${given.join(', ')}]; expected [${shape.join(', ')}]`
    }
    const at = data.findIndex(
      (v, i) => !Object.is(v, values[i]) && !(Math.abs(v - values[i]!) <= bounds[i]!),
    )
    if (at >= 0) return `${name}, element ${at}, is ${values[at]}; expected ${data[at]}`
  }
  return ''
}
