import { build } from '../../../reference/arithmetic/array.ts'
import { array } from '../../../spec/language/operation.ts'
import { fcMatrix, layer, layerCost } from '../../../spec/lowrank/fc-matrix.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { plain, scalar, zeros } from '../../kit/arrays.ts'
import { inner } from '../../kit/inner.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import {
  countsBias,
  countsOperations,
  dropsLastUnit,
  forgetsBias,
  forgetsSamples,
  keepsBias,
  readsTransposed,
} from './fc-matrix-faults.ts'

/** A layer without a bias, and what is multiplied by its outputs. */
const layerAndOutputs = {
  dimensions: layer.dimensions,
  inputs: {
    x: layer.inputs.x,
    weights: layer.inputs.weights,
    g: array('numbers to multiply the outputs by', 'N', 'W'),
  },
  parameters: {},
}

export const fcMatrixProperties = properties(
  fcMatrix,
  agreementTwice(layer, {
    name: 'layer',
    kills: [readsTransposed, forgetsBias, keepsBias, dropsLastUnit],
  }),
  agreement(layerCost, 'integers', {
    name: 'cost',
    kills: [countsBias, countsOperations, forgetsSamples],
  }),
  lawTwice('adjoint', {
    of: layerAndOutputs,
    asks: [layer],
    title: 'outputs times any numbers are inputs times these numbers through the transposed layer',
    kills: [readsTransposed, dropsLastUnit],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, sizes: { H, W } }) {
      const { x, weights, g } = inputs
      const W_ = plain(weights)
      const turned = build([W!, H!], (j, i) => W_.at(i!, j!))
      const { y } = await measure(layer, { x, weights, bias: zeros([W!]) }, {})
      const back = await measure(layer, { x: g, weights: turned, bias: zeros([H!]) }, {})
      return [
        {
          label: '⟨y, g⟩ = ⟨x, g Wᵀ⟩',
          expected: scalar(inner(arithmetic, array('x'), back.y)),
          actual: scalar(inner(arithmetic, y, array('g'))),
        },
      ]
    },
  }),
  law('allocated', {
    of: layer,
    asks: [layerCost],
    title: 'the weights are the elements of the matrix, each of which meets every sample',
    kills: [countsBias, countsOperations, forgetsSamples],
    share: 0.3,
    async holds({ answer, exact, inputs: { weights }, sizes: { N, H, W } }) {
      const count = weights.data.length
      const cost = await answer(layerCost, {}, { samples: N!, before: H!, units: W! })
      return [
        { label: 'weights', expected: exact(scalar(count)), actual: cost.weights },
        { label: 'multiply-adds', expected: exact(scalar(N! * count)), actual: cost.multiplyAdds },
      ]
    },
  }),
)
