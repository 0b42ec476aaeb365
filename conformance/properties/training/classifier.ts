import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { classifier, diagnoseRate } from '../../../spec/training/classifier.ts'
import { descend } from '../../../spec/training/descent.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import {
  callsSlowGood,
  forgetsTheEnd,
  looksForIncrease,
  measuresAbsolutely,
  overlooksNaN,
} from './classifier-faults.ts'
import { clipsGradient, decaysRate } from './descent-faults.ts'
import { spectral, spectralSpace } from './descent-spectra.ts'

const scalar = (value: number) => build([], () => value)

const special = {
  dimensions: diagnoseRate.dimensions,
  inputs: diagnoseRate.inputs,
  parameters: {
    value: choice('NaN', 'Infinity'),
    place: integer({ min: 0, upTo: 11, max: 11 }),
  },
}

/** Rates that lead to each diagnosis, as shares of the inverse of the largest curvature. */
const rates = { high: [2.5, 3, 4], low: [2 ** -9, 2 ** -10, 2 ** -11], right: [0.25, 0.375, 0.5] }
const codes = { high: 0, low: 1, right: 2 }

export const classifierProperties = properties(
  classifier,
  agreement(diagnoseRate, 'integers', {
    kills: [looksForIncrease, forgetsTheEnd, callsSlowGood],
  }),
  agreement(diagnoseRate, 'reals', {
    kills: [looksForIncrease, forgetsTheEnd],
  }),
  law('not-finite', {
    of: special,
    asks: [diagnoseRate],
    title: 'a curve with NaN or infinity anywhere has diverged',
    kills: [overlooksNaN],
    async holds(bench) {
      const { value, place } = bench.parameters
      const { losses } = bench.inputs
      const at = place % losses.data.length
      const data = Array.from(losses.data, (loss, t) => (t === at ? Number(value) : loss))
      const curve = tensor(losses.shape, data)
      const parameters = { growth: 2, progress: 0.1 }
      const { diagnosis } = await bench.answer(diagnoseRate, { losses: curve }, parameters)
      return [{ label: 'diagnosis', expected: bench.exact(scalar(0)), actual: diagnosis }]
    },
  }),
  law('curves-of-descent', {
    of: {
      ...spectralSpace,
      parameters: {
        ...spectralSpace.parameters,
        rate: choice('high', 'low', 'right'),
        which: integer({ min: 0, upTo: 2, max: 2 }),
      },
    },
    asks: [diagnoseRate, descend],
    title: 'descent above the threshold, far below the inverse curvature, and below it',
    kills: [callsSlowGood, clipsGradient, decaysRate],
    share: 0.5,
    async holds(bench) {
      const { rate, which } = bench.parameters
      const the = spectral(bench)
      const step = rates[rate][which]! / the.largest
      const { losses } = await bench.answer(descend, the.arguments, { rate: step, steps: 12 })
      const curve = fromData([13], losses.data.map(bench.arithmetic.toNumber))
      const parameters = { growth: 2, progress: 0.1 }
      const { diagnosis } = await bench.answer(diagnoseRate, { losses: curve }, parameters)
      return [{ label: rate, expected: bench.exact(scalar(codes[rate])), actual: diagnosis }]
    },
  }),
  law('scale-free', {
    of: diagnoseRate,
    title: 'a loss in other units has the same diagnosis',
    kills: [measuresAbsolutely],
    async holds(bench) {
      const { losses } = bench.inputs
      const parameters = { growth: 2, progress: bench.parameters.progress }
      const scaled = fromData(
        losses.shape,
        Array.from(losses.data, (loss) => loss / 64),
      )
      const one = await bench.answer(diagnoseRate, bench.inputs, parameters)
      const other = await bench.answer(diagnoseRate, { losses: scaled }, parameters)
      return [{ label: 'diagnosis', expected: one.diagnosis, actual: other.diagnosis }]
    },
  }),
  law('worked-by-hand', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [diagnoseRate],
    title: 'one curve of each kind',
    kills: [looksForIncrease, forgetsTheEnd, callsSlowGood],
    share: 0.01,
    async holds({ answer, exact }) {
      const rows: readonly (readonly [curve: readonly number[], diagnosis: number])[] = [
        [[4, 2, 9], 0],
        [[4, 3.9375, 3.875], 1],
        [[4, 4, 4], 1],
        [[4, 3, 2], 2],
        [[4, 1, 3, 2], 2],
        [[4, 2, 2], 3],
        [[4, 5, 4], 3],
        [[0, 0, 0], 3],
      ]
      const parameters = { growth: 2, progress: 0.1 }
      const comparisons = []
      for (const [curve, expected] of rows) {
        const losses = tensor([curve.length], curve)
        const { diagnosis } = await answer(diagnoseRate, { losses }, parameters)
        const label = curve.join(', ')
        comparisons.push({ label, expected: exact(scalar(expected)), actual: diagnosis })
      }
      return comparisons
    },
  }),
)
