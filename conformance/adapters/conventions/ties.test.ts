import { describe, expect, it } from 'vitest'
import { profiles } from '../../../reference/arithmetic/profile.ts'
import { referencesById } from '../../../reference/index.ts'
import { clauseById, operations } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { type Fault, referenceImplementation } from '../../engine/fault.ts'
import type { Evaluate, Implementation } from '../../engine/implementation.ts'
import { lastTieFirst } from '../../properties/pruning/magnitude-faults.ts'
import { takesLaterOfEqual } from '../../properties/pruning/obd-rounds-faults.ts'
import { firstOfEqual } from '../../properties/pruning/sparse-faults.ts'
import { keepsLowerOfEqual } from '../../properties/pruning/structured-faults.ts'
import { checkClause } from '../../suite/clauses.ts'
import { speaking } from '../speaking.ts'

const tensor = (shape: readonly number[], ...data: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
})

const right = referenceImplementation(operations, referencesById)

/** The reference, with some operations that remove the higher index first. */
function inConvention(
  own: Readonly<Record<string, Evaluate>>,
  prunedFirst: string,
): Implementation {
  const spoken = speaking(own, { conventions: { prunedFirst } })
  return { ...right, profile: profiles.ieee, operations: { ...right.operations, ...spoken } }
}

const provided = (fault: Fault) => ({ [fault.operation.id]: fault.evaluate })

async function wrongOf(clause: string, implementation: Implementation) {
  const options = { runs: 60, seed: 5, deadline: null, kept: {}, shrink: false, killing: false }
  const { properties } = await checkClause(clauseById(clause)!, implementation, options)
  return properties.filter(({ verdict }) => verdict.outcome !== 'conforms').map(({ id }) => id)
}

describe.each([
  ['pruning.percentage', lastTieFirst],
  ['pruning.obd.algorithm', takesLaterOfEqual],
  ['pruning.unstructured', firstOfEqual],
  ['pruning.structured', keepsLowerOfEqual],
] as const)('of equal ones the higher first: %s', (clause, fault) => {
  it('conforms where it is declared, and not where it is not', async () => {
    expect(await wrongOf(clause, inConvention(provided(fault), 'higher index'))).toEqual([])
    expect(await wrongOf(clause, inConvention(provided(fault), 'lower index'))).not.toEqual([])
  })
})

it('what has not the shape that it should is put as it is, to be refused', async () => {
  const seen: unknown[] = []
  const own: Record<string, Evaluate> = {
    'pruning.byPercentage': (inputs) => {
      seen.push(inputs)
      return {}
    },
  }
  const weights = tensor([2], 1, 2)
  const spoken = speaking(own, { conventions: { prunedFirst: 'higher index' } })
  const inputs = { weights1: weights, weights2: weights }
  await spoken['pruning.byPercentage']!(inputs, { share: 0.5, scope: 'layer' })
  expect(seen).toEqual([inputs])
})
