import { bfloat } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of the objective of generative adversarial networks, and of what is known of it. */
export const ganTheoryMistakes: readonly Mistake[] = [
  mistake(
    'gan.discriminatorProbability',
    'numeric',
    'takes the sigmoid from a table of a thousand logits between −8 and 8',
    (the) =>
      the.but({
        logits: change(the.inputs.logits, (a) =>
          Math.abs(a) < 8 ? Math.round(a * 62.5) / 62.5 : a,
        ),
      }),
    { sizes: { M: 3 } },
  ),
  mistake('gan.discriminatorProbability', 'range', 'keeps logits between −30 and 30', (the) =>
    the.but({ logits: change(the.inputs.logits, (a) => Math.min(30, Math.max(-30, a))) }),
  ),
  mistake(
    'gan.discriminatorProbability',
    'size',
    'leaves samples behind the last whole four as they were before the sigmoid',
    (the) => ({
      probability: change(the.right.probability, (d, m) =>
        m < the.sizes.M - (the.sizes.M % 4) || the.sizes.M < 4 ? d : the.inputs.logits.at(m),
      ),
    }),
    { sizes: { M: 5 } },
  ),
  mistake('gan.discriminatorProbability', 'numeric', 'keeps the complement in bfloat16', (the) => ({
    complement: change(the.right.complement, bfloat),
  })),
]
