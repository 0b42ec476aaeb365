import { describe, expect, it } from 'vitest'
import { testsOf } from './plan.ts'

const areasOf = (folder: string, files = '**/*.ts') =>
  testsOf(folder, files).TOUCHSTONE_MUTATED_AREAS

describe('the tests that are to notice a mutant', () => {
  it('of an area are its clauses', () => {
    expect(areasOf('reference/gru')).toBe('gru')
    expect(areasOf('impl/cnn', 'conv2d.ts')).toBe('cnn')
  })

  it('of what several areas compute are the clauses of those, however far away they import it', () => {
    // The one file that imports it is matrix.ts.
    expect(areasOf('reference', 'jacobi.ts')).toBe(areasOf('reference', 'matrix.ts'))
    expect(areasOf('reference', 'matrix.ts')).toBe('federated,gan,lowrank')
    expect(areasOf('reference/arithmetic')).toBe(areasOf('reference'))
    expect(areasOf('impl/device')).toBe('')
  })

  it('of the engine are those beside it', () => {
    expect(testsOf('conformance/engine', 'floor.ts')).toEqual({
      TOUCHSTONE_MUTATED_TESTS: 'conformance/engine/floor.test.ts',
    })
  })
})
