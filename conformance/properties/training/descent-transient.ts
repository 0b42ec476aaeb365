import { build, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { descend, transientDecrease } from '../../../spec/training/descent.ts'
import { plain } from '../../kit/arrays.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { clipsGradient, decaysRate, halfAsSteep, startsLate } from './descent-faults.ts'

/** Curvatures 1 and 6 around the origin. */
const twoScales = { matrix: tensor([2, 2], [1, 0, 0, 6]), minimum: tensor([2], [0, 0]) }

/** A number of the same sign, from 1 to 4. */
const withinFour = (z: number) => Math.min(4, Math.max(1, Math.abs(z))) * (z < 0 ? -1 : 1)

export const transientProperties = properties(
  transientDecrease,
  law('falls-then-rises', {
    of: {
      dimensions: { Two: derived(() => 2, 'a flat and a steep direction') },
      inputs: { components: array('the start, the steep direction to be scaled down', 'Two') },
      parameters: { hidden: integer({ min: 5, upTo: 8, max: 8 }) },
    },
    asks: [descend],
    title: 'the loss falls in the first step and ends above its start, with its minimum between',
    kills: [clipsGradient, decaysRate, halfAsSteep],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, parameters: { hidden } }) {
      const { less } = arithmetic
      // A steep part of more than 6.5 times the flat one rises at once, a twentieth of it does not rise enough.
      const [flat, steep] = Array.from(inputs.components.data, withinFour)
      const start = tensor([2], [flat!, steep! * 2 ** -hidden])
      const steps = hidden + 3
      const { losses } = await measure(descend, { ...twoScales, start }, { rate: 0.5, steps })
      const [first, second, last] = [losses.at(0), losses.at(1), losses.at(steps)]
      return [
        truths(arithmetic, 'f(x_1) < f(x_0) < f(x_T)', less(second, first), less(first, last)),
      ]
    },
  }),
  worked('worked-by-hand', {
    of: descend,
    title: 'curvatures 1 and 6, rate 1/2, start (1, 1/64): ½ (4⁻ᵗ + 6 · 4ᵗ⁻⁶)',
    kills: [decaysRate, halfAsSteep, startsLate],
    inputs: { ...twoScales, start: tensor([2], [1, 1 / 64]) },
    parameters: { rate: 0.5, steps: 6 },
    gives: { losses: [4102, 1048, 352, 448, 1552, 6148, 24577].map((n) => n / 8192) },
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
    async holds({ arithmetic, inputs, measure, parameters: { rate }, sizes: { D } }) {
      const { add, exact, multiply } = arithmetic
      const { minimum, start } = inputs
      const root = plain(inputs.root)
      const matrix = build([D, D], (i, j) => sum(number, [D], (k) => root.at(k, i) * root.at(k, j)))
      const { losses } = await measure(descend, { matrix, minimum, start }, { rate, steps: 4 })
      return [1, 2, 3].map((t) =>
        atMost(
          arithmetic,
          `2 f(x_${t}) ≤ f(x_${t - 1}) + f(x_${t + 1})`,
          multiply(exact(2), losses.at(t)),
          add(losses.at(t - 1), losses.at(t + 1)),
        ),
      )
    },
  }),
)
