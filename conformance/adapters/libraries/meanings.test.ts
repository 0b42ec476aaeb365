import { expect, it } from 'vitest'
import { referencesById } from '../../../reference/index.ts'
import { operations } from '../../../spec/index.ts'
import { Unsupported } from '../../base/errors.ts'
import { referenceImplementation } from '../../engine/fault.ts'
import { tensor } from '../../kit/tensor.ts'
import { meanings, withMeanings } from './meanings.ts'

const right = referenceImplementation(operations, referencesById)
const pooling = { kernel: [1, 1], strides: [1, 1], padding: 'valid' }

it('names arguments that the operations have', () => {
  for (const ofLibrary of Object.values(meanings)) {
    for (const [id, beyond] of Object.entries(ofLibrary)) {
      const operation = operations.find((one) => one.id === id)!
      expect(Object.keys(beyond), id).not.toEqual([])
      const known = [...Object.keys(operation.inputs), ...Object.keys(operation.parameters)]
      expect(
        Object.keys(beyond).filter((name) => !known.includes(name)),
        id,
      ).toEqual([])
    }
  }
})

it('declines what the documentation of a library gives a meaning, and nothing else', () => {
  const pool = withMeanings(right, meanings.torch).operations['cnn.maxPool']!
  const image = tensor([1, 1, 1, 1], [1])
  expect(pool({ x: image }, pooling)).toMatchObject({ y: { shape: [1, 1, 1, 1] } })
  expect(() => pool({ x: tensor([1, 1, 1], [1]) }, pooling)).toThrow(Unsupported)
  // These are for the library itself to reject.
  const wrong = [
    () => pool({ x: tensor([1, 1, 1, 1, 1], [1]) }, pooling),
    () => pool({ x: image }, { ...pooling, strides: [0, 1] }),
  ]
  for (const call of wrong) {
    expect(call).toThrow()
    expect(call).not.toThrow(Unsupported)
  }
})
