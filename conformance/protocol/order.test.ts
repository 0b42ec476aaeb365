import { describe, expect, it } from 'vitest'
import { operationById } from '../../spec/index.ts'
import { type Axes, ordersOf } from './axes.ts'
import { orderIn, readOrder, WrongAxes } from './order.ts'
import { inverse, transposed } from './transpose.ts'

const image = ['N', 'H', 'W', 'K']
const filters = ['Hf', 'Wf', 'K', 'Q']

describe('an order as it is written', () => {
  it.each([
    ['NKHW', image, [0, 3, 1, 2]],
    ['N C H W', image, [0, 3, 1, 2]],
    ['NKHW', ['N', 'Ho', 'Wo', 'Q'], [0, 3, 1, 2]],
    ['N, Q, Ho, Wo', ['N', 'Ho', 'Wo', 'Q'], [0, 3, 1, 2]],
    ['QKHW', filters, [3, 2, 0, 1]],
    ['OIHW', ['U', 'U', 'C', 'C'], [3, 2, 0, 1]],
    ['OIHW', ['I', 'I', 'C', 'B'], [3, 2, 0, 1]],
    ['KMHfWf', ['Hf', 'Wf', 'K', 'M'], [2, 3, 0, 1]],
    ['MD', ['D', 'M'], [1, 0]],
    [[0, 3, 1, 2], image, [0, 3, 1, 2]],
  ])('%s of %j is %j', (written, axes, order) => {
    expect(readOrder(written, axes, 'x')).toEqual(order)
  })

  it.each([
    ['NKHZ', image, 'Z names none'],
    ['NKH', image, 'W is missing'],
    ['NKHH', image, 'W is missing'],
    ['NKHWW', image, 'an axis comes twice'],
    ['nchw', image, 'nchw is no letter of an axis'],
    ['', image, 'N is missing'],
    ['DD', ['D', 'D'], 'D names several, so give places such as [1, 0]'],
    [[0, 1, 2], image, 'K is missing'],
    [[0, 1, 2, 3.5], image, 'K is missing'],
  ])('%s of %j makes no sense', (written, axes, why) => {
    expect(() => readOrder(written, axes, 'x of cnn.conv2d')).toThrow(WrongAxes)
    expect(() => readOrder(written, axes, 'x of cnn.conv2d')).toThrow(why)
  })

  it('is named with the array and its axes', () => {
    expect(() => readOrder('NKHZ', image, 'x of cnn.conv2d')).toThrow(
      "'NKHZ' is no order of the axes N × H × W × K of x of cnn.conv2d: Z names none",
    )
  })
})

it.each([
  [image, [0, 3, 1, 2]],
  [filters, [3, 2, 0, 1]],
  [
    ['Hf', 'Wf', 'K', 'M'],
    [2, 3, 0, 1],
  ],
  [
    ['Ho', 'Wo', 'Q'],
    [2, 0, 1],
  ],
  [
    ['Ho', 'Wo', 'Hf', 'Wf', 'K', 'Q'],
    [5, 4, 0, 1, 2, 3],
  ],
  [['D', 'M'], null],
])('channels first puts the axes %j in the order %j', (axes, order) => {
  expect(orderIn('channels first', axes)).toEqual(order)
  expect(orderIn('channels last', axes)).toBeNull()
})

const named = (...ids: readonly string[]) => ids.map((id) => operationById(id)!)

