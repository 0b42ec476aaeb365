import type { Precision } from '../../reference/arithmetic/precision.ts'
import { operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { elements } from '../../spec/language/tensor.ts'
import { ErrorAnswer, ImplementationFailure, ImplementationGone, TooLate } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import { figure, plural } from '../base/text.ts'
import type { Implementation, Outputs } from '../engine/implementation.ts'
import { inLastPlaces, isSlight } from '../engine/slight.ts'
import { Watch } from '../engine/watch.ts'
import { agreesAll } from './agreement.ts'
import { type Expected, type SmokeCase, smokeCases } from './cases.ts'
import { type Answered, explanationOf } from './misreadings.ts'
import { wantsChannelsFirst } from './probe.ts'

/**
 * Whose mistake it is: of what carries arrays to the implementation and back, or of what it computes; or
 * that it follows another convention of the field, or computes the right thing and rounds too much.
 */
export type Blame = 'nobody' | 'convention' | 'adapter' | 'rounding' | 'implementation'

export interface SmokeResult {
  readonly operation: string
  /** Cases that were answered. */
  readonly cases: number
  /** Cases that were refused, and why the first one was: not wrong, where others are answered. */
  readonly refused: number
  readonly refusal: string | null
  readonly blame: Blame
  /** What is wrong, in words; empty when nothing is. */
  readonly problem: string
  /** The case that showed it, and what should have come of it. */
  readonly shown: SmokeCase | null
  readonly answer: Outputs | null
}

/** How many answers are asked for, and of how many cases. */
const [wanted, mostAsked] = [4, 40]

export const channelsFirst =
  "it refuses arrays as they come, and is right where channels come first, which axes: 'channels first' declares"

/** How long an answer may take, in milliseconds. */
const limit = 30_000

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

/** Tries one operation: on cases that it answers, as far as there are any. */
export async function smokeOperation(
  operation: Operation,
  implementation: Implementation,
): Promise<SmokeResult> {
  const watch = new Watch(limit, null)
  try {
    return await tried(operation, implementation, watch)
  } finally {
    watch.close()
  }
}

async function tried(
  operation: Operation,
  implementation: Implementation,
  watch: Watch,
): Promise<SmokeResult> {
  const cases = smokeCases(operation, implementation, wanted)
  const answered: Answered[] = []
  const refusals: string[] = []
  const result = (
    blame: Blame,
    problem: string,
    shown: SmokeCase | null = null,
    answer: Outputs | null = null,
  ): SmokeResult => ({
    operation: operation.id,
    cases: answered.length,
    refused: refusals.length,
    refusal: refusals[0] ?? null,
    blame,
    problem,
    shown,
    answer,
  })

  for (const smokeCase of cases.slice(0, mostAsked)) {
    if (answered.length === wanted) break
    const { testCase } = smokeCase
    const given = structuredClone(testCase.inputs)
    let answer: Outputs
    try {
      const answering = implementation.operations[operation.id]!(given, testCase.parameters)
      answer = await watch.wait(Promise.resolve(answering))
    } catch (error) {
      if (isFailure(error)) {
        const often = answered.length === 0 ? 'on the first case that it is given' : 'now and then'
        return result('implementation', `it fails ${often}: ${messageOf(error)}`, smokeCase)
      }
      refusals.push(messageOf(error))
      continue
    }
    const problem = problemOf(smokeCase, answer) ?? changeOf(smokeCase, given)
    if (problem !== null) return result('adapter', problem, smokeCase)
    const before = answered.at(-1)?.smokeCase
    answered.push({ smokeCase, answer })
    const isLate = before !== undefined && agreesAll(before.expected, answer)
    if (isLate && !agreesAll(smokeCase.expected, answer)) {
      return result('adapter', 'it answers the question before', smokeCase, answer)
    }
  }
  if (cases.length === 0) return { ...result('nobody', ''), refusal: 'it declines all of them' }
  if (answered.length === 0) {
    const first = await wantsChannelsFirst(operation, implementation, cases.slice(0, mostAsked))
    if (first) return result('adapter', channelsFirst, cases[0])
    return result('adapter', `it throws whatever it is given: ${refusals[0]}`, cases[0])
  }
  const wrong = answered.find((one) => !agreesAll(one.smokeCase.expected, one.answer))
  if (wrong === undefined) return result('nobody', '')
  const { smokeCase, answer } = wrong
  const explanation = explanationOf(operation, answered, implementation)
  if (explanation !== null) return result(explanation.kind, explanation.says, smokeCase, answer)
  const { precision } = implementation
  const slightest = answered.every((one) => areSlight(differencesIn(one), precision))
  const says = firstDifference(smokeCase, answer)
  if (!slightest) return result('implementation', says, smokeCase, answer)
  return result('rounding', `${says}, ${farther(wrong, precision)}`, smokeCase, answer)
}

/** Whether shapes are right, and every wrong number is wrong by little. */
function areSlight(differences: readonly Wrong[] | null, precision: Precision): boolean {
  return differences?.every((difference) => isSlight(difference, precision)) ?? false
}

/** By how much the first wrong number is farther off than rounding explains. */
function farther(wrong: Answered, precision: Precision): string {
  const [{ expected, actual, bound }] = differencesIn(wrong)! as [Wrong]
  const places = plural(
    Number(inLastPlaces(expected, actual, precision).toPrecision(2)),
    'last place',
  )
  return bound === 0
    ? `${places} off where nothing needs to be rounded`
    : `${places} off, ${figure(Math.abs(actual - expected) / bound)} times what rounding explains`
}

/** Whether something thrown is no refusal: a crash, or no answer. An error that is answered may be one. */
function isFailure(error: unknown): boolean {
  if (error instanceof ErrorAnswer) return false
  return [ImplementationFailure, ImplementationGone, TooLate].some((kind) => error instanceof kind)
}

function changeOf({ testCase }: SmokeCase, given: Outputs): string | null {
  for (const [name, { data }] of Object.entries(testCase.inputs)) {
    const after = given[name]!.data
    if (!data.every((value, i) => Object.is(value, after[i]))) return `it changes its input ${name}`
  }
  return null
}

function problemOf({ expected }: SmokeCase, answer: Outputs | null | undefined): string | null {
  for (const name of Object.keys(expected)) {
    const tensor = answer?.[name]
    if (tensor === undefined || !Array.isArray(tensor.shape) || !ArrayBuffer.isView(tensor.data)) {
      const given = answer === null || typeof answer !== 'object' ? [] : Object.keys(answer)
      return `the answer has no array named ${name}${given.length > 0 ? `, only ${given.join(', ')}` : ''}`
    }
    const { shape, data } = tensor
    const count = elements(shape)
    if (count > 0 && (data.length === 2 * count || 2 * data.length === count)) {
      return `${name} has ${data.length} elements for the shape [${shape.join(', ')}], as if numbers of 4 bytes were taken for ones of 8`
    }
    if (data.length !== count) {
      return `${name} has ${data.length} elements for the shape [${shape.join(', ')}]`
    }
  }
  return null
}

function firstDifference({ expected }: SmokeCase, answer: Outputs): string {
  for (const [name, { shape }] of Object.entries(expected)) {
    const given = answer[name]!.shape
    if (given.join() !== shape.join()) {
      return `${name} has the shape [${given.join(', ')}]; expected [${shape.join(', ')}]`
    }
    const [first] = wrongIn(name, expected[name]!, answer)
    if (first) return `${name}, element ${first.at}, is ${first.actual}; expected ${first.expected}`
  }
  return ''
}

interface Wrong {
  readonly at: number
  readonly expected: number
  readonly actual: number
  readonly bound: number
}

/** Every number of an answer that is wrong; `null` where a shape is. */
function differencesIn({ smokeCase: { expected }, answer }: Answered): readonly Wrong[] | null {
  const all = Object.entries(expected)
  if (all.some(([name, { shape }]) => answer[name]!.shape.join() !== shape.join())) return null
  return all.flatMap(([name, wanted]) => wrongIn(name, wanted, answer))
}

function wrongIn(name: string, { data, bounds }: Expected, answer: Outputs): readonly Wrong[] {
  const values = answer[name]!.data
  return data.flatMap((expected, at) => {
    const [actual, bound] = [values[at]!, bounds[at]!]
    const agrees = Object.is(expected, actual) || Math.abs(expected - actual) <= bound
    return agrees ? [] : [{ at, expected, actual, bound }]
  })
}
