import { clause } from '../language/clause.ts'
import { array, operation } from '../language/operation.ts'
import {
  arraysOfBoth,
  classesOfGenerator,
  classesOfLoss,
  effort,
  loss,
  sizesOfBoth,
  workOfBoth,
} from './network.ts'
import { goodfellow } from './publications.ts'

/** What each player gets on a batch of real samples and one of noise. */
export const payoffs = operation({
  id: 'gan.payoffs',
  title: 'Payoffs of discriminator and generator',
  level: 'core',
  dimensions: sizesOfBoth,
  inputs: {
    samples: array('real samples', 'M', 'X'),
    noise: array('noise of the generated samples', 'M', 'Z'),
    ...arraysOfBoth,
  },
  parameters: { loss },
  usual: [
    { sizes: { M: 1 }, parameters: { loss: 'saturating' } },
    { sizes: { M: 4, Z: 2, Hg: 4, X: 2, Hd: 4 } },
    { sizes: { M: 8, Z: 2, X: 2 }, parameters: { loss: 'saturating' } },
  ],
  work: (sizes) => 2 * workOfBoth(sizes),
  effort,
  sums: 'What is added up are logarithms, and hidden units with errors of their own.',
  outputs: {
    generated: array('the generated samples', 'M', 'X'),
    realLogits: array('the logit of each real sample', 'M'),
    generatedLogits: array('the logit of each generated sample', 'M'),
    discriminator: array('what the discriminator gets: the value of the game'),
    generator: array('what the generator gets: its negative, or the mean of ln D'),
  },
  classes: { ...classesOfGenerator, ...classesOfLoss },
})

export const roles = clause({
  id: 'gan.roles',
  title: 'A generator turns noise into samples, and a discriminator tells them from real ones',
  kind: 'law',
  operations: [payoffs],
  statement:
    'The generator takes noise and gives samples, of as many features as real ones have. The discriminator takes samples of either kind, by the same function, and gives a logit for each. What the discriminator gets is the value $V$, the mean of $\\ln D$ over real and of $\\ln(1 - D)$ over generated samples, which is never above 0; in the game what the generator gets is $-V$, so that both add up to 0. With the non-saturating loss the generator gets the mean of $\\ln D$ over generated samples, and the sum is not 0. Real samples say nothing of the generator, and noise has no influence on the logits of real samples.',
  formula: String.raw`G : \mathbb R^Z \to \mathbb R^X,\quad D : \mathbb R^X \to (0, 1),\qquad u_D = V(G, D),\quad u_G = -V(G, D)`,
  domain: 'Any networks, samples and noise.',
  conventions: [
    {
      choice: 'What a player gets is to be as large as possible.',
      others: 'Code has losses, which are the negatives.',
    },
  ],
  source: {
    notes: [
      [617, 617],
      [619, 619],
      [620, 620],
      [624, 624],
      [626, 626],
    ],
    publications: [{ ...goodfellow, where: 'section 3 and equation 1' }],
  },
  errata: [],
})
