import type { Question } from '../../base/question.ts'
import { mapValues } from '../../base/records.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged, withParameters } from './convert.ts'
import { cropped, framed } from './images.ts'
import { windowsOf } from './windows.ts'

/** What a call of one axis is told, and how much of its result is cut off in addition. */
interface Cut {
  /** 0 where a word says that nothing is cut off. */
  readonly padding: number
  readonly outputPadding: number
  readonly cropped: readonly [before: number, after: number]
}

/** Whether an operation is a transposed convolution, which cuts its result where others pad their images. */
export const isTransposed = ({ operation }: Question): boolean =>
  operation.id.startsWith('gan.tconv2d')

/** The conventions of padding that have no form for two amounts of which a result is less. */
const converted: readonly unknown[] = ['symmetric', 'words']

/**
 * A transposed convolution for one that cuts the same off both ends and gives output padding back at the
 * end, or that knows words alone: two amounts are told the former so where their difference is an output padding.
 * Otherwise the result is asked for with more around it, of which the rest is cut off, and the latter is always told
 * to cut nothing off.
 */
export function convertTransposed(
  question: Question,
  { padding = 'words or amounts' }: Conventions,
): Converted {
  const { parameters } = question
  if (!isTransposed(question) || !converted.includes(padding)) return unchanged(question)
  const windows = windowsOf(question)
  const isWord = padding === 'words'
  if (windows === null || !windows.valid) {
    return unchanged(isWord ? question : asItIs(question))
  }

  const cuts = ([0, 1] as const).map((axis) => {
    const [before, behind] = windows.amounts[axis]
    const limit = Math.max(parameters.strides[axis], parameters.dilations[axis])
    const end = behind - parameters.outputPadding[axis]
    return isWord ? wholeOf(before, end) : cutOf(before, end, limit)
  }) as [Cut, Cut]
  const rest = [cuts[0].cropped, cuts[1].cropped] as const
  const { dy } = question.inputs
  return {
    question: {
      ...question,
      inputs: dy ? { ...question.inputs, dy: framed(dy, rest, 0) } : question.inputs,
      parameters: {
        ...parameters,
        padding: isWord ? 'valid' : cuts.map((cut) => cut.padding),
        outputPadding: cuts.map((cut) => cut.outputPadding),
      },
    },
    back: (outputs) =>
      mapValues(outputs, (output, name) => (name === 'y' ? cropped(output, rest) : output)),
  }
}

/** `end` is what is cut off at the end, output padding taken away: below 0, zeros are added. */
function cutOf(before: number, end: number, limit: number): Cut {
  if (before >= end && before - end < limit) {
    return { padding: before, outputPadding: before - end, cropped: [0, 0] }
  }
  const padding = Math.max(0, Math.min(before, end))
  return {
    padding,
    outputPadding: Math.max(0, -end),
    cropped: [before - padding, Math.max(0, end) - padding],
  }
}

/** The same where nothing is cut off by the call itself. */
function wholeOf(before: number, end: number): Cut {
  return { padding: 0, outputPadding: Math.max(0, -end), cropped: [before, Math.max(0, end)] }
}

/** Amounts that are none, left to the implementation to refuse: of two that differ, the one at fault. */
function asItIs(question: Question): Question {
  const { padding } = question.parameters
  if (!Array.isArray(padding) || padding.length !== 4) return question
  const fault = (pair: readonly unknown[]) =>
    pair.find((n) => !(typeof n === 'number' && n >= 0 && n % 1 === 0)) ??
    Math.max(...(pair as number[]))
  const amounts = [fault(padding.slice(0, 2)), fault(padding.slice(2))]
  return withParameters(question, { ...question.parameters, padding: amounts })
}
