import { build } from '../../../reference/arithmetic/array.ts'
import { appliesTo, quantizedLayer } from '../../../spec/quantization/applies-to.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, plain } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  alwaysWeights,
  backwardsToo,
  forgetsGradients,
  forgetsScale,
  forwardsOnly,
  oneBitLess,
  roundsOutput,
  stopsBack,
  stopsCutOff,
} from './applies-to-faults.ts'

const { dimensions, inputs } = quantizedLayer
const arrays = { x: inputs.x, weights: inputs.weights, dy: inputs.dy }

export const appliesToProperties = properties(
  appliesTo,
  agreement(quantizedLayer, 'integers', {
    kills: [
      alwaysWeights,
      forgetsGradients,
      forwardsOnly,
      backwardsToo,
      stopsBack,
      stopsCutOff,
      oneBitLess,
      forgetsScale,
      roundsOutput,
    ],
  }),
  agreement(quantizedLayer, 'reals', {
    kills: [alwaysWeights, forwardsOnly, backwardsToo, stopsBack, stopsCutOff, roundsOutput],
  }),
  law('half-a-step', {
    of: { dimensions, inputs: arrays, parameters: {} },
    asks: [quantizedLayer],
    title:
      'with numbers that are not cut off, an output is off by at most half a step of what they are multiplied with',
    kills: [oneBitLess, forgetsScale],
    values: 'reals',
    share: 0.4,
    async holds({ arithmetic, inputs, measure, sizes: { N, D, M } }) {
      const { abs, exact, subtract, total } = arithmetic
      const comparisons = []
      // Up to 127 sixteenths are within eight bits; of a power of two, division is exact.
      const within = (values: typeof inputs.weights) =>
        changed(values, (v) => Math.fround(7.9 * Math.tanh(v)))
      const given = { x: inputs.x, weights: within(inputs.weights), dy: inputs.dy }
      const { y } = await measure(
        quantizedLayer,
        { ...given, scale: tensor([], [1 / 16]) },
        { bits: 8, of: 'weights' },
      )
      const x = plain(given.x)
      for (let n = 0; n < N!; n++) {
        const reach = total(Array.from({ length: D! }, (_, d) => exact(Math.abs(x.at(n, d)) / 32)))
        for (let m = 0; m < M!; m++) {
          const right = total(
            Array.from({ length: D! }, (_, d) => exact(x.at(n, d) * given.weights.at(d, m))),
          )
          const off = abs(subtract(y.at(n, m), right))
          comparisons.push(atMost(arithmetic, `|ŷ − y| at ${n}, ${m}`, off, reach))
        }
      }
      return comparisons
    },
  }),
  law('multiples', {
    of: { dimensions, inputs: arrays, parameters: { of: quantizedLayer.parameters.of } },
    asks: [quantizedLayer],
    title: 'multiples of the scale are computed with as if nothing were quantized',
    kills: [forgetsScale, stopsBack],
    async holds({ answer, exact, inputs, parameters: { of }, sizes: { N, D, M } }) {
      const scale = tensor([], [0.25])
      const given = { x: inputs.x, weights: inputs.weights, dy: inputs.dy, scale }
      const { y, dx, dWeights } = await answer(quantizedLayer, given, { bits: 16, of })
      const [x, W, g] = [plain(inputs.x), plain(inputs.weights), plain(inputs.dy)]
      const sum = (length: number, term: (i: number) => number) =>
        Array.from({ length }, (_, i) => term(i)).reduce((total, value) => total + value, 0)
      return [
        {
          label: 'y',
          expected: exact(build([N!, M!], (n, m) => sum(D!, (d) => x.at(n, d) * W.at(d, m)))),
          actual: y,
        },
        {
          label: 'dx',
          expected: exact(build([N!, D!], (n, d) => sum(M!, (m) => g.at(n, m) * W.at(d, m)))),
          actual: dx,
        },
        {
          label: 'dWeights',
          expected: exact(build([D!, M!], (d, m) => sum(N!, (n) => x.at(n, d) * g.at(n, m)))),
          actual: dWeights,
        },
      ]
    },
  }),
  law('untouched', {
    of: quantizedLayer,
    title:
      'the derivative by the weights knows nothing of their codes, nor y of those of gradients',
    kills: [roundsOutput, alwaysWeights],
    share: 0.5,
    async holds({ answer, inputs, parameters }) {
      const finer = { ...inputs, scale: changed(inputs.scale, (s) => s / 4) }
      const coarse = await answer(quantizedLayer, inputs, { ...parameters, of: 'gradients' })
      const fine = await answer(quantizedLayer, finer, { ...parameters, of: 'gradients' })
      const weights = await answer(quantizedLayer, inputs, { ...parameters, of: 'weights' })
      const again = await answer(quantizedLayer, finer, { ...parameters, of: 'weights' })
      return [
        { label: 'y', expected: coarse.y, actual: fine.y },
        { label: 'dWeights', expected: weights.dWeights, actual: again.dWeights },
      ]
    },
  }),
  worked('by-hand', {
    of: quantizedLayer,
    title: 'one weight, one activation and one derivative, each quantized in turn with steps of 2',
    kills: [alwaysWeights, forwardsOnly, backwardsToo, stopsBack, forgetsGradients],
    cases: (
      [
        ['weights', [20, 28, 35]],
        ['activations', [12, 21, 28]],
        ['gradients', [15, 24, 40]],
      ] as const
    ).map(([of, [y, dx, dWeights]]) => ({
      says: of,
      inputs: {
        x: tensor([1, 1], [5]),
        weights: tensor([1, 1], [3]),
        dy: tensor([1, 1], [7]),
        scale: tensor([], [2]),
      },
      parameters: { bits: 8, of },
      gives: { y: [y], dx: [dx], dWeights: [dWeights] },
    })),
  }),
)
