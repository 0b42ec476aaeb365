import { describe, expect, it } from 'vitest'
import { operations } from '../../spec/index.ts'
import { waysOf } from '../fixtures/ways.ts'

describe('every way in which an operation may be computed is the same formula', () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s',
    (_, operation) => {
      expect(waysOf(operation, 25).different).toEqual([])
    },
  )
})
