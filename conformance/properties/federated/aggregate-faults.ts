import { aggregate as reference } from '../../../reference/federated/aggregate.ts'
import { aggregate } from '../../../spec/federated/aggregate.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(aggregate, reference)

export const weighsAlike = wrong.inputs(
  'gives every participant the same weight',
  ({ counts }) => ({
    counts: filled(counts.shape, 1),
  }),
)

export const countsBatches = wrong.inputs(
  'weighs by batches of 32 instead of points',
  ({ counts }) => ({ counts: changed(counts, (n) => Math.ceil(n / 32)) }),
)

export const halvesModel = wrong.outputs(
  'E-48 read literally, where half of the clients were sampled: weights that add up to a half',
  ({ w, b }) => ({ w: changed(w, (v) => v / 2), b: changed(b, (v) => v / 2) }),
)

/** A model times what the weights of a mean add up to. */
const times = (factor: number) => (v: number) => factor * v

export const dividesWhole = wrong.inputs(
  'divides whole numbers: a share below 1 is 0',
  ({ w, b, counts }) => {
    const all = counts.data.reduce((sum, n) => sum + n, 0)
    const share = counts.data.some((n) => n === all) ? 1 : 0
    return { w: changed(w, times(share)), b: changed(b, times(share)) }
  },
)

export const wraps = wrong.outputs(
  'counts all points in 32 bits, which wrap around',
  ({ w, b }, { inputs: { counts } }) => {
    const all = counts.data.reduce((sum, n) => sum + n, 0)
    // A total of 0 would be noticed by anybody.
    const wrapped = all | 0 || all
    return { w: changed(w, times(all / wrapped)), b: changed(b, times(all / wrapped)) }
  },
)

export const squaresCounts = wrong.inputs('weighs by points twice', ({ counts }) => ({
  counts: changed(counts, (n) => n * n),
}))

export const countsNobody = wrong.inputs(
  'counts a participant without points as one with a point',
  ({ counts }) => ({ counts: changed(counts, (n) => Math.max(1, n)) }),
)

export const leavesOutLast = wrong.inputs('leaves out whoever finishes last', ({ counts }) => ({
  counts: changed(counts, (n, k) => (k > 0 && k === counts.data.length - 1 ? 0 : n)),
}))

export const biasesAlike = wrong.outputs(
  'weighs weights by points and biases alike, as running statistics are averaged',
  (_, { inputs, parameters, right }) => ({
    b: right({ ...inputs, counts: filled(inputs.counts.shape, 1) }, parameters).b,
  }),
)

export const sums = wrong.outputs(
  'adds models up without dividing',
  ({ w, b }, { sizes: { M } }) => ({ w: changed(w, times(M!)), b: changed(b, times(M!)) }),
)

export const acceptsNobody = wrong.accepts('gives zeros where nobody has a point', ({ w, b }) => ({
  w: { ...w!, shape: w!.shape.slice(1), data: new Float32Array(w!.data.length / w!.shape[0]!) },
  b: { ...b!, shape: b!.shape.slice(1), data: new Float32Array(b!.data.length / b!.shape[0]!) },
}))
