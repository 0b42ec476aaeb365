import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  stackedGradient as gradientReference,
  stacked as reference,
} from '../../../reference/rnn/stacked.ts'
import { stacked, stackedGradient } from '../../../spec/rnn/stacked.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(stacked, reference)
const wrongGradient = faultsOf(stackedGradient, gradientReference)
const transposedLast = (M: NumberArray<number>) => permuted(M, (l, i, j) => [l, j, i])
const ones = (masks: NumberArray<number>) => changed(masks, () => 1)

export const dropsNothing = wrong.inputs('lets everything through the masks', ({ masks }) => ({
  masks: ones(masks),
}))

export const sameWeights = wrong.inputs(
  'takes the weights of the first layer between the states of all of them',
  ({ W }) => ({ W: permuted(W, (_, i, j) => [0, i, j]) }),
)

export const sharesState = wrong.inputs(
  'begins every layer from the state of the first one',
  ({ h0 }) => ({ h0: permuted(h0, (_, n, i) => [0, n, i]) }),
)

export const transposesWeights = wrong.inputs(
  'takes the weights from layer to layer transposed',
  ({ A }) => ({ A: transposedLast(A) }),
)

export const firstMaskForAll = wrong.inputs(
  'takes the mask of the first step at all of them',
  ({ masks }) => ({
    masks: permuted(masks, (l, _, n, i) => [l, 0, n, i]),
  }),
)

export const masksStates = wrong.outputs(
  'gives the states after the masks',
  ({ h }, { inputs: { masks } }) => ({
    h: build(h.shape, (l, t, n, i) =>
      l < masks.shape[0]! ? h.at(l, t, n, i) * masks.at(l, t, n, i) : h.at(l, t, n, i),
    ),
  }),
)

export const ignoresPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const topLayerOnly = wrongGradient.inputs(
  'forgets what arrives at the states of the lower layers from outside',
  ({ dh }) => ({
    dh: build(dh.shape, (l, t, n, i) => (l === dh.shape[0]! - 1 ? dh.at(l, t, n, i) : 0)),
  }),
)

export const backPastMasks = wrongGradient.outputs(
  'sends gradients down past the masks',
  (_, { inputs, parameters, right }) => {
    const { dx, dU } = right({ ...inputs, masks: ones(inputs.masks) }, parameters)
    return { dx, dU }
  },
)

export const masksAreConstant = wrongGradient.outputs(
  'gives no gradient by the masks',
  ({ dMasks }) => ({ dMasks: zeros(dMasks.shape) }),
)

export const transposesBetween = wrongGradient.outputs(
  'gives the gradient by the weights between layers transposed',
  ({ dA }) => ({ dA: transposedLast(dA) }),
)
