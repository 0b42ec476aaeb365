import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  type Constraint,
  operation,
  type Parameters,
  type Usual,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { linearStructure } from './publications.ts'

const most = ({ rows, columns }: Parameters) => Math.min(rows, columns)

/** A matrix of m × k has no more than min(m, k) singular values. */
export const keptWithin: Constraint = {
  says: 'no more kept singular values than there are',
  argument: 'kept',
  holds: (_, parameters) => parameters.kept <= most(parameters),
  repair: (parameters) => ({ ...parameters, kept: Math.min(parameters.kept, most(parameters)) }),
  violate: (parameters) => ({ ...parameters, kept: most(parameters) + 1 }),
}

/** A layer, and how many of its singular values are kept. */
export const keptOfLayer = {
  rows: integer({ min: 1, upTo: 64 }),
  columns: integer({ min: 1, upTo: 64 }),
  kept: integer({ min: 1, upTo: 48 }),
} as const

/** Fully connected layers of AlexNet, VGG and a network for digits, and the smallest matrix. */
export const usualLayers: readonly Usual[] = [
  { parameters: { rows: 9216, columns: 4096, kept: 512 } },
  { parameters: { rows: 25088, columns: 4096, kept: 1024 } },
  { parameters: { rows: 4096, columns: 1000, kept: 1000 } },
  { parameters: { rows: 784, columns: 300, kept: 32 } },
  { parameters: { rows: 1, columns: 1, kept: 1 } },
] as const

/** How many numbers are stored. */
export const factorStorage = operation({
  id: 'lowrank.factorStorage',
  title: 'Numbers that a truncated decomposition stores',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: keptOfLayer,
  constraints: [keptWithin],
  usual: usualLayers,
  outputs: {
    whole: array('the numbers of the matrix itself'),
    factors: array('those of the three factors, of the middle one its diagonal'),
    absorbed: array('those of two factors, one of which has taken in the diagonal'),
  },
  classes: {
    'more rows than columns': ({ parameters: p }: CaseView) => p.rows > p.columns,
    'fewer rows than columns': ({ parameters: p }: CaseView) => p.rows < p.columns,
    'every value kept': ({ parameters: p }: CaseView) => p.kept === Math.min(p.rows, p.columns),
    'one value kept': ({ parameters: p }: CaseView) => p.kept === 1,
    'factors larger than the matrix': ({ parameters: p }: CaseView) =>
      p.kept * (p.rows + p.columns + 1) > p.rows * p.columns,
  },
})

export const storage = clause({
  id: 'lowrank.storage',
  title: 'Three factors with t kept values store t (m + k + 1) numbers',
  kind: 'count',
  operations: [factorStorage],
  statement:
    'A matrix of $m \\times k$ stores $mk$ numbers. Its truncation to $t$ singular values stores $mt$ of the left vectors, $t$ on the diagonal, for the rest of the $t \\times t$ matrix is zero, and $tk$ of the right vectors. Where the diagonal is multiplied into one of the others, $t(m + k)$ are left.',
  formula: String.raw`mt + t + tk = t(m + k + 1),\qquad t(m + k)`,
  domain: 'Whole numbers with $1 \\le t \\le \\min(m, k)$; anything else is rejected.',
  conventions: [
    {
      choice: 'Every number counts once, zeros of the matrix and orthogonality not considered.',
      others:
        'Orthonormal vectors have fewer degrees of freedom, $t(m + k - t)$ in all; nobody stores them so.',
    },
  ],
  source: {
    notes: [[242, 242]],
    publications: [{ ...linearStructure, where: 'section 3.2.1' }],
  },
  errata: [],
})
