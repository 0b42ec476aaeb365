import { build } from '../../../reference/arithmetic/array.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { descend } from '../../../spec/training/descent.ts'
import { warm, warmStart } from '../../../spec/transfer/warm-start.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { ascends, clipsGradient, twiceAsSteep } from '../training/descent-faults.ts'
import { spectral, spectralSpace } from '../training/descent-spectra.ts'
import {
  acceptsAny,
  oneMore,
  savesTheShare,
  squaresDistance,
  startsCold,
  stepsBack,
} from './warm-start-faults.ts'

export const warmStartProperties = properties(
  warm,
  agreement(warmStart, 'reals', {
    kills: [startsCold, savesTheShare, oneMore, stepsBack, squaresDistance],
  }),
  law('saved-steps', {
    of: warmStart,
    values: 'reals',
    title: 'the steps saved are ln(1/r) / ln(1/q), rounded up or down, unless none are needed',
    kills: [startsCold, savesTheShare],
    async holds({ answer, arithmetic, parameters }) {
      const { contraction, ratio } = parameters
      const { cold, warm } = await answer(warmStart, {}, parameters)
      const [c, w] = [arithmetic.toNumber(cold.at()), arithmetic.toNumber(warm.at())]
      const saved = Math.log(ratio) / Math.log(contraction)
      // Where the warm start needs no step, fewer may be saved, for there are no more.
      const enough = w === 0 || c - w > saved - 1
      return [truths(arithmetic, 'saved', enough, c - w < saved + 1)]
    },
  }),
  law('nearer-is-faster', {
    of: warmStart,
    values: 'reals',
    title: 'never more steps than from the cold start, nor than from twice as far',
    kills: [stepsBack],
    async holds({ answer, arithmetic, parameters }) {
      const nearer = { ...parameters, ratio: parameters.ratio / 2 }
      const { cold, warm } = await answer(warmStart, {}, parameters)
      const half = (await answer(warmStart, {}, nearer)).warm
      const zero = arithmetic.exact(0)
      return [atMost(arithmetic, '0 ≤ half ≤ warm ≤ cold', zero, half.at(), warm.at(), cold.at())]
    },
  }),
  law('simulated', {
    of: withParameters(nothing, {
      kept: integer({ min: 4, upTo: 14, max: 14 }),
      distance: integer({ min: 1, upTo: 8 }),
      share: integer({ min: 1, upTo: 15, max: 15 }),
      digits: integer({ min: 1, upTo: 5 }),
    }),
    asks: [warmStart, descend],
    title: 'descent from both starts gets within the tolerance after just so many steps',
    kills: [startsCold, savesTheShare, oneMore, squaresDistance],
    share: 0.4,
    async holds({ answer, arithmetic, measure, parameters: { kept, distance, share, digits } }) {
      const { exact, less, toNumber } = arithmetic
      const [contraction, ratio] = [kept / 16, share / 16]
      // Thirds of a power of two: no distance is ever equal to it.
      const tolerance = 2 ** -digits / 3
      const asked = { contraction, distance, ratio, tolerance }
      const { cold, warm } = await answer(warmStart, {}, asked)
      const justEnough = async (label: string, steps: typeof cold, from: number) => {
        const count = Math.min(200, Math.max(0, toNumber(steps.at())))
        const { trajectory } = await measure(
          descend,
          { matrix: tensor([1, 1], [1]), minimum: tensor([1], [0]), start: tensor([1], [from]) },
          { rate: 1 - contraction, steps: Math.max(1, count) },
        )
        const far = (t: number) => less(exact(tolerance), trajectory.at(t, 0))
        return truths(arithmetic, label, !far(count), count === 0 || far(count - 1))
      }
      return [
        await justEnough('cold', cold, distance),
        await justEnough('warm', warm, distance * ratio),
      ]
    },
  }),
  law('contraction', {
    of: withParameters(spectralSpace, { eighth: integer({ min: 1, upTo: 7, max: 7 }) }),
    asks: [descend],
    title: 'the distance after t steps is at most qᵗ times the first, q = max |1 − ηλ|',
    kills: [twiceAsSteep, ascends, clipsGradient],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { exact, multiply, subtract } = arithmetic
      const the = spectral(inputs, parameters)
      const rate = parameters.eighth / 4 / the.largest
      const q = Math.max(...the.eigenvalues.map((lambda) => Math.abs(1 - rate * lambda)))
      const { trajectory } = await measure(descend, the.arguments, { rate, steps: 5 })
      const c = array('minimum')
      const squared = (t: number) => {
        const away = build(c.shape, (i) => subtract(trajectory.at(t, i), c.at(i)))
        return inner(arithmetic, away, away)
      }
      return [1, 3, 5].map((t) => {
        const bound = multiply(exact(q ** (2 * t)), squared(0))
        return atMost(arithmetic, `‖x_${t} − x*‖² ≤ q^${2 * t} ‖x_0 − x*‖²`, squared(t), bound)
      })
    },
  }),
  rejection('rejected', warmStart, invalidities(warmStart), {
    title: 'a contraction that does not contract, and a warm start that is further, are rejected',
    kills: [acceptsAny],
  }),
)
