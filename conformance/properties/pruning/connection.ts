import { build } from '../../../reference/arithmetic/array.ts'
import { bits, free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { connection, maskedDense, maskedDenseGradient } from '../../../spec/pruning/connection.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, part, plain, zeros } from '../../kit/arrays.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import {
  acceptsAnyMask,
  goesBackThroughRemoved,
  gradientByWeights,
  gradientOfRemoved,
  invertsMask,
  masksAfterwards,
  masksWholeUnits,
  multipliesMask,
  reportsAllWeights,
  sharesMask,
} from './connection-faults.ts'

export const connectionProperties = properties(
  connection,
  agreementTwice(maskedDense, {
    kills: [invertsMask, reportsAllWeights, masksAfterwards, masksWholeUnits, sharesMask],
  }),
  agreementTwice(maskedDenseGradient, {
    name: 'gradient',
    kills: [gradientOfRemoved, goesBackThroughRemoved],
  }),
  law('gradient-of-zero', {
    of: maskedDenseGradient,
    title: 'a weight that is 0 and not removed has the derivative that any other weight has',
    kills: [gradientByWeights],
    share: 0.5,
    async holds({ inputs, measure }) {
      const ask = async (weights: typeof inputs.weights | ReturnType<typeof zeros>) =>
        (await measure(maskedDenseGradient, { ...inputs, weights }, {})).dWeights
      return [
        {
          label: 'dWeights where all weights are 0',
          expected: await ask(inputs.weights),
          actual: await ask(zeros(inputs.weights.shape)),
        },
      ]
    },
  }),
  lawTwice('compose', {
    of: {
      ...maskedDense,
      inputs: { ...maskedDense.inputs, other: bits('another mask', 'D', 'M') },
    },
    asks: [maskedDense],
    title: 'to remove by one mask and then by another is to remove what either does',
    kills: [invertsMask],
    share: 0.3,
    async holds({ answer, arithmetic, inputs: { other, ...given } }) {
      const { mask } = given
      const once = await answer(maskedDense, given, {})
      const rest = numbers(arithmetic, once.pruned)
      const twice = await answer(maskedDense, { ...given, weights: rest, mask: other }, {})
      const both = changed(mask, (bit, at) => bit * other.data[at]!)
      const { pruned } = await answer(maskedDense, { ...given, mask: both }, {})
      return [{ label: 'pruned', expected: pruned, actual: twice.pruned }]
    },
  }),
  law('smaller-layer', {
    of: {
      ...maskedDense,
      dimensions: { ...maskedDense.dimensions, D: free(2, 5, 'units before') },
    },
    asks: [maskedDense],
    title: 'a unit whose connections are all removed can be left out of the layer before',
    kills: [invertsMask, masksAfterwards],
    share: 0.5,
    async holds({ inputs: { x, weights, mask, bias }, measure, sizes: { N, D, M } }) {
      const without = build([D, M], (i, j) => (i === D - 1 ? 0 : plain(mask).at(i, j)))
      const masked = await measure(maskedDense, { x, weights, bias, mask: without }, {})
      const smaller = {
        x: part(plain(x), [N, D - 1]),
        weights: part(plain(weights), [D - 1, M]),
        mask: part(plain(mask), [D - 1, M]),
        bias,
      }
      const { y } = await measure(maskedDense, smaller, {})
      return [{ label: 'y', expected: y, actual: masked.y }]
    },
  }),
  law('not-finite', {
    of: { ...maskedDense, parameters: { value: choice('NaN', 'Infinity', '-Infinity') } },
    asks: [maskedDense],
    title: 'a removed weight that is not finite is gone as well',
    kills: [multipliesMask],
    share: 0.3,
    async holds({ answer, exact, inputs, parameters: { value } }) {
      const { weights, mask } = inputs
      const bad = changed(weights, (w, at) => (mask.data[at] === 1 ? w : Number(value)))
      const { pruned } = await answer(maskedDense, { ...inputs, weights: bad }, {})
      const expected = exact(changed(weights, (w, at) => (mask.data[at] === 1 ? w : 0)))
      return [{ label: 'pruned', expected, actual: pruned }]
    },
  }),
  law('nothing-removed', {
    of: maskedDense,
    values: 'reals',
    title: 'a mask of ones leaves every weight as it is',
    kills: [invertsMask],
    share: 0.3,
    async holds({ answer, array, inputs }) {
      const mask = filled(inputs.mask.shape, 1)
      const { pruned } = await answer(maskedDense, { ...inputs, mask }, {})
      return [{ label: 'pruned', expected: array('weights'), actual: pruned }]
    },
  }),
  rejection('rejected', maskedDense, invalidities(maskedDense), {
    title: 'masks of other numbers than 0 and 1, and other wrong arguments, are rejected',
    kills: [acceptsAnyMask],
  }),
)
