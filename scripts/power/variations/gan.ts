import { single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** What generative adversarial networks compute, written in other ways. */
export const adversaries: readonly Variation[] = [
  variation(
    'gan.discriminatorProbability',
    'as the softmax of the logit and 0, the larger one taken off',
    (the) => ({
      probability: change(the.inputs.logits, (a) => {
        const most = Math.max(a, 0)
        const [real, generated] = [f(Math.exp(a - most)), f(Math.exp(-most))]
        return f(real / f(real + generated))
      }),
    }),
  ),
]
