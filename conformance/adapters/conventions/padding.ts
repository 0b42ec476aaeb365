import { pixelCount } from '../../../spec/cnn/pool-window.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Question } from '../../base/question.ts'
import { mapValues } from '../../base/records.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged, withParameters } from './convert.ts'
import { cropped, framed, weighted } from './images.ts'
import { isTransposed } from './transposed.ts'
import { hasWindows, type Windows, windowsOf } from './windows.ts'

/** A question about windows in a convention of padding and of averages. */
export function convertWindows(
  question: Question,
  { padding = 'words or amounts', average = 'pixels' }: Conventions,
): Converted {
  const isAverage = question.operation.id.startsWith('cnn.averagePool')
  if (!hasWindows(question.operation)) return unchanged(question)
  // What the one that cuts a result off has done is not done again.
  if (isTransposed(question) && (padding === 'symmetric' || padding === 'words')) {
    return unchanged(question)
  }
  if (padding === 'words or amounts' && !(isAverage && average === 'window')) {
    return unchanged(question)
  }
  const windows = windowsOf(question)
  if (windows === null) return unchanged(asItIs(question, padding))
  const form = forms[padding as keyof typeof forms] ?? (() => question.parameters)
  const frame = needsFrame(question, windows, padding)
  const converted = frame
    ? withFrame(question, windows, form)
    : unchanged(withParameters(question, form(question.parameters, windows)))
  return isAverage && (frame || average === 'window')
    ? perPixel(converted, question, windows)
    : converted
}

type Form = (parameters: Parameters, windows: Windows) => Parameters

const none: Windows['amounts'] = [
  [0, 0],
  [0, 0],
]

/** The parameters in a form that has one for the windows, or in one that is to be refused. */
const forms: Readonly<Record<string, Form>> = {
  amounts: (given, { amounts }) => ({ ...given, padding: amounts.flat() }),
  pairs: (given, { amounts }) => ({ ...given, padding: amounts }),
  pads: (given, windows) => ({ ...given, padding: padsOf(windows) }),
  auto_pad: ({ padding, ...given }, windows) => ({
    ...given,
    auto_pad: { valid: 'VALID', same: 'SAME_UPPER' }[padding as string] ?? 'NOTSET',
    pads: typeof padding === 'string' ? [0, 0, 0, 0] : padsOf(windows),
  }),
  // Of two amounts that differ the one to be refused.
  symmetric: (given, { amounts }) => ({
    ...given,
    padding: amounts.map((pair) => pair.find((n) => !(n >= 0 && n % 1 === 0)) ?? Math.max(...pair)),
  }),
  words: (given, { amounts }) =>
    typeof given.padding !== 'string' && amounts.flat().every((amount) => amount === 0)
      ? { ...given, padding: 'valid' }
      : given,
}

function padsOf({ amounts: [rows, columns] }: Windows): readonly number[] {
  return [rows[0], columns[0], rows[1], columns[1]]
}

/** A padding that is none, left to the implementation to refuse. */
function asItIs(question: Question, convention: string): Question {
  if (convention !== 'auto_pad') return question
  const { padding, ...rest } = question.parameters
  const word = typeof padding === 'string' ? padding.toUpperCase() : 'NOTSET'
  return withParameters(question, { ...rest, auto_pad: word, pads: padding })
}

/** Whether a convention has no form for how the windows lie, so that the image is framed for it. */
function needsFrame(question: Question, windows: Windows, convention: string): boolean {
  const { amounts, kernel, refused } = windows
  const { operation, inputs, parameters } = question
  if (refused || !('x' in inputs ? inputs.x?.shape.length === 4 : sizesOf(parameters))) return false
  if (convention === 'words') {
    return typeof parameters.padding !== 'string' && amounts.flat().some((amount) => amount !== 0)
  }
  if (convention !== 'symmetric') return false
  // What pads on both sides pads a pooled image by half a window at most.
  const most = (axis: 0 | 1) =>
    'kernel' in operation.parameters ? Math.floor(kernel[axis] / 2) : Number.POSITIVE_INFINITY
  return amounts.some(([before, after], axis) => before !== after || before > most(axis as 0 | 1))
}

/** The parameter that tells the size of the image where no array does. */
function sizesOf(parameters: Parameters): 'imageSize' | 'image' | undefined {
  return (['imageSize', 'image'] as const).find((name) => Array.isArray(parameters[name]))
}

/** The same question about images that were padded beforehand. */
function withFrame(question: Question, windows: Windows, form: Form): Converted {
  const { operation, inputs, parameters } = question
  const { amounts } = windows
  // What is larger than everything else must not come from the frame.
  const value = operation.id.startsWith('cnn.maxPool') ? Number.NEGATIVE_INFINITY : 0
  const told = sizesOf(parameters)
  const sizes = told && {
    [told]: [0, 1].map((axis) => parameters[told][axis] + amounts[axis]![0] + amounts[axis]![1]),
  }
  const bare = { ...parameters, ...sizes, padding: [0, 0, 0, 0] }
  return {
    question: {
      operation,
      inputs: inputs.x ? { ...inputs, x: framed(inputs.x, amounts, value) } : inputs,
      parameters: form(bare, { ...windows, amounts: none }),
    },
    back: (outputs) =>
      mapValues(outputs, (output, name) => (name === 'dx' ? cropped(output, amounts) : output)),
  }
}

/**
 * Answers of one that divides by the places of a window, as if it divided by the pixels under it.
 *
 * @throws {Unsupported} a derivative of averages that differ in it: it could be asked for only rounded twice
 */
function perPixel(converted: Converted, asked: Question, windows: Windows): Converted {
  const { kernel, sizes, valid } = windows
  const { Ho, Wo } = sizes
  if (!valid || Ho === undefined || Wo === undefined) return converted
  const share = (i: number, j: number) =>
    (kernel[0] * kernel[1]) / pixelCount(i, j, sizes, asked.parameters)
  const differ = [0, Ho - 1].some((i) => [0, Wo - 1].some((j) => share(i, j) !== 1))
  if (!differ) return converted
  if ('dy' in asked.inputs) {
    throw new Unsupported('it divides by the places of a window, and one reaches over the border')
  }
  return {
    ...converted,
    back: (outputs) =>
      mapValues(converted.back(outputs), (output, name) =>
        name === 'y' ? weighted(output, [Ho, Wo], share) : output,
      ),
  }
}
