import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { descend, transientDecrease } from '../../../spec/training/descent.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { clipsGradient, decaysRate, halfAsSteep, startsLate } from './descent-faults.ts'

const twoScales = {
  dimensions: { Two: derived(() => 2, 'a flat and a steep direction') },
  inputs: { components: array('the start, the steep direction to be scaled down', 'Two') },
  parameters: { hidden: integer({ min: 5, upTo: 8, max: 8 }) },
}

export const transientProperties = properties(
  transientDecrease,
  law('falls-then-rises', {
    of: twoScales,
    asks: [descend],
    title: 'the loss falls in the first step and ends above its start, with its minimum between',
    kills: [clipsGradient, decaysRate, halfAsSteep],
    share: 0.4,
    async holds(bench) {
      const { arithmetic, parameters } = bench
      const [flat, steep] = Array.from(bench.inputs.components.data, (z) => (z === 0 ? 1 : z))
      const start = tensor([2], [flat!, steep! * 2 ** -parameters.hidden])
      const matrix = tensor([2, 2], [1, 0, 0, 6])
      const steps = parameters.hidden + 3
      const bowl = { matrix, minimum: tensor([2], [0, 0]), start }
      const { losses } = await bench.measure(descend, bowl, { rate: 0.5, steps })
      const { less } = arithmetic
      return [
        truths(
          bench,
          'f(x_1) < f(x_0), f(x_1) < f(x_T), f(x_0) < f(x_T)',
          [true, true, true],
          [
            less(losses.at(1), losses.at(0)),
            less(losses.at(1), losses.at(steps)),
            less(losses.at(0), losses.at(steps)),
          ],
        ),
      ]
    },
  }),
  law('worked-by-hand', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [descend],
    title: 'curvatures 1 and 6, rate 1/2, start (1, 1/64): ½ (4⁻ᵗ + 6 · 4ᵗ⁻⁶)',
    kills: [decaysRate, halfAsSteep, startsLate],
    share: 0.01,
    async holds({ answer, exact }) {
      const bowl = {
        matrix: tensor([2, 2], [1, 0, 0, 6]),
        minimum: tensor([2], [0, 0]),
        start: tensor([2], [1, 1 / 64]),
      }
      const { losses } = await answer(descend, bowl, { rate: 0.5, steps: 6 })
      const byHand = [4102, 1048, 352, 448, 1552, 6148, 24577].map((n) => n / 8192)
      return [{ label: 'losses', expected: exact(fromData([7], byHand)), actual: losses }]
    },
  }),
  law('convex', {
    of: {
      dimensions: { D: descend.dimensions.D },
      inputs: {
        root: array('its product with its own transpose is the curvature', 'D', 'D'),
        minimum: descend.inputs.minimum,
        start: descend.inputs.start,
      },
      parameters: { rate: descend.parameters.rate },
    },
    asks: [descend],
    title: 'without negative curvature the losses are convex over the steps, at any rate',
    kills: [decaysRate],
    share: 0.5,
    async holds(bench) {
      const { arithmetic, inputs, sizes } = bench
      const D = sizes.D!
      const root = fromData([D, D], Array.from(inputs.root.data))
      const matrix = build([D, D], (i, j) => {
        let sum = 0
        for (let k = 0; k < D; k++) sum += root.at(k, i) * root.at(k, j)
        return sum
      })
      const { minimum, start } = inputs
      const parameters = { rate: bench.parameters.rate, steps: 4 }
      const { losses } = await bench.measure(descend, { matrix, minimum, start }, parameters)
      const twice = (t: number) => arithmetic.multiply(arithmetic.exact(2), losses.at(t))
      return [1, 2, 3].map((t) => {
        const neighbours = arithmetic.add(losses.at(t - 1), losses.at(t + 1))
        return atMost(
          arithmetic,
          `2 f(x_${t}) ≤ f(x_${t - 1}) + f(x_${t + 1})`,
          twice(t),
          neighbours,
        )
      })
    },
  }),
)
