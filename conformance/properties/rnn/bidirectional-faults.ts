import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  bidirectionalGradient as gradientReference,
  bidirectional as reference,
} from '../../../reference/rnn/bidirectional.ts'
import { bidirectional, bidirectionalGradient } from '../../../spec/rnn/bidirectional.ts'
import { permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(bidirectional, reference)
const wrongGradient = faultsOf(bidirectionalGradient, gradientReference)
const ofFirst = (both: NumberArray<number>) => permuted(both, (_, ...at) => [0, ...at])

export const beginsAtPadding = wrong.outputs(
  'begins backwards at the padding, as if it were input',
  (_, { inputs, parameters, right, sizes: { H } }) => {
    const own = right(inputs, parameters)
    const all = right({ ...inputs, padded: zeros(inputs.padded.shape) }, parameters)
    return {
      h: build(own.h.shape, (t, n, i) => (i < H! ? own.h : all.h).at(t, n, i)),
      last: build(own.last.shape, (d, n, i) => (d === 0 ? own.last : all.last).at(d, n, i)),
    }
  },
)

export const sharesWeights = wrong.inputs(
  'takes the same weights in both directions',
  ({ U, W, b }) => ({ U: ofFirst(U), W: ofFirst(W), b: ofFirst(b) }),
)

export const inOrderDone = wrong.outputs(
  'gives the states that it goes backwards to in the order in which they are done',
  ({ h }, { sizes: { T, H } }) => ({
    h: build(h.shape, (t, n, i) => h.at(i < H! ? t : T! - 1 - t, n, i)),
  }),
)

export const interleaves = wrong.outputs(
  'gives the states of both directions unit by unit',
  ({ h }, { sizes: { H } }) => ({
    h: permuted(h, (t, n, i) => [t, n, (i % 2) * H! + Math.floor(i / 2)]),
  }),
)

export const lastInTime = wrong.outputs(
  'takes the state at the last step for the last one, backwards, too',
  ({ h, last }, { sizes: { T, H } }) => ({
    last: build(last.shape, (d, n, i) => h.at(T! - 1, n, d * H! + i)),
  }),
)

export const forwardsOnly = wrongGradient.outputs(
  'gives the gradient by the inputs of the first direction alone',
  (_, { inputs, parameters, right, sizes: { H } }) => {
    const { dh, dLast } = inputs
    const first = {
      dh: build(dh.shape, (t, n, i) => (i < H! ? dh.at(t, n, i) : 0)),
      dLast: build(dLast.shape, (d, n, i) => (d === 0 ? dLast.at(d, n, i) : 0)),
    }
    return { dx: right({ ...inputs, ...first }, parameters).dx }
  },
)

export const exchangesDirections = wrongGradient.outputs(
  'exchanges the gradients by the weights of both directions',
  ({ dU, dW }) => {
    const other = (d: NumberArray<number>) => permuted(d, (k, ...at) => [1 - k, ...at])
    return { dU: other(dU), dW: other(dW) }
  },
)

export const forgetsLast = wrongGradient.inputs(
  'forgets the gradients of the last states',
  ({ dLast }) => ({ dLast: zeros(dLast.shape) }),
)