describe('the orders of the arrays of an implementation', () => {
  const first = [0, 3, 1, 2]

  it('are those of a layout, and of one operation its own', () => {
    const axes: Axes = { layout: 'channels first', 'cnn.flatten': 'channels last' }
    expect(ordersOf(axes, named('cnn.conv2d', 'cnn.flatten', 'cnn.dense'))).toEqual({
      'cnn.conv2d': { x: first, filters: [3, 2, 0, 1], y: first },
      'cnn.flatten': {},
      'cnn.dense': {},
    })
  })

  it('hold for derivatives and for outputs that are shaped like the input', () => {
    const axes: Axes = { x: 'NKHW', filters: 'QKHW' }
    const filters = [3, 2, 0, 1]
    const ids = ['cnn.conv2d', 'cnn.conv2dFilterGradient', 'cnn.conv2dInputGradient', 'cnn.dense']
    expect(ordersOf(axes, named(...ids))).toEqual({
      'cnn.conv2d': { x: first, filters, y: first },
      'cnn.conv2dFilterGradient': { x: first, dy: first, dFilters: filters },
      'cnn.conv2dInputGradient': { filters, dy: first, dx: first },
      // Its x is no image.
      'cnn.dense': {},
    })
  })

  it('may be declared for one operation, even against all others', () => {
    const axes: Axes = { x: 'NKHW', 'cnn.maxPool': { x: 'NWHK', y: 'NHWK' } }
    expect(ordersOf(axes, named('cnn.maxPool', 'cnn.averagePool'))).toEqual({
      'cnn.maxPool': { x: [0, 2, 1, 3] },
      'cnn.averagePool': { x: first, y: first },
    })
  })

  it.each<[object, string]>([
    [{ x: 'NKHZ' }, 'Z names none'],
    [{ kernel: 'QKHW' }, 'kernel is neither an operation that is provided nor an array'],
    [{ 'cnn.maxPool': 'channels first' }, 'cnn.maxPool is neither an operation that is provided'],
    [{ 'cnn.conv2d': { kernel: 'QKHW' } }, 'kernel is no array of cnn.conv2d; it has x, filters'],
    [{ 'cnn.conv2d': 'NCHW' }, "expected 'channels first' or 'channels last'"],
    [{ layout: 'NCHW' }, 'the layout of all is "NCHW"; expected'],
    [{ x: 'NKH' }, 'x is neither an operation that is provided nor an array of one with so many'],
  ])('%j is refused', (axes, problem) => {
    expect(() => ordersOf(axes as Axes, named('cnn.conv2d'))).toThrow(problem)
  })

  it('are type-checked as far as names go', () => {
    const refused: readonly Axes[] = [
      // @ts-expect-error no such layout
      'channels second',
      // @ts-expect-error no such array
      { kernle: 'QKHW' },
      // @ts-expect-error no such operation
      { 'cnn.conv9d': 'channels first' },
      // @ts-expect-error no such array of this operation
      { 'cnn.conv2d': { kernel: 'QKHW' } },
    ]
    expect(refused).toHaveLength(4)
  })
})

describe('an array in another order of its axes', () => {
  const x = {
    dtype: 'float32',
    shape: [1, 2, 1, 3],
    data: Float32Array.of(1, 2, 3, 4, 5, 6),
  } as const

  it('has its elements where they belong, and back again', () => {
    const turned = transposed(x, [0, 3, 1, 2])
    expect(turned).toEqual({ ...x, shape: [1, 3, 2, 1], data: Float32Array.of(1, 4, 2, 5, 3, 6) })
    expect(transposed(turned, inverse([0, 3, 1, 2]))).toEqual(x)
  })

  it('stays as it is where it has other axes than it should, for whoever gets it to refuse', () => {
    const odd = { ...x, shape: [2, 3] }
    expect(transposed(odd, [0, 3, 1, 2])).toBe(odd)
  })

  it('lies within a larger buffer where it did before', () => {
    const larger = Float32Array.of(9, 9, 1, 2, 3, 4, 5, 6, 9)
    const { data } = transposed({ ...x, data: larger.subarray(2, 8) }, [0, 3, 1, 2])
    expect([data.byteOffset, data.buffer.byteLength]).toEqual([8, 36])
    expect([...data]).toEqual([1, 4, 2, 5, 3, 6])
  })

  it('may have no elements', () => {
    const none = { ...x, shape: [0, 2, 1, 3], data: new Float32Array(0) }
    expect(transposed(none, [0, 3, 1, 2]).shape).toEqual([0, 3, 2, 1])
  })
})
