import { expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { toBase64 } from '../base/base64.ts'
import { properties } from '../properties/index.ts'
import { casesOf } from './cases.ts'
import { Coverage, pairsIn } from './coverage.ts'

const property = properties.find(({ id }) => id === 'cnn.conv2d.forward/exact')!
const cases = casesOf(property, referencesById, 0)
const next = () => cases.next().value.on('float32').testCase

it('tells pairs of which there were only cases that an implementation does not take', () => {
  const [taken, declined] = [next(), next()]
  const coverage = new Coverage(property.operations[0]!)
  coverage.count(taken)
  // As another case of the same kind may be declined, such as one of other numbers.
  coverage.decline(taken)
  expect(coverage.covered(null)).not.toHaveProperty('pairsDeclined')
  coverage.decline(declined)
  expect(coverage.covered(null)).toHaveProperty('pairsDeclined')
})

/** What a property covered, of ten pairs; the highest bit is that of the tenth. */
const coveredOf = (pairs: number, pairsReached: number, pairsDeclined?: number) => {
  const packed = (bits: number) => toBase64(Uint8Array.of(bits & 255, bits >> 8))
  return {
    pairs: packed(pairs),
    pairsReached: packed(pairsReached),
    ...(pairsDeclined !== undefined && { pairsDeclined: packed(pairsDeclined) }),
    largestSizes: {},
  }
}

it('counts the pairs that any of several properties met, and as declined what none did', () => {
  const one = coveredOf(0b10_0000_0111, 0b00_0000_0101)
  expect(pairsIn([one])).toEqual({ pairs: 4, pairsReached: 2, pairsDeclined: 0 })
  // The second pair is met by it, the third and the fourth are not taken, of which the other met the third.
  const other = coveredOf(0b00_0000_1010, 0b00_0000_0010, 0b00_0000_1100)
  expect(pairsIn([one, other])).toEqual({ pairs: 4, pairsReached: 3, pairsDeclined: 1 })
  expect(pairsIn([])).toEqual({ pairs: 0, pairsReached: 0, pairsDeclined: 0 })
})
