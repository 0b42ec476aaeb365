import { clause } from '../language/clause.ts'
import {
  array,
  atLeast,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
  type Sizes,
  someInEachRow,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { heusel, salimans } from './publications-evaluation.ts'

const rowsOf = ({ inputs, sizes }: CaseView): readonly (readonly number[])[] =>
  Array.from({ length: sizes.N! }, (_, n) =>
    Array.from(inputs.probabilities!.data.slice(n * sizes.C!, (n + 1) * sizes.C!)),
  )

/** How sure a classifier is of generated samples, and how many classes it sees among them. */
export const inceptionScore = operation({
  id: 'gan.inceptionScore',
  title: 'Inception score of generated samples',
  level: 'core',
  dimensions: {
    N: atLeast(
      (_: Sizes, { splits }: Parameters) => splits,
      8,
      'generated samples',
      'the number of splits',
    ),
    C: free(1, 5, 'classes'),
    Splits: derived((_: Sizes, { splits }: Parameters) => splits, 'splits'),
    Moments: derived(() => 2, 'mean, standard deviation'),
  },
  inputs: {
    probabilities: someInEachRow(
      nonnegative('what a classifier has for each class of each generated sample', 'N', 'C'),
    ),
  },
  parameters: { splits: integer({ min: 1, upTo: 4, max: 32 }) },
  usual: [
    { sizes: { C: 10 }, parameters: { splits: 1 } },
    { sizes: { N: 25, C: 10 }, parameters: { splits: 10 } },
    { sizes: { N: 1 }, parameters: { splits: 1 } },
  ],
  effort: () => 200,
  sums: 'The terms have logarithms and quotients in them.',
  outputs: {
    scores: array('the score of each split', 'Splits'),
    score: array('their mean, and their standard deviation by the number of splits', 'Moments'),
  },
  classes: {
    'a single split': ({ parameters }: CaseView) => parameters.splits === 1,
    'splits of one size': ({ sizes, parameters }: CaseView) =>
      parameters.splits > 1 && sizes.N! % parameters.splits === 0,
    'splits of two sizes': ({ sizes, parameters }: CaseView) => sizes.N! % parameters.splits > 0,
    'one sample': ({ sizes }: CaseView) => sizes.N === 1,
    'one class': ({ sizes }: CaseView) => sizes.C === 1,
    'a probability of 0': ({ inputs }: CaseView) => inputs.probabilities!.data.includes(0),
    'certain of every sample, of several classes': (the: CaseView) => {
      const rows = rowsOf(the)
      const chosen = rows.map((row) => row.findIndex((w) => w > 0))
      return rows.every((row) => row.filter((w) => w > 0).length === 1) && new Set(chosen).size > 1
    },
    'all samples alike': (the: CaseView) => {
      const [first, ...others] = rowsOf(the)
      return others.length > 0 && others.every((row) => row.every((w, c) => w === first![c]))
    },
    'rows that do not add up to 1': (the: CaseView) =>
      rowsOf(the).some((row) => row.reduce((sum, w) => sum + w, 0) !== 1),
  },
})

export const inceptionScoreClause = clause({
  id: 'gan.eval.inception-score',
  title: 'The inception score is high where each sample is certain and all together are diverse',
  kind: 'formula',
  operations: [inceptionScore],
  statement:
    'A fixed classifier gives the probabilities of classes of each generated sample; no real sample takes part. The score of a set is the exponential of the mean divergence of a sample’s classes from those of the set, which is how much a sample tells of its class, in nats. It is at least 1, reached where all samples get the same probabilities, and at most the number of classes, reached where each sample has one class for certain and all classes come equally often; a generator that makes one class alone has the score 1. Neither the order of the samples in a split nor that of the classes matters, and a set that is there twice has the same score. With $S$ splits the score is the mean of those of the splits, and what it varies by is their standard deviation. The fewer samples a split has, the lower its score comes out: one sample always scores 1.',
  formula: String.raw`\mathrm{IS}_s = \exp\Bigl(\frac{1}{N_s} \sum_{n \in s} \sum_c p_{nc} \ln\frac{p_{nc}}{\bar p_c}\Bigr),\quad \bar p_c = \frac{1}{N_s} \sum_{n \in s} p_{nc},\quad p_{nc} = \frac{w_{nc}}{\sum_k w_{nk}},\quad 0 \ln 0 = 0;\qquad s\text{-th split: } \Bigl\lfloor \frac{sN}{S} \Bigr\rfloor \le n < \Bigl\lfloor \frac{(s+1)N}{S} \Bigr\rfloor`,
  domain:
    'Any numbers that are not negative, of which each sample has one above 0; at least as many samples as splits.',
  conventions: [
    {
      choice: 'Rows are divided by their sums, so that they are probabilities to the last digit.',
      others:
        'TorchMetrics takes scores and applies a softmax itself; the code of Salimans et al. takes the rows as they are.',
    },
    {
      choice:
        'Splits follow the order of the samples. Every sample is in one, and their sizes differ by 1 at most.',
      others:
        'Some code has ⌊N / S⌋ samples in each split and drops the rest; TorchMetrics shuffles, and cuts pieces of ⌈N / S⌉, of which there may be fewer than S.',
    },
    {
      choice: 'The spread divides by the number of splits, so that a single split has none.',
      others: 'TorchMetrics divides by one less, and gives NaN for a single split.',
    },
    {
      choice: 'A class that no sample of a split may be counts for nothing.',
      others: 'Some code adds a small number to probabilities before it takes logarithms.',
    },
  ],
  evaluations: [
    { way: 'by the difference of two logarithms' },
    { way: 'by the entropy of the mean, less the mean entropy' },
  ],
  source: {
    notes: [[727, 727]],
    publications: [{ ...salimans, where: 'section 4' }],
  },
  errata: [
    {
      id: 'E-58',
      lines: [727, 727],
      says: 'The inception score takes statistics of activations of generated and of real images, and measures how they compare.',
      counterexample:
        'Two generated samples, each certain to be of a class of its own, beside the same two as real ones: statistics that are compared differ by 0, and the inception score is 2.',
      correction:
        'The score needs the class probabilities of generated samples alone. What compares activations of both is the Fréchet distance, or a distance of feature statistics.',
      settledBy: { ...heusel, where: 'experiments, performance measure, and appendix A1' },
    },
  ],
})
