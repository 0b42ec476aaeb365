import { build, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  twoLayersCost as costReference,
  twoLayers as reference,
} from '../../../reference/lowrank/two-layer.ts'
import { twoLayers, twoLayersCost } from '../../../spec/lowrank/two-layer.ts'
import { changed, filled, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf, keepsLast } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(twoLayers, reference)
const wrongCost = faultsOf(twoLayersCost, costReference)

export const forgetsValues = wrong.inputs('multiplies by no singular values', ({ S }) => ({
  S: filled(S.shape, 1),
}))

export const absorbsIntoBoth = wrong.inputs(
  'takes the diagonal into a factor and multiplies by it again',
  ({ S }, { parameters: { absorbed } }) => ({
    S: absorbed === 'neither' ? S : changed(S, (s) => s * s),
  }),
)

export const rectifies = wrong.answer(
  'has a rectifier between the layers',
  ({ inputs, parameters, right, sizes: { N, H, R } }) => {
    // What comes out of the first layer, as far as it is positive, for the second by itself.
    const { x, U } = inputs
    const h = build([N!, R!], (n, l) =>
      Math.max(
        0,
        sum(number, [H!], (i) => x.at(n, i) * U.at(i, l)),
      ),
    )
    const identity = build([R!, R!], (i, l) => (i === l ? 1 : 0))
    return right({ ...inputs, x: h, U: identity }, parameters)
  },
)

export const forgetsBias = wrong.inputs('adds no bias', ({ bias }) => ({ bias: zeros(bias.shape) }))

export const keepsBias = keepsLast(twoLayers, reference, 'bias')

export const dropsLastValue = wrong.inputs('stops before the last singular value', ({ S }) => ({
  S: changed(S, (s, l) => (l > 0 && l === S.data.length - 1 ? 0 : s)),
}))

export const multipliesSquare = wrongCost.outputs(
  'multiplies by the whole t × t matrix between the layers',
  ({ absorbed }, { parameters: { samples, kept } }) => ({
    factors: scalar(absorbed.at() + samples * kept * kept),
  }),
)

export const scalesForFree = wrongCost.outputs('scales for nothing', ({ absorbed }) => ({
  factors: absorbed,
}))

export const costsStorage = wrongCost.outputs(
  'takes the most values that save storage for those that save multiply-adds',
  (_, { parameters: { rows, columns } }) => ({
    most: scalar(Math.ceil((rows * columns) / (rows + columns + 1)) - 1),
  }),
)

export const makesMatrix = wrongCost.outputs(
  'multiplies the factors first',
  ({ whole }, { parameters: { rows, columns, kept } }) => ({
    absorbed: scalar(whole.at() + rows * columns * kept),
  }),
)

export const breaksEven = wrongCost.outputs(
  'takes layers that cost as much for cheaper ones',
  (_, { parameters: { rows, columns } }) => ({
    most: scalar(Math.floor((rows * columns) / (rows + columns))),
  }),
)

export const acceptsMore = wrongCost.accepts('keeps more values than there are', () => ({
  whole: tensor([], [1]),
  factors: tensor([], [1]),
  absorbed: tensor([], [1]),
  most: tensor([], [0]),
}))
