import { describe, expect, test } from 'vitest'
import { operations } from '../../spec/index.ts'
import { mistakes } from './mistakes/index.ts'
import { caseThatShows } from './search.ts'

describe('every mistake is one:', () => {
  test.each(mistakes.map((mistake) => [mistake.id, mistake] as const))('%s', async (_, mistake) => {
    expect(await caseThatShows(mistake)).not.toBeNull()
  })
})

test('every operation has a mistake', () => {
  const mistaken = new Set(mistakes.map(({ operation }) => operation.id))
  expect(operations.filter(({ id }) => !mistaken.has(id)).map(({ id }) => id)).toEqual([])
})

test('there are at least 150 of them, each told apart by its sentence', () => {
  expect(new Set(mistakes.map(({ id }) => id)).size).toBe(mistakes.length)
  expect(mistakes.length).toBeGreaterThanOrEqual(150)
})
