import { elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  clipByNorm as normReference,
  clipByValue as valueReference,
} from '../../../reference/bptt/clipping.ts'
import { clipByNorm, clipByValue } from '../../../spec/bptt/clipping.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(clipByNorm, normReference)
const wrongValue = faultsOf(clipByValue, valueReference)

type Gradients = Readonly<Record<'dU' | 'dW' | 'db', NumberArray<number>>>

/** All gradients, each number times a factor that may depend on its array. */
function scaled({ dU, dW, db }: Gradients, factor: (g: NumberArray<number>) => number) {
  const times = (g: NumberArray<number>) => elementwise(g, (v) => v * factor(g))
  return { dU: times(dU), dW: times(dW), db: times(db) }
}
const length = (g: NumberArray<number>) => Math.hypot(...g.data)

export const perArray = wrong.outputs(
  'clips each array by its own norm',
  (_, { inputs, parameters: { threshold } }) =>
    scaled(inputs, (g) => Math.min(1, threshold / (length(g) || 1))),
)

export const alwaysScales = wrong.outputs(
  'makes gradients longer where they are shorter than the threshold',
  ({ norm }, { inputs, parameters: { threshold } }) =>
    norm.at() > 0 ? scaled(inputs, () => threshold / norm.at()) : {},
)

export const halvesAtThreshold = wrong.outputs(
  'halves gradients whose norm is the threshold',
  ({ norm }, { inputs, parameters: { threshold } }) =>
    norm.at() === threshold ? scaled(inputs, () => 1 / 2) : {},
)

export const bySquare = wrong.outputs(
  'divides by the square of the norm',
  ({ norm }, { inputs, parameters: { threshold } }) =>
    scaled(inputs, () => Math.min(1, threshold / norm.at() ** 2)),
)

export const bySum = wrong.outputs(
  'takes the sum of magnitudes for the norm',
  (_, { inputs, parameters: { threshold } }) => {
    const all = [inputs.dU, inputs.dW, inputs.db].flatMap(({ data }) => data)
    const norm = all.reduce((sum, v) => sum + Math.abs(v), 0)
    return { ...scaled(inputs, () => Math.min(1, threshold / (norm || 1))), norm: scalar(norm) }
  },
)

export const forgetsBias = wrong.outputs(
  'leaves the biases out of the norm, and unclipped',
  (_, { inputs, parameters: { threshold } }) => {
    const norm = Math.hypot(...inputs.dU.data, ...inputs.dW.data)
    const { dU, dW } = scaled(inputs, () => Math.min(1, threshold / (norm || 1)))
    return { dU, dW, db: inputs.db, norm: scalar(norm) }
  },
)

export const squaresAsTheyAre = wrong.outputs(
  'adds squares up in single precision as they are, which leave its range',
  (_, { inputs, parameters: { threshold } }) => {
    const all = [inputs.dU, inputs.dW, inputs.db].flatMap(({ data }) => data)
    const sum = all.reduce((sum, v) => Math.fround(sum + Math.fround(v * v)), 0)
    const norm = Math.sqrt(sum < 2 ** -126 ? 0 : sum)
    return { ...scaled(inputs, () => Math.min(1, threshold / norm)), norm: scalar(norm) }
  },
)

export const dividesByNothing = wrong.outputs(
  'divides by the norm where it is 0',
  ({ norm }, { inputs }) => (norm.at() === 0 ? scaled(inputs, () => Number.NaN) : {}),
)

export const addsToNorm = wrong.outputs(
  'adds 10⁻³ to the norm before it divides',
  ({ norm }, { inputs, parameters: { threshold } }) =>
    scaled(inputs, () => Math.min(1, threshold / (norm.at() + 1e-3))),
)

const ofEach = (
  { dU, dW, db }: Gradients,
  change: (value: number) => number,
): { dU: NumberArray<number>; dW: NumberArray<number>; db: NumberArray<number> } => ({
  dU: changed(dU, change),
  dW: changed(dW, change),
  db: changed(db, change),
})

export const drops = wrongValue.outputs(
  'makes 0 of what is beyond the limit',
  (_, { inputs, parameters: { limit } }) => ofEach(inputs, (g) => (Math.abs(g) > limit ? 0 : g)),
)

export const onlyAbove = wrongValue.outputs(
  'clips positive numbers only',
  (_, { inputs, parameters: { limit } }) => ofEach(inputs, (g) => Math.min(g, limit)),
)

export const losesSign = wrongValue.outputs(
  'makes the limit of what is beyond it on either side',
  (_, { inputs, parameters: { limit } }) =>
    ofEach(inputs, (g) => (Math.abs(g) > limit ? limit : g)),
)

export const largestScales = wrongValue.outputs(
  'divides all gradients by the largest one, where it is beyond the limit',
  (_, { inputs, parameters: { limit } }) => {
    const all = [inputs.dU, inputs.dW, inputs.db].flatMap(({ data }) => data.map(Math.abs))
    const factor = Math.min(1, limit / (Math.max(...all) || 1))
    return ofEach(inputs, (g) => g * factor)
  },
)

export const halvesLimits = wrongValue.outputs(
  'halves what is within the limits',
  (_, { inputs, parameters: { limit } }) =>
    ofEach(inputs, (g) => Math.max(-limit, Math.min(limit, Math.abs(g) < limit ? g / 2 : g))),
)
