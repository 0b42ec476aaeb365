import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  noisyMean as noisyReference,
  clipUpdates as reference,
} from '../../../reference/federated/differential-privacy.ts'
import { clipUpdates, noisyMean } from '../../../spec/federated/differential-privacy.ts'
import { changed, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(clipUpdates, reference)
const wrongMean = faultsOf(noisyMean, noisyReference)

/** An array of updates, that of each client times a factor. */
const rated = (updates: Numbers, factor: (m: number) => number) =>
  build(updates.shape, (m, ...at) => factor(m!) * updates.at(m!, ...at))

export const clipsArrays = wrong.outputs(
  'clips each array by its own length',
  (_, { inputs: { w, b }, parameters, right }) => ({
    w: right({ w, b: zeros(b.shape) }, parameters).w,
    b: right({ w: zeros(w.shape), b }, parameters).b,
  }),
)

export const clipsNumbers = wrong.outputs(
  'clips each number',
  (_, { inputs: { w, b }, parameters: { bound } }) => {
    const clipped = (x: number) => Math.min(bound, Math.max(-bound, x))
    return { w: changed(w, clipped), b: changed(b, clipped) }
  },
)

export const stretches = wrong.outputs(
  'makes short updates as long as the bound, too',
  (_, { inputs: { w, b }, parameters: { bound }, inputs, parameters, right }) => {
    const { norms } = right(inputs, parameters)
    const factor = (m: number) => (norms.at(m) === 0 ? 0 : bound / norms.at(m))
    return { w: rated(w, factor), b: rated(b, factor) }
  },
)

export const clipsAllTogether = wrong.outputs(
  'takes one length for all clients',
  (_, { inputs: { w, b }, parameters: { bound } }) => {
    const length = Math.hypot(...w.data, ...b.data)
    const factor = () => 1 / Math.max(1, length / bound)
    return { w: rated(w, factor), b: rated(b, factor) }
  },
)

export const dropsLong = wrong.outputs(
  'leaves out updates that are too long',
  (_, { inputs: { w, b }, parameters: { bound }, inputs, parameters, right }) => {
    const { norms } = right(inputs, parameters)
    const factor = (m: number) => (norms.at(m) > bound ? 0 : 1)
    return { w: rated(w, factor), b: rated(b, factor) }
  },
)

export const givesSquares = wrong.outputs('gives the squares of the lengths', ({ norms }) => ({
  norms: changed(norms, (length) => length * length),
}))

export const clipsMean = wrongMean.outputs(
  'clips the mean instead of each update',
  (_, { inputs: { w, b, noiseW, noiseB }, parameters: { bound, multiplier } }) => {
    const M = w.shape[0]!
    const mean = (updates: Numbers, shape: readonly number[]) =>
      build(shape, (...at) => {
        let sum = 0
        for (let m = 0; m < M; m++) sum += updates.at(m, ...at)
        return sum / M
      })
    const [meanW, meanB] = [mean(w, noiseW.shape), mean(b, noiseB.shape)]
    const factor = 1 / Math.max(1, Math.hypot(...meanW.data, ...meanB.data) / bound)
    const noisy = (of: Numbers, noise: Numbers) =>
      changed(of, (x, at) => factor * x + (multiplier * bound * noise.data[at]!) / M)
    return { w: noisy(meanW, noiseW), b: noisy(meanB, noiseB) }
  },
)

/** The noise times a factor. */
const noiseTimes = (name: string, factor: (M: number, bound: number) => number) =>
  wrongMean.inputs(name, ({ noiseW, noiseB }, { sizes, parameters: { bound } }) => {
    const times = (noise: Numbers) => changed(noise, (x) => factor(sizes.M!, bound) * x)
    return { noiseW: times(noiseW), noiseB: times(noiseB) }
  })

export const noiseOfEach = noiseTimes('adds the noise once for each client', (M) => M)
export const noiseWithoutBound = noiseTimes(
  'does not multiply the noise by the bound',
  (_, bound) => 1 / bound,
)
export const noNoise = noiseTimes('adds no noise', () => 0)

export const givesSum = wrongMean.outputs('gives the sum', ({ w, b }, { sizes }) => ({
  w: changed(w, (x) => sizes.M! * x),
  b: changed(b, (x) => sizes.M! * x),
}))

export const clipsWithNoise = wrongMean.parameters(
  'multiplies the noise by the square of the multiplier, as if it were a variance',
  ({ multiplier }) => ({ multiplier: multiplier ** 2 }),
)
