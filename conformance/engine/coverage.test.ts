import { expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { properties } from '../properties/index.ts'
import { casesOf } from './cases.ts'
import { Coverage } from './coverage.ts'

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
