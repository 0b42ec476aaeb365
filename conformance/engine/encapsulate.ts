import { lift } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import type { Note, References } from '../../reference/reference.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Case } from '../arbitraries/case.ts'
import { mapValues } from '../base/records.ts'
import { runtime } from '../base/runtime.ts'
import { conventions as known } from '../protocol/conventions.ts'
import { fromWire, toWire, type WireTensor } from '../protocol/tensor.ts'
import type { Capsule } from './capsule.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'
import type { Failure } from './trial.ts'

/** Packs a case that did not conform so that it can be run again anywhere. */
export function encapsulate(
  property: Property,
  implementation: Implementation,
  { sizes, parameters, inputs }: Case,
  trial: Failure,
  references: References,
  { seed, path }: { readonly seed: number; readonly path: string },
): Capsule {
  const { name, version, device, precision } = implementation
  const comparisons = comparisonsOf(trial)
  const declared = declaredBy(implementation)
  const doubles = (shape: readonly number[], data: readonly number[]) =>
    toWire({ dtype: 'float64', shape, data: Float64Array.from(data) })
  return {
    format: 'touchstone-capsule/1',
    clause: property.clause,
    property: property.id,
    implementation: { name, version },
    seed,
    path,
    sizes,
    parameters,
    inputs: mapValues(inputs, toWire),
    ...questionsOf(trial, { sizes, inputs, parameters }),
    ...('invalid' in trial && { invalid: trial.invalid }),
    comparisons: comparisons.map(
      ({ label, sides, shape, expected, bounds, actualShape, actual }) => ({
        label,
        ...(sides && { sides }),
        expected: doubles(shape, expected),
        bound: doubles(shape, bounds),
        actual: doubles(actualShape, actual),
      }),
    ),
    intermediates: intermediatesOf(trial, references),
    environment: { device, precision, runtime, ...(declared && { declared }) },
  }
}

/** What it was asked in where that is not what the specification says, in words. */
function declaredBy({ axes, conventions = {} }: Implementation): string {
  const chosen = Object.entries(conventions).filter(([name]) => Object.hasOwn(known, name))
  return [
    ...(axes === undefined
      ? []
      : [['axes', typeof axes === 'string' ? axes : JSON.stringify(axes)]]),
    ...chosen,
  ]
    .map(([name, choice]) => `${name}: ${choice}`)
    .join('; ')
}

const comparisonsOf = (failure: Failure) =>
  failure.result === 'errored' ? [] : failure.comparisons

/** At most so many elements of questions and answers go into a capsule beside its case. */
const mostElements = 20_000

/** What was asked, unless it is the case itself. */
function questionsOf(failure: Failure, { inputs, parameters }: Case): Pick<Capsule, 'questions'> {
  const { asked } = failure
  const [only, ...others] = asked
  if (only === undefined) return {}
  const isCase = only.question.inputs === inputs && only.question.parameters === parameters
  const { outputs } = only.question.operation
  const compared = comparisonsOf(failure).map(({ label }) => label)
  // A law may make something of the answer to the case before it compares that.
  const isPlain = isCase && others.length === 0 && compared.every((label) => label in outputs)
  if (isPlain) return {}
  const arrays = asked.flatMap(({ question, answer }) => [
    ...Object.values(question.inputs),
    ...Object.values(answer ?? {}),
  ])
  if (arrays.reduce((sum, { data }) => sum + data.length, 0) > mostElements) return {}
  return {
    questions: asked.map(({ question, answer }) => ({
      operation: question.operation.id,
      inputs: mapValues(question.inputs, toWire),
      parameters: question.parameters,
      answer: answer && mapValues(answer, toWire),
    })),
  }
}

/**
 * What the reference computes on the way to the answers to the questions of a case, in double
 * precision; of several questions, each with its number and its operation.
 */
function intermediatesOf(trial: Failure, references: References) {
  const questions = trial.asked.map(({ question }) => question)
  const noted: Record<string, WireTensor> = {}
  for (const [i, { operation, inputs, parameters }] of questions.entries()) {
    const of = questions.length === 1 ? '' : `${i + 1}, ${operation.id}: `
    const note: Note = (name, { shape, data }) => {
      noted[of + name] = toWire({
        dtype: 'float64',
        shape,
        data: Float64Array.from(data as readonly number[]),
      })
    }
    const reference = references[operation.id]
    if (reference === undefined) continue
    const arrays = mapValues(inputs, (tensor) => lift(number, tensor))
    try {
      // Of arguments that are to be rejected there is nothing on the way: an image of half a row is none.
      checkArguments(operation, inputs, parameters)
      reference(number, arrays, parameters, note)
    } catch {
      // Some of what is valid is more than the formula can be written for in doubles.
    }
  }
  return noted
}

/** The case that a capsule holds. */
export function caseIn({ sizes, parameters, inputs }: Capsule): Case {
  return { sizes, parameters, inputs: mapValues(inputs, fromWire) }
}
