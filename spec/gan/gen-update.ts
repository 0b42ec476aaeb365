import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, operation } from '../language/operation.ts'
import { ofSlopes } from './disc-update.ts'
import {
  arraysOfBoth,
  classesOfGenerator,
  classesOfLoss,
  classesOfSteps,
  effort,
  generatorArrays,
  loss,
  rate,
  sizesOfBoth,
  workOfBoth,
} from './network.ts'
import { goodfellow } from './publications.ts'

const noise = array('the noise, a sample a row', 'M', 'Z')

/** What a generator climbs while the discriminator stays as it is. */
export const generatorObjective = operation({
  id: 'gan.generatorObjective',
  title: 'Objective of a generator',
  level: 'core',
  dimensions: sizesOfBoth,
  inputs: { noise, ...arraysOfBoth },
  parameters: { loss },
  usual: [
    { sizes: { M: 4, Z: 2, Hg: 4, X: 2, Hd: 4 }, parameters: { loss: 'non-saturating' } },
    { sizes: { M: 8, Z: 2, X: 2 } },
    { sizes: { M: 1 } },
  ],
  work: workOfBoth,
  effort,
  sums: 'The terms are logarithms.',
  outputs: { objective: array('the mean of ln D, or of −ln(1 − D), over generated samples') },
  classes: { ...classesOfGenerator, ...classesOfLoss },
})

/** Its gradient by the parameters of the generator, through the discriminator. */
export const generatorObjectiveGradient = gradientOf(generatorObjective, {
  title: 'Gradients of the objective of a generator',
  by: Object.keys(generatorArrays) as (keyof typeof generatorArrays)[],
  sums: ofSlopes,
})

/** A step of a generator, while the discriminator stays as it is. */
export const generatorStep = operation({
  id: 'gan.generatorStep',
  title: 'Step of a generator',
  level: 'core',
  dimensions: sizesOfBoth,
  inputs: { noise, ...arraysOfBoth },
  parameters: { rate, loss },
  usual: [
    { parameters: { rate: 0.1 } },
    { sizes: { M: 4, Z: 2, Hg: 4, X: 2, Hd: 4 }, parameters: { loss: 'non-saturating' } },
    { sizes: { M: 8, Z: 2, X: 2 }, parameters: { rate: 0.05 } },
  ],
  work: workOfBoth,
  effort,
  sums: ofSlopes,
  outputs: arraysOfBoth,
  classes: { ...classesOfSteps, ...classesOfLoss },
})

export const generatorUpdate = clause({
  id: 'gan.gen-update',
  title: 'The generator climbs the mean of ln D over samples of new noise',
  kind: 'algorithm',
  operations: [generatorStep, generatorObjective],
  statement:
    'The step draws new noise and adds $\\eta$ times the gradient of the mean of $\\ln D(G(z_i))$ by the parameters of the generator (non-saturating), or of the mean of $-\\ln(1 - D(G(z_i)))$ (saturating, the same as to descend on the term of the game). The discriminator is after the step to the bit what it was before. A discriminator that gives one logit for all samples leaves the generator where it is.',
  formula: String.raw`w_G \leftarrow w_G + \eta\, \nabla_{w_G} \frac1m \sum_{i=1}^m \ln D(G(z_i))`,
  domain: 'Any networks and noise, and rates that are not negative.',
  conventions: [
    {
      choice: 'Both objectives are climbed; which one is a parameter.',
      others:
        'Algorithm 1 of the publication descends on the mean of ln(1 − D), and its text recommends ln D instead; code descends on the cross-entropy with the labels of real samples.',
    },
  ],
  source: {
    notes: [
      [665, 665],
      [668, 668],
      [686, 686],
    ],
    publications: [{ ...goodfellow, where: 'section 3 and algorithm 1' }],
  },
  errata: [],
})

export const throughDiscriminator = clause({
  id: 'gan.gen.through-discriminator',
  title: 'The gradient of the generator comes through the discriminator',
  kind: 'gradient',
  operations: [generatorObjectiveGradient, generatorStep],
  statement:
    'The gradient by the parameters of the generator is the Jacobian of the samples, transposed, times the gradient of the logit by the sample, times the derivative of the objective by the logit: $1 - D$ of the non-saturating objective and $D$ of the saturating one, divided by $m$. Of the data it sees nothing but the discriminator. Where the logit does not depend on the sample it is 0. Discriminators that give the same logits near the samples give the same gradient; to double what enters their hidden units and to halve what leaves them changes nothing.',
  formula: String.raw`\nabla_{w_G} \ell(D(G(z))) = J_{w_G} G(z)^\top\, \nabla_x a(G(z))\, \ell',\qquad \ell' = 1 - D \;\text{or}\; D`,
  domain: 'Any networks and noise; at 0 the slope of a hidden unit of the discriminator is 0.2.',
  conventions: [],
  evaluations: [
    { way: 'with $1 - D$ as a difference, as gradients of cross-entropy from logits have it' },
  ],
  source: {
    notes: [
      [676, 676],
      [680, 680],
    ],
    publications: [{ ...goodfellow, where: 'section 3 and algorithm 1' }],
  },
  errata: [],
})
