import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { clauseById, operations } from '../../spec/index.ts'

import type { Case } from '../arbitraries/case.ts'
import { referenceImplementation } from '../engine/fault.ts'
import { tensor } from '../kit/tensor.ts'
import { checkClause } from '../suite/clauses.ts'

/** Cases of a hunt on which a property was wrong, and not the implementation: that blamed the reference as well. */
const cases: readonly (readonly [property: string, why: string, testCase: Case])[] = [
  [
    'resnet.stack.gradient-highway/two-sided',
    'a number that was made equal to 4 + 1 gave branches of a norm above 1/2',
    {
      sizes: { L: 1, D: 2 },
      parameters: { activation: 'linear' },
      inputs: {
        x: tensor([2], [0, 0]),
        weights: tensor([1, 2, 2], [5, 4, 4, 4]),
        biases: tensor([1, 2], [0, 0]),
        dy: tensor([2], [-1, -1]),
      },
    },
  ],
  [
    'resnet.plain.gradient-product/decay',
    'the same through fifty plain layers',
    {
      sizes: { L: 50, D: 2 },
      parameters: { activation: 'linear' },
      inputs: {
        x: tensor([2], [0, 0]),
        weights: tensor([50, 2, 2], Array<number>(200).fill(5)),
        biases: tensor([50, 2], Array<number>(100).fill(0)),
        dy: tensor([2], [-1, -1]),
      },
    },
  ],
  [
    'training.lr.transient-decrease/falls-then-rises',
    'a steep part, though hidden, of a third of the flat one rises at once',
    {
      sizes: { Two: 2 },
      parameters: { hidden: 5 },
      inputs: { components: tensor([2], [1, 10]) },
    },
  ],
]

describe('a property that a hunt found to be wrong', () => {
  it.each(cases)('no longer blames the reference: %s, as %s', async (id, _, testCase) => {
    const right = referenceImplementation(operations, referencesById)
    const clause = clauseById(id.split('/')[0]!)!
    const options = { runs: 1, seed: 0, deadline: null, killing: false }
    const { properties } = await checkClause(clause, right, {
      ...options,
      kept: { [id]: [testCase] },
    })
    expect(properties.find((property) => property.id === id)?.verdict).toMatchObject({
      outcome: 'conforms',
      cases: 2,
    })
  })
})
