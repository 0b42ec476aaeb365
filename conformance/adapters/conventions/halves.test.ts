import { describe, expect, it } from 'vitest'
import { profiles } from '../../../reference/arithmetic/profile.ts'
import { referencesById } from '../../../reference/index.ts'
import { clauseById, operations } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { type Fault, referenceImplementation } from '../../engine/fault.ts'
import { roundsAwayFromZero } from '../../properties/quantization/integer-matmul-faults.ts'
import {
  roundsAway,
  roundsSum,
  roundsUp,
} from '../../properties/quantization/reduced-bits-faults.ts'
import { checkClause } from '../../suite/clauses.ts'
import { speaking } from '../speaking.ts'

const quantize = 'quantization.reduced-bits.quantize'
const requantize = 'quantization.per-layer-scale.requantize'

const right = referenceImplementation(operations, referencesById)

/** The properties that fail for the reference with one operation that rounds so, and says what it follows. */
async function wrongOf(clause: string, fault: Fault, halves: string) {
  const own = { [fault.operation.id]: fault.evaluate }
  const spoken = speaking(own, { conventions: { halves } })
  const implementation = {
    ...right,
    profile: profiles.ieee,
    operations: { ...right.operations, ...spoken },
  }
  const options = { runs: 60, seed: 5, deadline: null, kept: {}, shrink: false, killing: false }
  const { properties } = await checkClause(clauseById(clause)!, implementation, options)
  return properties.filter(({ verdict }) => verdict.outcome !== 'conforms').map(({ id }) => id)
}

describe.each([
  ['away from zero', quantize, roundsAway, 'up'],
  ['up', quantize, roundsUp, 'away from zero'],
  ['sum to even', quantize, roundsSum, 'to even'],
  ['away from zero', requantize, roundsAwayFromZero, 'to even'],
] as const)('halves %s: %s', (halves, clause, fault, other) => {
  it('conforms where it is declared', async () => {
    expect(await wrongOf(clause, fault, halves)).toEqual([])
  })
  it(`does not where ${other} is`, async () => {
    expect(await wrongOf(clause, fault, other)).not.toEqual([])
  })
})

const row = (...data: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape: [1, data.length],
  data: Float32Array.from(data),
})
const numbers = (...data: readonly number[]): Tensor => ({ ...row(...data), shape: [data.length] })

describe('of codes that are answered', () => {
  const asked = { bits: 8, range: 'unsigned', per: 'tensor' } as const
  const readAs = async (id: string, inputs: Readonly<Record<string, Tensor>>, output: Tensor) => {
    const name = id.endsWith('affineScale') ? 'zeroPoints' : 'codes'
    const own = { [id]: () => ({ [name]: output }) }
    const spoken = speaking(own, { conventions: { halves: 'away from zero' } })
    const answer = (await spoken[id]!(inputs, asked)) as Readonly<Record<string, Tensor>>
    return [...answer[name]!.data]
  }

  it('only those of halves are exchanged', async () => {
    // Halves of 1, 5 and 9, and 3.5; then codes that no rule gives.
    const inputs = { x: row(1, 5, 9, 7, 5, 6), scales: numbers(2), zeroPoints: numbers(0) }
    const read = await readAs('quantization.quantize', inputs, row(1, 2, 5, 4, 9, 2))
    expect(read).toEqual([0, 3, 4, 4, 9, 2])
  })
  it('so is a zero point', async () => {
    // The range is 510, a step 2, and −5 lies 2.5 steps below 0.
    const inputs = { w: row(-5, 505) }
    expect(await readAs('quantization.affineScale', inputs, numbers(3))).toEqual([2])
    expect(await readAs('quantization.affineScale', inputs, numbers(2))).toEqual([3])
  })
  it('what is no answer to a right question is left as it is', async () => {
    expect(await readAs('quantization.quantize', { x: row(1) }, row(7))).toEqual([7])
  })
})
