import { elementwise } from '../../../reference/arithmetic/array.ts'
import { minus } from '../../../reference/layers/addition.ts'
import { averagePool, maxPool, poolOutputSize } from '../../../spec/cnn/pool.ts'
import { shiftStability } from '../../../spec/cnn/pool-laws.ts'
import {
  array,
  atLeast,
  free,
  type Parameters,
  type ParametersOf,
  type Sizes,
  type Space,
} from '../../../spec/language/operation.ts'
import { integer, pair } from '../../../spec/language/parameter.ts'
import type { Argument, Bench } from '../../engine/property.ts'
import { changed, filled, part, permuted, plain, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { onGrid } from './pool-cases.ts'
import {
  averageShiftsWindows,
  averageSums,
  averageTakesFirst,
  averageUnbiased,
  maxShiftsWindows,
  maxSums,
  maxTakesFirst,
  sizeShrinksTwice,
} from './pool-faults.ts'

type Pooling = ParametersOf<typeof maxPool>

/** What each kind of pooling makes of an image and of a changed one. */
async function pairs<T>(
  { measure }: Pick<Bench<T, Space>, 'measure'>,
  x: Argument,
  changed: Argument,
  pooling: Pooling,
) {
  const ask = async (operation: typeof maxPool | typeof averagePool) => ({
    label: operation.id,
    before: (await measure(operation, { x }, pooling)).y,
    after: (await measure(operation, { x: changed }, pooling)).y,
  })
  return [await ask(maxPool), await ask(averagePool)]
}

/** Images that hold a window even after a stride's worth of rows is cut off. */
const roomy = {
  dimensions: {
    N: free(1, 2, 'images'),
    K: free(1, 2, 'channels'),
    H: atLeast(
      (_: Sizes, { kernel, strides }: Parameters) => kernel[0] + strides[0],
      3,
      'rows',
      'a kernel and a stride',
    ),
    W: atLeast(
      (_: Sizes, { kernel, strides }: Parameters) => kernel[1] + strides[1],
      3,
      'columns',
      'a kernel and a stride',
    ),
  },
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: { kernel: averagePool.parameters.kernel, strides: averagePool.parameters.strides },
}

export const poolShiftProperties = properties(
  shiftStability,
  law('follows-strides', {
    of: roomy,
    asks: [maxPool, averagePool],
    title: 'an image moved by one stride gives the output moved by one',
    kills: [maxShiftsWindows, averageShiftsWindows],
    async holds({ inputs, parameters, sizes: { N, H, W, K }, ...bench }) {
      const [Sh, Sw] = parameters.strides
      const cut = part(plain(inputs.x), [N, H - Sh, W - Sw, K], [0, Sh, Sw, 0])
      const all = await pairs(bench, inputs.x, cut, { ...parameters, padding: 'valid' })
      return all.map(({ label, before, after }) => ({
        label,
        expected: part(before, after.shape, [0, 1, 1, 0]),
        actual: after,
      }))
    },
  }),
  law('not-others', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [maxPool, averagePool],
    title: 'pooled in twos, 0, 1, 0, 0 is the same as 1, 0, 0, 0, and 0, 0, 1, 0 is not',
    kills: [maxShiftsWindows, averageShiftsWindows],
    share: 0.01,
    async holds({ exact, measure }) {
      const twos = { kernel: [1, 2], strides: [1, 2], padding: 'valid' } as const
      const rows = [
        { pixels: [1, 0, 0, 0], largest: [1, 0] },
        { pixels: [0, 1, 0, 0], largest: [1, 0] },
        { pixels: [0, 0, 1, 0], largest: [0, 1] },
      ]
      const comparisons = []
      for (const { pixels, largest } of rows) {
        const x = tensor([1, 1, 4, 1], pixels)
        const label = pixels.join(', ')
        const right = tensor([1, 1, 2, 1], largest)
        const half = changed(right, (v) => v / 2)
        const max = await measure(maxPool, { x }, twos)
        const mean = await measure(averagePool, { x }, twos)
        comparisons.push(
          { label, expected: exact(right), actual: max.y },
          { label, expected: exact(half), actual: mean.y },
        )
      }
      return comparisons
    },
  }),
  law('global-pooling', {
    of: {
      dimensions: {
        N: free(1, 2, 'images'),
        K: free(1, 2, 'channels'),
        H: free(1, 4, 'rows'),
        W: free(1, 4, 'columns'),
      },
      inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
      parameters: { down: integer({ min: 0, upTo: 3 }), across: integer({ min: 0, upTo: 3 }) },
    },
    asks: [maxPool, averagePool],
    values: 'reals',
    title: 'pooling over the whole image does not notice a circular shift',
    kills: [maxTakesFirst, averageTakesFirst],
    async holds({ inputs, parameters: { down, across }, sizes: { H, W }, ...bench }) {
      const moved = permuted(plain(inputs.x), (n, i, j, k) => [
        n,
        (i + down) % H,
        (j + across) % W,
        k,
      ])
      const whole = { kernel: [H, W], strides: [1, 1], padding: 'valid' } as const
      const all = await pairs(bench, inputs.x, moved, whole)
      return all.map(({ label, before, after }) => ({ label, expected: before, actual: after }))
    },
  }),
  law('non-expansive', {
    of: maxPool,
    asks: [maxPool, averagePool],
    values: 'reals',
    title: 'no output moves by more than the image changes anywhere',
    kills: [averageSums, averageUnbiased, maxSums],
    async holds({ arithmetic, exact, inputs, parameters, ...bench }) {
      const step = (at: number) => ((at * 5) % 9) - 4
      const x = onGrid(inputs.x, 8)
      const most = Math.max(...x.data.map((_, at) => Math.abs(step(at))))
      const stepped = changed(x, (v, at) => v + step(at))
      const all = await pairs(bench, x, stepped, parameters)
      return all.map(({ label, before, after }) => {
        const moved = elementwise(minus(arithmetic, after, before), arithmetic.abs)
        return between(arithmetic, label, moved, null, exact(filled(moved.shape, most)))
      })
    },
  }),
  law('burden', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: {
        tiles: pair(integer({ min: 1, upTo: 8 })),
        kernel: pair(integer({ min: 1, upTo: 3 })),
      },
    },
    asks: [poolOutputSize],
    title: 'tiles of h × w leave h · w times fewer positions to the next layer',
    kills: [sizeShrinksTwice],
    async holds({ answer, arithmetic: { exact, multiply }, parameters: { tiles, kernel } }) {
      const [rows, columns] = [tiles[0] * kernel[0], tiles[1] * kernel[1]]
      const { size } = await answer(
        poolOutputSize,
        {},
        { rows, columns, kernel, strides: kernel, padding: 'valid' },
      )
      const positions = multiply(size.at(0), size.at(1))
      return [
        {
          label: 'h w · positions',
          expected: scalar(exact(rows * columns)),
          actual: scalar(multiply(exact(kernel[0] * kernel[1]), positions)),
        },
      ]
    },
  }),
)
