import { build, memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  slopeBound as boundReference,
  clippedCritic as clippedReference,
  criticSlopes as slopesReference,
} from '../../../reference/gan/wgan-lipschitz.ts'
import { clippedCritic, criticSlopes, slopeBound } from '../../../spec/gan/wgan-lipschitz.ts'
import { changed, part, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongSlopes = faultsOf(criticSlopes, slopesReference)
const wrong = faultsOf(clippedCritic, clippedReference)
const wrongBound = faultsOf(slopeBound, boundReference)

/** A limit that no weight of a case reaches. */
const never = 2 ** 30

export const slopesOfWeights = wrongSlopes.inputs(
  'leaves the last weights out of slopes and values',
  (inputs) => ({
    discriminatorOutput: changed(inputs.discriminatorOutput, () => 1),
  }),
)
export const forgetsHiddenBias = wrongSlopes.inputs(
  'forgets the biases of hidden units',
  (inputs) => ({
    discriminatorHiddenBias: zeros(inputs.discriminatorHiddenBias.shape),
  }),
)
export const slopesAtZero = wrongSlopes.outputs(
  'takes slopes at 0 for those at the samples',
  (_, question) => {
    const { inputs, right } = question
    return { slopes: right({ ...inputs, x: zeros(inputs.x.shape) }, {}).slopes }
  },
)
export const sumOfSlopes = wrongSlopes.outputs('adds up the slopes of a batch', ({ slopes }) => ({
  slopes: build(slopes.shape, (_, j) => {
    let all = 0
    for (let m = 0; m < slopes.shape[0]!; m++) all += slopes.at(m, j)
    return all
  }),
}))

export const neverClips = wrong.parameters('does not clip', () => ({ limit: never }))
export const clipsBefore = wrong.answer(
  'clips before the step',
  ({ inputs, parameters, right }) => {
    const { limit } = parameters
    const clip = (w: typeof inputs.real) => changed(w, (v) => Math.max(-limit, Math.min(limit, v)))
    let now = { ...inputs }
    const after: ReturnType<typeof right>[] = []
    for (let t = 0; t < inputs.real.shape[0]!; t++) {
      const step = {
        real: part(inputs.real, inputs.real.shape.with(0, 1), [t]),
        generated: part(inputs.generated, inputs.real.shape.with(0, 1), [t]),
        discriminatorHidden: clip(now.discriminatorHidden),
        discriminatorHiddenBias: clip(now.discriminatorHiddenBias),
        discriminatorOutput: clip(now.discriminatorOutput),
        discriminatorOutputBias: clip(now.discriminatorOutputBias),
      }
      const moved = clippedReference(number, step, { ...parameters, limit: never })
      after.push(moved)
      now = {
        ...inputs,
        discriminatorHidden: memberOf(moved.discriminatorHidden, 0),
        discriminatorHiddenBias: memberOf(moved.discriminatorHiddenBias, 0),
        discriminatorOutput: memberOf(moved.discriminatorOutput, 0),
        discriminatorOutputBias: memberOf(moved.discriminatorOutputBias, 0),
      }
    }
    const all = (name: keyof (typeof after)[number]) =>
      stacked(after.map((one) => memberOf(one[name], 0)))
    return {
      discriminatorHidden: all('discriminatorHidden'),
      discriminatorHiddenBias: all('discriminatorHiddenBias'),
      discriminatorOutput: all('discriminatorOutput'),
      discriminatorOutputBias: all('discriminatorOutputBias'),
    }
  },
)
export const clipsAtOne = wrong.parameters('clips at 1 whatever the limit is', () => ({ limit: 1 }))
export const clipsHalf = wrong.outputs(
  'clips what is too large and not what is too small',
  (right, question) => {
    const { inputs, parameters } = question
    const low = question.right(inputs, { ...parameters, limit: never }).discriminatorHidden
    return {
      discriminatorHidden: changed(right.discriminatorHidden, (v, at) =>
        Math.min(v, low.data[at]!),
      ),
    }
  },
)
export const descends = wrong.parameters('goes down what it should climb', ({ rate }) => ({
  rate: -rate,
}))
export const sumsBatch = wrong.parameters(
  'adds up the gradients of a batch',
  ({ rate }, { sizes }) => ({
    rate: rate * sizes.M!,
  }),
)
export const keepsStart = wrong.outputs('begins every step at the start', (right, { sizes }) => ({
  discriminatorHidden: stacked(
    Array.from({ length: sizes.T! }, () => memberOf(right.discriminatorHidden, 0)),
  ),
}))

export const withoutRoot = wrongBound.outputs(
  'multiplies sizes instead of their roots',
  (_, { parameters: { widths, limit } }) => ({
    bound: scalar(widths.slice(1).reduce((b, n, l) => b * limit * widths[l]! * n, 1)),
  }),
)
export const limitOnce = wrongBound.outputs(
  'counts the limit once',
  (right, { parameters: { widths, limit } }) => ({
    bound: changed(right.bound, (b) => b / limit ** (widths.length - 2)),
  }),
)
export const addsLayers = wrongBound.outputs(
  'adds up the bounds of layers',
  (_, { parameters: { widths, limit } }) => ({
    bound: scalar(widths.slice(1).reduce((b, n, l) => b + limit * Math.sqrt(widths[l]! * n), 0)),
  }),
)
export const inputsOnly = wrongBound.outputs(
  'counts what goes in, and not what comes out',
  (_, { parameters: { widths, limit } }) => ({
    bound: scalar(widths.slice(0, -1).reduce((b, m) => b * limit * Math.sqrt(m), 1)),
  }),
)
