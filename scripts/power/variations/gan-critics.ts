import { build } from '../../../reference/arithmetic/array.ts'
import { arithmetic, pairwise, single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { evaluatedIn, type Variation, variation } from '../variation.ts'

const f = single

/** Critics whose slopes are held in check, as they are written elsewhere. */
export const heldCritics: readonly Variation[] = [
  variation('gan.penaltyPoints', 'from the generated sample on', (the) => ({
    x: build(the.right.x.shape, (...at) => {
      const [real, fake] = [the.inputs.real.at(...at), the.inputs.generated.at(...at)]
      return f(fake + f(the.inputs.mix.at(at[0]!) * f(real - fake)))
    }),
  })),
  variation('gan.gradientPenaltyGradient', 'as the slope less its direction', (the) => {
    const { slopes, dPenalty } = the.inputs
    const [M] = slopes.shape as [number]
    const size = slopes.data.length / M
    const length = (m: number) => f(Math.hypot(...slopes.data.slice(m * size, (m + 1) * size)))
    const share = f(f(2 * the.parameters.weight * dPenalty.at()) / M)
    return {
      dSlopes: change(slopes, (v, m) => {
        const n = length(m)
        return n === 0 ? 0 : f(share * f(v - f(v / n)))
      }),
    }
  }),
  variation('gan.clippedCritic', 'gives −0 for 0', (the) => ({
    discriminatorOutput: change(the.right.discriminatorOutput, (v) => (v === 0 ? -0 : v)),
  })),
  ...evaluatedIn('adds up pairwise', arithmetic({ adding: pairwise(f) }), [
    'gan.criticSlopes',
    'gan.clippedCritic',
    'gan.slopeBound',
    'gan.gradientPenalty',
    'gan.gradientPenaltyGradient',
    'gan.penalizedCritic',
  ]),
]
