import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { integer, list, record } from '../language/parameter.ts'
import { deepCompression, megatron } from './publications.ts'

/** Numbers of one width: weights, or what has to be stored beside them. */
type Part = { readonly numbers: number; readonly bits: number }

const parts = list(
  record({
    numbers: integer({ min: 1, upTo: 1000 }),
    bits: integer({ min: 1, upTo: 64, max: 64 }),
  }),
  { min: 1, max: 4 },
)

const bitsOf = (all: readonly Part[]) =>
  all.reduce((sum, { numbers, bits }) => sum + numbers * bits, 0)

/** How much room a model takes before and after it is compressed. */
export const storedSize = operation({
  id: 'compression.storedSize',
  title: 'Room that a model takes before and after it is compressed',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: { before: parts, after: parts },
  usual: [
    {
      parameters: {
        before: [{ numbers: 8_300_000_000, bits: 32 }],
        after: [{ numbers: 8_300_000_000, bits: 16 }],
      },
    },
    {
      parameters: {
        before: [{ numbers: 266_200, bits: 32 }],
        after: [
          { numbers: 21_400, bits: 6 },
          { numbers: 21_400, bits: 5 },
          { numbers: 64, bits: 32 },
        ],
      },
    },
    {
      parameters: {
        before: [{ numbers: 1000, bits: 32 }],
        after: [
          { numbers: 1000, bits: 8 },
          { numbers: 1, bits: 32 },
        ],
      },
    },
  ],
  outputs: {
    before: array('the bits of the model as it was'),
    after: array('those of the compressed one, all that belongs to it'),
    bytes: array('the whole bytes that hold the compressed one'),
    rate: array('how many times smaller it is'),
  },
  classes: {
    'one array': ({ parameters: p }: CaseView) => p.after.length === 1,
    'several arrays': ({ parameters: p }: CaseView) => p.after.length > 1,
    compression: ({ parameters: p }: CaseView) => bitsOf(p.after) < bitsOf(p.before),
    expansion: ({ parameters: p }: CaseView) => bitsOf(p.after) > bitsOf(p.before),
    'bits that fill no whole bytes': ({ parameters: p }: CaseView) => bitsOf(p.after) % 8 !== 0,
    'more bits than a signed word of 32 bits counts': ({ parameters: p }: CaseView) =>
      bitsOf(p.before) > 2 ** 31,
  },
})

export const sizeAccountingClause = clause({
  id: 'compression.size-accounting',
  title: 'A compressed model is as large as all that has to be stored of it',
  kind: 'count',
  operations: [storedSize],
  statement:
    'The size of a model is the sum over its arrays of how many numbers they have, times the bits of each. To what a compressed model stores belong its indices, its codebook and its scales as much as the weights that are left. The rate is the size before over the size after, below 1 where the model has grown. Where one technique follows another, their rates are multiplied. In whole bytes the size is rounded up, once.',
  formula: String.raw`S = \sum_a n_a b_a,\qquad \rho = \frac{S}{S'},\qquad \rho(S \to S'') = \rho(S \to S')\,\rho(S' \to S''),\qquad \lceil S' / 8 \rceil`,
  domain: 'Arrays of at least one number, of 1 to 64 bits each.',
  conventions: [
    {
      choice: 'Numbers of any width stand side by side without gaps.',
      others: 'Files that begin each array, or each row, at a whole byte or word are larger.',
    },
    {
      choice: 'A rate is how many times smaller a model is.',
      others: 'Some give the inverse, in per cent of the size before, or what is saved of it.',
    },
  ],
  source: {
    notes: [
      [153, 153],
      [155, 155],
      [160, 160],
    ],
    publications: [
      { ...deepCompression, where: 'equation 1 and table 1' },
      { ...megatron, where: 'section 1' },
    ],
  },
  errata: [],
})
