import { build, sum } from '../../../reference/arithmetic/array.ts'
import { dropout, dropoutGradient, semantics } from '../../../spec/cnn/dropout.ts'
import { array, derived, free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import {
  acceptsAnyRate,
  doesNotScale,
  dropsAfterwards,
  gradientDoesNotScale,
  gradientIgnoresMask,
  keepsDropped,
  scalesAfterwards,
  scalesByRate,
  sharesBit,
  sharesMask,
} from './dropout-faults.ts'

/** A sample of a few units, and a rate in quarters, whose masks have probabilities without rounding. */
const everyMask = {
  dimensions: { One: derived(() => 1, 'sample'), D: free(1, 4, 'units') },
  inputs: { x: array('the sample', 'One', 'D') },
  parameters: { quarters: integer({ min: 0, upTo: 3 }) },
}

/** A sample once for each mask of its units, and the probabilities of the masks. */
function underEveryMask(x: Argument, rate: number) {
  const D = x.shape[1]
  const mask = build([2 ** D, D], (row, d) => (row >> d) & 1)
  const rows = build(mask.shape, (_, d) => x.data[d])
  const bits = Array.from({ length: D }, (_, d) => d)
  const probability = (row: number) =>
    bits.reduce((product, d) => product * (mask.at(row, d) === 1 ? 1 - rate : rate), 1)
  return {
    x: rows,
    mask,
    probabilities: Array.from({ length: 2 ** D }, (_, row) => probability(row)),
  }
}

export const dropoutProperties = properties(
  semantics,
  agreement(dropout, 'integers', {
    title: 'cnn.dropout equals the reference on small integers, to the bit where it can',
    kills: [doesNotScale, scalesByRate, keepsDropped, scalesAfterwards, dropsAfterwards],
  }),
  agreement(dropout, 'reals', {
    kills: [doesNotScale, scalesByRate, sharesMask, sharesBit, dropsAfterwards],
  }),
  agreement(dropoutGradient, 'integers', {
    name: 'gradient-exact',
    title: 'cnn.dropoutGradient equals the reference on small integers, to the bit where it can',
    kills: [gradientIgnoresMask, gradientDoesNotScale],
  }),
  agreement(dropoutGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientIgnoresMask, gradientDoesNotScale],
  }),
  law('mean-and-variance', {
    of: everyMask,
    asks: [dropout],
    title: 'over all masks: E y = x, E y² = x² / (1 − p), and E y_i y_j = x_i x_j for two units',
    kills: [doesNotScale, scalesByRate, keepsDropped, sharesBit],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { divide, exact, multiply, subtract } = arithmetic
      const rate = parameters.quarters / 4
      const { probabilities, ...rows } = underEveryMask(inputs.x, rate)
      const { y } = await measure(dropout, rows, { rate, training: true })
      const mean = (of: (row: number) => ReturnType<typeof exact>) =>
        sum(arithmetic, [probabilities.length], (row) =>
          multiply(exact(probabilities[row]), of(row)),
        )
      const x = array('x')
      const D = x.shape[1]
      const kept = subtract(exact(1), exact(rate))
      return [
        { label: 'E y', expected: x, actual: build([1, D], (_, d) => mean((row) => y.at(row, d))) },
        {
          label: 'E y yᵀ',
          expected: build([D, D], (i, j) => {
            const product = multiply(x.at(0, i), x.at(0, j))
            return i === j ? divide(product, kept) : product
          }),
          actual: build([D, D], (i, j) => mean((row) => multiply(y.at(row, i), y.at(row, j)))),
        },
      ]
    },
  }),
  law('after-training', {
    of: dropout,
    values: 'reals',
    title: 'after training, and in training at rate 0 with every unit kept, nothing changes',
    kills: [scalesAfterwards, dropsAfterwards, keepsDropped],
    async holds({ answer, array, inputs, measure, parameters }) {
      const x = array('x')
      const after = await answer(dropout, inputs, { ...parameters, training: false })
      const all = filled(inputs.mask.shape, 1)
      // A product, even by 1, may flush a subnormal number.
      const idle = await measure(dropout, { ...inputs, mask: all }, { rate: 0, training: true })
      return [
        { label: 'after training', expected: x, actual: after.y },
        { label: 'rate 0', expected: x, actual: idle.y },
      ]
    },
  }),
  law('linear-layer', {
    of: {
      ...everyMask,
      dimensions: { ...everyMask.dimensions, M: free(1, 3, 'outputs of a linear layer') },
      inputs: { ...everyMask.inputs, weights: array('its weights', 'D', 'M') },
    },
    asks: [dropout],
    title: 'a linear layer that follows gives in the mean what it gives without dropout',
    kills: [doesNotScale, scalesByRate, keepsDropped],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { exact, multiply } = arithmetic
      const rate = parameters.quarters / 4
      const { probabilities, ...rows } = underEveryMask(inputs.x, rate)
      const { y } = await measure(dropout, rows, { rate, training: true })
      const [x, weights] = [array('x'), array('weights')]
      const [D, M] = weights.shape
      return [
        {
          label: 'E y W = x W',
          expected: build([M], (m) =>
            sum(arithmetic, [D], (d) => multiply(x.at(0, d), weights.at(d, m))),
          ),
          actual: build([M], (m) =>
            sum(arithmetic, [2 ** D, D], (row, d) =>
              multiply(exact(probabilities[row]), multiply(y.at(row, d), weights.at(d, m))),
            ),
          ),
        },
      ]
    },
  }),
  law('same-mask-back', {
    of: dropout,
    asks: [dropout, dropoutGradient],
    values: 'reals',
    title: 'the gradient is what dropout makes of it with the same mask',
    kills: [gradientIgnoresMask, gradientDoesNotScale, keepsDropped],
    async holds({ inputs, measure, parameters }) {
      const { x, mask } = inputs
      const { y } = await measure(dropout, inputs, parameters)
      const { dx } = await measure(dropoutGradient, { mask, dy: x }, parameters)
      return [{ label: 'dx of dy = x', expected: y, actual: dx }]
    },
  }),
  rejection('rejected', dropout, invalidities(dropout), {
    title:
      'a rate of 1, a mask of other numbers than 0 and 1, and other wrong arguments are rejected',
    kills: [acceptsAnyRate],
  }),
)
