import { expect, test } from 'vitest'
import { nearly } from './roundings.ts'

test('a number that is off by more roundings is another', () => {
  const [one, ulp] = [1, 2 ** -52]
  expect([one, one + ulp]).toEqual([nearly(1, 2), nearly(1, 2)])
  expect(one + 2 * ulp).not.toEqual(nearly(1, 2))
  expect(Number.NaN).not.toEqual(nearly(1))
  expect(2 ** -1074).not.toEqual(nearly(0))
  expect(-one).not.toEqual(nearly(1))
})
