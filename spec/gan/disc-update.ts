import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, type Sizes } from '../language/operation.ts'
import {
  arraysOfBoth,
  classesOfSteps,
  effort,
  generatorArrays,
  rate,
  sizesOfBoth,
  workOfBoth,
} from './network.ts'
import { goodfellow } from './publications.ts'

/** The parameters of a discriminator after each of several steps. */
export const discriminatorStates = {
  discriminatorHidden: array('weights to the hidden units after each step', 'T', 'X', 'Hd'),
  discriminatorHiddenBias: array('biases of the hidden units after each step', 'T', 'Hd'),
  discriminatorOutput: array('weights to the logit after each step', 'T', 'Hd'),
  discriminatorOutputBias: array('bias of the logit after each step', 'T'),
} as const

/** Why sums of gradients are not judged by their statistics. */
export const ofSlopes = 'The sums are of slopes, which are sums themselves.'

/** Steps of a discriminator, while the generator stays as it is. */
export const discriminatorSteps = operation({
  id: 'gan.discriminatorSteps',
  title: 'Steps of a discriminator',
  level: 'core',
  dimensions: { T: free(1, 3, 'steps'), ...sizesOfBoth },
  inputs: {
    samples: array('real samples, a batch for each step', 'T', 'M', 'X'),
    noise: array('noise of the generated samples, a batch for each step', 'T', 'M', 'Z'),
    ...arraysOfBoth,
  },
  parameters: { rate },
  usual: [
    { sizes: { T: 1 }, parameters: { rate: 0.1 } },
    { sizes: { T: 5, M: 4, Z: 2, X: 2 }, parameters: { rate: 0.05 } },
    { sizes: { T: 2, M: 8, Z: 2, Hg: 4, X: 2, Hd: 4 } },
  ],
  work: (sizes: Sizes) => 2 * sizes.T! * workOfBoth(sizes),
  effort,
  sums: ofSlopes,
  states: Object.keys(discriminatorStates),
  outputs: { ...discriminatorStates, ...generatorArrays },
  classes: {
    ...classesOfSteps,
    'one step': ({ sizes }: CaseView) => sizes.T === 1,
    'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
  },
})

export const discriminatorUpdate = clause({
  id: 'gan.disc-update',
  title: 'The discriminator climbs the mean of ln D on real and of ln(1 − D) on generated samples',
  kind: 'algorithm',
  operations: [discriminatorSteps],
  statement:
    'Each step takes a batch of $m$ real samples and one of $m$ noise vectors, generates from the latter, and adds $\\eta$ times the gradient of the mean of $\\ln D(x_i) + \\ln(1 - D(G(z_i)))$ by the parameters of the discriminator. The derivative by the logit of a real sample is $(1 - D)/m$, by that of a generated one $-D/m$, so that neither is infinite where a probability is 0 or 1. Each step begins where the one before ended, with batches of its own; the order within a batch does not matter. A discriminator without weights to its logit goes to ½ by its bias alone.',
  formula: String.raw`w_D \leftarrow w_D + \eta\, \nabla_{w_D} \frac1m \sum_{i=1}^m \bigl[\ln D(x_i) + \ln(1 - D(G(z_i)))\bigr],\qquad \frac{\partial}{\partial a(x_i)} = \frac{1 - D(x_i)}m,\quad \frac{\partial}{\partial a(G(z_i))} = -\frac{D(G(z_i))}m`,
  domain: 'Any networks, samples and noise, and rates that are not negative.',
  conventions: [
    {
      choice: 'Plain gradient ascent on the sum of both means.',
      others:
        'Code descends on the negative, often on half of it, and with momentum or Adam, whose states the algorithm does not have.',
    },
    {
      choice:
        'The slope of a hidden unit of the discriminator is 1 above 0 and 0.2 elsewhere, at 0 as well.',
      others: 'Some have a rectifier, or another slope below 0, such as 0.01.',
    },
  ],
  evaluations: [
    { way: 'with $1 - D$ as a difference, as gradients of cross-entropy from logits have it' },
  ],
  source: {
    notes: [
      [652, 652],
      [656, 656],
      [658, 658],
      [661, 661],
      [670, 670],
    ],
    publications: [{ ...goodfellow, where: 'algorithm 1' }],
  },
  errata: [
    {
      id: 'E-56',
      lines: [661, 665],
      says: 'One letter is the size of a batch and the place in it, and no parameters are named by which the gradient is taken.',
      counterexample:
        'Real samples 1 and 3, generated ones 0, and a discriminator that gives ½ everywhere, with the sample as its hidden unit: the sum over both moves its output weight from 0 to 1 at the rate 1; the last sample, counted twice, would move it to 3/2.',
      correction:
        'The sum runs over $i$ from 1 to $m$, and the gradient is by $w_D$ in the first step and by $w_G$ in the second.',
      settledBy: { ...goodfellow, where: 'algorithm 1' },
    },
  ],
})

export const blackBox = clause({
  id: 'gan.disc.blackbox-generator',
  title: 'To the discriminator the generator is what it gives, and it stays as it is',
  kind: 'law',
  operations: [discriminatorSteps],
  statement:
    'A step of the discriminator depends on the generator through the samples alone: generators that give the same samples lead to the same step, to the bit. No gradient is taken by the parameters of the generator, which are after the steps what they were before.',
  formula: String.raw`G(z_i) = G'(z_i)\;\forall i \;\Rightarrow\; \nabla_{w_D} V(G, D) = \nabla_{w_D} V(G', D),\qquad w_G^{(t)} = w_G^{(0)}`,
  domain: 'As of the steps.',
  conventions: [],
  source: {
    notes: [
      [674, 674],
      [684, 684],
    ],
    publications: [{ ...goodfellow, where: 'algorithm 1' }],
  },
  errata: [],
})
