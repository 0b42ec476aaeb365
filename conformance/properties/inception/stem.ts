import { outputSize } from '../../../spec/cnn/output-size.ts'
import { stem } from '../../../spec/inception/stem.ts'
import type { Space } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import type { Bench } from '../../engine/property.ts'
import { row } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import {
  forgetsFirst,
  ignoresStride,
  paddingOnce,
  roundsSameDown,
} from '../cnn/output-size-faults.ts'

interface Layer {
  readonly kernel: number
  readonly stride: number
  /** Zeros before and after that do for an even side what `same` does. */
  readonly ring: readonly [number, number]
}

const layers: readonly Layer[] = [
  { kernel: 7, stride: 2, ring: [3, 3] },
  { kernel: 3, stride: 2, ring: [0, 1] },
  { kernel: 1, stride: 1, ring: [0, 0] },
  { kernel: 3, stride: 1, ring: [1, 1] },
  { kernel: 3, stride: 2, ring: [0, 1] },
]

/** The rows after each layer, as they are answered. */
async function sidesOf<T>(
  bench: Bench<T, Space>,
  side: number,
  paddingOf: (layer: Layer) => 'same' | readonly [number, number],
): Promise<readonly T[]> {
  const sides: T[] = []
  let size = side
  for (const layer of layers) {
    const { kernel, stride } = layer
    const parameters = { size, kernel, stride, dilation: 1, padding: paddingOf(layer) }
    const { count } = await bench.answer(outputSize, {}, parameters)
    sides.push(count.at())
    size = Math.max(7, bench.arithmetic.toNumber(count.at()))
  }
  return sides
}

export const stemProperties = properties(
  stem,
  law('eighth', {
    of: withParameters(nothing, { side: integer({ min: 32, upTo: 256 }) }),
    asks: [outputSize],
    title: 'with `same`, an eighth of any side is left, rounded up',
    kills: [roundsSameDown, ignoresStride],
    async holds(bench) {
      const { side } = bench.parameters
      const sides = await sidesOf(bench, side, () => 'same')
      const left = [2, 4, 4, 4, 8].map((share) => Math.ceil(side / share))
      return [
        {
          label: '⌈H/2⌉, ⌈H/4⌉, ⌈H/4⌉, ⌈H/4⌉, ⌈H/8⌉',
          expected: bench.exact(row(...left)),
          actual: row(...sides),
        },
      ]
    },
  }),
  law('table-1', {
    of: nothing,
    asks: [outputSize],
    title: 'with its zeros written out, 224 rows become the 28 of the published table',
    kills: [forgetsFirst, paddingOnce],
    share: 0.01,
    async holds(bench) {
      const sides = await sidesOf(bench, 224, ({ ring }) => ring)
      return [
        {
          label: '112, 56, 56, 56, 28',
          expected: bench.exact(row(112, 56, 56, 56, 28)),
          actual: row(...sides),
        },
      ]
    },
  }),
)
