import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
  type Range,
  type Sizes,
  some,
  whole,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { goodfellowTutorial, salimans } from './publications-evaluation.ts'

const most = ({ inputs }: CaseView) => Math.max(...inputs.logits!.data)

/** What a generator loses against a discriminator that stays as it is, and the least that any could. */
export const bestResponse = operation({
  id: 'gan.bestResponse',
  title: 'Best response of a generator to a fixed discriminator',
  level: 'core',
  dimensions: {
    N: free(1, 6, 'points'),
    Two: derived(() => 2, 'the given generator, the best one'),
  },
  inputs: {
    logits: array('what the discriminator gives at each point', 'N'),
    generated: some(nonnegative('how often the generator makes each point', 'N')),
  },
  parameters: {},
  usual: [{ sizes: { N: 2 } }, { sizes: { N: 10 } }],
  effort: () => 20,
  sums: 'The terms have logarithms and quotients in them.',
  outputs: {
    losses: array('the loss of the generator, and the least that any generator has', 'Two'),
    best: array('1 for each point that a best generator may make, else 0', 'N'),
  },
  classes: {
    'a single best point, of several': (the: CaseView) =>
      the.sizes.N! > 1 && the.inputs.logits!.data.filter((a) => a === most(the)).length === 1,
    'several best points': (the: CaseView) =>
      the.inputs.logits!.data.filter((a) => a === most(the)).length > 1,
    'a generator that makes one point, of several': ({ sizes, inputs }: CaseView) =>
      sizes.N! > 1 && inputs.generated!.data.filter((w) => w > 0).length === 1,
    'a best response': (the: CaseView) =>
      the.inputs.generated!.data.every(
        (w, n) => w === 0 || the.inputs.logits!.data[n] === most(the),
      ),
    'a discriminator that is certain': ({ inputs }: CaseView) =>
      inputs.logits!.data.some((a) => Math.abs(a) > 100),
  },
})

/** How many modes generated samples cover. */
export const modeCoverage = operation({
  id: 'gan.modeCoverage',
  title: 'Modes that generated samples cover',
  level: 'core',
  dimensions: {
    N: free(1, 8, 'generated samples'),
    C: derived((_: Sizes, { modes }: Parameters) => modes, 'modes'),
  },
  inputs: {
    assigned: whole(
      ({ modes }: Parameters): Range => [0, modes - 1],
      'the mode that each sample belongs to, as a classifier says',
      'N',
    ),
  },
  parameters: {
    modes: integer({ min: 1, upTo: 10, max: 1000 }),
    least: integer({ min: 1, upTo: 3, max: 1000 }),
  },
  usual: [
    { sizes: { N: 64 }, parameters: { modes: 10, least: 1 } },
    { sizes: { N: 64 }, parameters: { modes: 8, least: 2 } },
  ],
  work: ({ N }, { modes }) => N! * modes,
  sums: 'Samples are counted.',
  outputs: {
    counts: array('how many samples belong to each mode', 'C'),
    covered: array('how many modes have as many samples as it takes'),
  },
  classes: {
    'every mode covered, of several': ({ inputs, parameters: p }: CaseView) =>
      p.modes > 1 && p.least === 1 && new Set(inputs.assigned!.data).size === p.modes,
    'one mode alone, of several': ({ inputs, parameters: p, sizes }: CaseView) =>
      p.modes > 1 && sizes.N! > 1 && new Set(inputs.assigned!.data).size === 1,
    'several samples needed': ({ parameters: p }: CaseView) => p.least > 1,
    'a single mode': ({ parameters: p }: CaseView) => p.modes === 1,
    'a mode with exactly as many as needed': ({ inputs, parameters: p }: CaseView) =>
      Array.from({ length: p.modes }, (_, c) => c).some(
        (c) => inputs.assigned!.data.filter((mode) => mode === c).length === p.least,
      ),
  },
})

export const modeCollapse = clause({
  id: 'gan.mode-collapse',
  title: 'Against a fixed discriminator the best generator makes only what is most believed',
  kind: 'theorem',
  operations: [bestResponse, modeCoverage],
  statement:
    'The loss of a generator is linear in its distribution, a mean over the points that it makes. Against a discriminator that stays as it is no generator is below the least loss of a single point, that of the point which is most believed to be real; and it is reached by every distribution on such points, and by no other. Where there is one such point, the best generator makes it alone: of ten digits one. It does not matter how much of the data that point has. Coverage counts the modes that have as many samples as it takes, of ten digits ten in the best case, and one after a collapse.',
  formula: String.raw`\min_{p_g} \mathbb{E}_{x \sim p_g} \ln(1 - D(x)) = \min_x \ln(1 - D(x)) = -\ln(1 + e^{\max_x a(x)}),\qquad \operatorname{supp} p_g \subseteq \arg\max_x D(x);\qquad \text{covered} = \#\{c : n_c \ge \ell\}`,
  domain:
    'Finitely many points, any finite logits, weights that are not negative and not all 0; samples that a classifier has put into modes.',
  conventions: [
    {
      choice: 'The saturating loss, $\\ln(1 - D)$, which the generator lowers.',
      others:
        'The non-saturating one has the same best points, since it falls with the logit as well.',
    },
    {
      choice: 'A mode counts from a number of samples on, 1 unless told otherwise.',
      others:
        'Some count samples only within a distance of a mode, or with a classifier’s confidence.',
    },
  ],
  source: {
    notes: [[706, 706]],
    publications: [{ ...goodfellowTutorial, where: 'section 5.1.1' }],
  },
  errata: [
    {
      id: 'E-84',
      lines: [706, 709],
      says: 'A non-saturating loss of the generator and smoothed targets of the discriminator make mode collapse less.',
      counterexample:
        'Two digits with the logits 0 and ln 3. The non-saturating losses are ln 2 and ln 4/3: a generator that makes both alike loses 0.490 on the mean, and the least that any loses is 0.288, which is by the second digit alone.',
      correction:
        'The loss changes the slope where samples are rejected, and smoothed targets keep the discriminator from being too sure; the best point stays the best. What lets a discriminator see a collapse is to look at several samples together, by minibatch discrimination.',
      settledBy: { ...salimans, where: 'section 3.2, and section 3.4 on smoothed targets' },
    },
  ],
})
