import { getHeapStatistics } from 'node:v8'
import { workOf } from '../../arbitraries/work.ts'
import { UsageError } from '../../base/errors.ts'
import { figure } from '../../base/text.ts'
import type { OwnSize } from '../../suite/own-size.ts'

/** What a case costs the reference, roughly. */
export interface Cost {
  readonly products: number
  readonly seconds: number
}

/**
 * What the reference takes, by measurements: so many bytes for a number with its bound and what is made of
 * it, and seconds for a product.
 */
const [bytesOfElement, secondsOfProduct] = [400, 100e-9]

/**
 * What a case costs the reference, which computes one number after the other and keeps a bound with each.
 *
 * @throws {UsageError} more memory than this process may use
 */
export function costOf({ operation, sizes, parameters }: OwnSize): Cost {
  const arrays = [...Object.values(operation.inputs), ...Object.values(operation.outputs)]
  const elements = arrays
    .map(({ axes }) => axes.reduce((count, symbol) => count * sizes[symbol]!, 1))
    .reduce((sum, count) => sum + count, 0)
  const products = workOf(operation, sizes, parameters)
  const bytes = elements * bytesOfElement
  const limit = getHeapStatistics().heap_size_limit
  if (bytes > limit) {
    const gibibytes = (amount: number) => figure(Math.round((10 * amount) / 2 ** 30) / 10)
    throw new UsageError(
      `the reference would need about ${gibibytes(bytes)} GiB for ${figure(elements)} elements; it has ${gibibytes(limit)} GiB`,
      [
        'choose smaller sizes; N and the rows of an image seldom matter to how a kernel goes wrong',
        `or allow more memory: NODE_OPTIONS=--max-old-space-size=${Math.ceil(bytes / 2 ** 20)}`,
      ],
    )
  }
  return { products, seconds: products * secondsOfProduct }
}
