import { clause } from '../language/clause.ts'
import { array, type CaseView, free, nonnegative, operation } from '../language/operation.ts'
import { choice, integer, real } from '../language/parameter.ts'
import { linearStructure, matrixComputations } from './publications.ts'

/** The factors of a matrix, as the operations on them take them. */
export const factors = {
  U: array('the left vectors, one a column', 'H', 'R'),
  S: nonnegative('the singular values, in any order', 'R'),
  V: array('the right vectors, one a column', 'W', 'R'),
} as const

export const factorSizes = {
  H: free(1, 5, 'rows of the matrix'),
  W: free(1, 5, 'columns of the matrix'),
  R: free(1, 5, 'singular values'),
} as const

const valuesOf = ({ inputs }: CaseView) => Array.from(inputs.S!.data)

/** How many are kept, as the clause says. */
const keptOf = (the: CaseView) => {
  const { rule, count, threshold } = the.parameters
  const values = valuesOf(the)
  return rule === 'count'
    ? Math.min(count, values.length)
    : values.filter((value) => value >= threshold).length
}

/** The matrix of the largest singular values. */
export const truncate = operation({
  id: 'lowrank.truncate',
  title: 'Truncation of a singular value decomposition',
  level: 'core',
  dimensions: factorSizes,
  inputs: factors,
  parameters: {
    rule: choice('count', 'threshold'),
    count: integer({ min: 0, upTo: 5 }),
    threshold: real({ min: 0, from: 0, to: 3, values: [0, 1, 2] }),
  },
  usual: [
    { parameters: { rule: 'count', count: 2 } },
    { parameters: { rule: 'count', count: 0 } },
    { parameters: { rule: 'threshold', threshold: 1 } },
    { parameters: { rule: 'threshold', threshold: 0 } },
    { sizes: { H: 32, W: 24, R: 16 }, parameters: { rule: 'count', count: 8 } },
    { sizes: { R: 1 } },
  ],
  outputs: {
    kept: array('1 for each singular value that is kept, else 0', 'R'),
    matrix: array('what they make up', 'H', 'W'),
  },
  sums: 'What is added is rounded before: each term is a product of three.',
  classes: {
    'by count': ({ parameters }: CaseView) => parameters.rule === 'count',
    'by threshold': ({ parameters }: CaseView) => parameters.rule === 'threshold',
    'nothing kept': (the: CaseView) => keptOf(the) === 0,
    'everything kept': (the: CaseView) => keptOf(the) === the.sizes.R,
    'some kept': (the: CaseView) => keptOf(the) > 0 && keptOf(the) < the.sizes.R!,
    'a value equal to the threshold': (the: CaseView) =>
      the.parameters.rule === 'threshold' && valuesOf(the).includes(the.parameters.threshold),
    'equal values, of which some are kept': (the: CaseView) => {
      const sorted = valuesOf(the).toSorted((a, b) => b - a)
      const kept = keptOf(the)
      return (
        the.parameters.rule === 'count' &&
        kept > 0 &&
        kept < sorted.length &&
        sorted[kept - 1] === sorted[kept]
      )
    },
    'values that are not in order': (the: CaseView) =>
      valuesOf(the).some((value, i, values) => i > 0 && value > values[i - 1]!),
  },
})

export const truncated = clause({
  id: 'lowrank.truncate',
  title: 'Truncation keeps the largest singular values with their vectors',
  kind: 'formula',
  operations: [truncate],
  statement:
    'The truncated matrix is the sum of the outer products of the left and right vectors of the kept values, each times its value. By count, the $t$ largest values are kept, or all if there are no more; by threshold, all values of at least $\\tau$. Everything kept is the matrix itself, nothing kept is zero, and whoever truncates again by the same rule changes nothing.',
  formula: String.raw`\tilde W_{ij} = \sum_{l \in T} s_l\, U_{il} V_{jl},\qquad T = \{\text{the } t \text{ largest}\} \;\text{or}\; \{l : s_l \ge \tau\}`,
  domain:
    'Any vectors, singular values from 0 on, counts from 0 on, thresholds from 0 on. That the vectors are orthonormal is not needed for the sum.',
  conventions: [
    {
      choice: 'Of equal values at the end of a count, those with the smaller indices are kept.',
      others:
        'With such a tie the best approximation is not unique: any of them is as near to the matrix.',
    },
    {
      choice: 'A value equal to the threshold is kept.',
      others: 'NumPy and PyTorch drop it where they compute a rank: they count values above it.',
    },
    {
      choice: 'The threshold is absolute.',
      others: 'Libraries often take a share of the largest value; multiply it first.',
    },
    {
      choice: 'The right vectors are the columns of V.',
      others: 'NumPy, PyTorch and JAX return its transpose, whose rows they are.',
    },
  ],
  source: {
    notes: [
      [240, 240],
      [266, 266],
      [268, 268],
    ],
    publications: [
      { ...matrixComputations, where: 'theorem 2.4.8' },
      { ...linearStructure, where: 'section 3.2.1' },
    ],
  },
  errata: [],
})
