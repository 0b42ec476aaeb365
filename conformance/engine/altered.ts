import type * as fc from 'fast-check'
import type { Tensor } from '../../spec/language/tensor.ts'
import { hasAllowedElements } from '../arbitraries/allowed.ts'
import type { Case } from '../arbitraries/case.ts'
import type { Property } from './property.ts'

/** A number that is not smaller can be halved in every format without rounding. */
const leastHalved = 2 ** -10

/** How often another alteration is looked for where elements come out that the space does not allow. */
const attempts = 8

/**
 * A case of the same sizes and parameters of which a few elements of an array are others, each made of one that
 * was there without rounding: exchanged, repeated, negated or halved. `null` where nothing can be altered.
 */
export function altered(
  { space, values }: Pick<Property, 'space' | 'values'>,
  testCase: Case,
  random: fc.Random,
): Case | null {
  const inputs = Object.entries(testCase.inputs).filter(
    ([, { data, absent }]) => data.length > 0 && absent !== true,
  )
  if (inputs.length === 0) return null
  for (let i = 0; i < attempts; i++) {
    const [name, tensor] = inputs[random.nextInt(0, inputs.length - 1)]!
    const { distribution: _, ...rest } = testCase
    const other = {
      ...rest,
      inputs: { ...testCase.inputs, [name]: alteredIn(tensor, values === 'reals', random) },
    }
    if (hasAllowedElements(space, other)) return other
  }
  return null
}

/** Mostly a single element is another, at times several. */
function alteredIn(tensor: Tensor, mayHalve: boolean, random: fc.Random): Tensor {
  const data = tensor.data.slice()
  const any = () => random.nextInt(0, data.length - 1)
  for (let left = 1 << random.nextInt(0, random.nextInt(0, 2)); left > 0; left--) {
    const at = any()
    const value = data[at]!
    const way = random.nextInt(0, 3)
    if (way === 0) {
      const other = any()
      ;[data[at], data[other]] = [data[other]!, value]
    } else if (way === 1) data[at] = data[any()]!
    // There is but one zero among whole numbers.
    else if (way === 2 && value !== 0) data[at] = -value
    else if (mayHalve && tensor.dtype !== 'int32' && Math.abs(value) >= leastHalved) {
      data[at] = value / 2
    }
  }
  return { ...tensor, data }
}
