import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray, sum } from '../../reference/arithmetic/array.ts'
import { layWindows, type Windows } from '../../reference/layers/window.ts'
import type { Reference } from '../../reference/reference.ts'
import { outputSize } from '../../spec/cnn/window.ts'
import { array, atLeast, derived, free, operation } from '../../spec/language/operation.ts'
import { choice, integer, pair, real } from '../../spec/language/parameter.ts'

/**
 * Small operations on which bounds are put to the proof: one of each way in which rounding errors
 * grow (long sums, quotients, powers, exponentials, a bounded nonlinearity). They stand for
 * themselves, so that the proof depends on no chapter of the specification but convolution.
 */

const kernel = pair(integer({ min: 1, upTo: 4 }))
const padding = choice('valid', 'same')
const strides = pair(integer({ min: 1, upTo: 3 }))

/** As a window of a convolution whose kernel is a parameter. */
const count = (axis: 0 | 1) =>
  derived(
    (sizes, parameters) =>
      outputSize(axis)(
        { ...sizes, Hf: parameters.kernel[0], Wf: parameters.kernel[1] },
        { ...parameters, dilations: [1, 1] },
      ),
    'positions of the window',
  )
const side = (axis: 0 | 1) =>
  atLeast(
    (_, { kernel, padding }) => (padding === 'same' ? 1 : kernel[axis]),
    6,
    'rows or columns',
    'at least the kernel',
  )

const pooling = {
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    K: free(1, 5, 'channels'),
    H: side(0),
    W: side(1),
    Ho: count(0),
    Wo: count(1),
  },
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: { kernel, strides, padding },
  outputs: { y: array('the pooled images', 'N', 'Ho', 'Wo', 'K') },
  classes: {},
} as const
export const maxPool = operation({ ...pooling, id: 'prove.maxPool', title: 'max pooling' })
export const averagePool = operation({
  ...pooling,
  id: 'prove.averagePool',
  title: 'average pooling',
})

const image = array('the images', 'N', 'H', 'W', 'K')
export const lrn = operation({
  id: 'prove.lrn',
  title: 'LRN',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 3, 'rows'),
    W: free(1, 3, 'columns'),
    K: free(1, 9, 'channels'),
  },
  inputs: { x: image },
  parameters: {
    radius: integer({ min: 0, upTo: 4 }),
    bias: real({ min: 0, from: 0.5, to: 4, values: [1, 2] }),
    alpha: real({ min: 0, from: 0, to: 1, values: [1e-4, 1] }),
    beta: real({ min: 0, from: 0.1, to: 1.5, values: [0.5, 0.75, 1] }),
  },
  outputs: { y: image },
  classes: {},
})

const rows = array('rows of numbers', 'M', 'N')
export const softmax = operation({
  id: 'prove.softmax',
  title: 'softmax',
  level: 'core',
  dimensions: { M: free(1, 4, 'rows'), N: free(1, 12, 'classes') },
  inputs: { x: rows },
  parameters: {},
  outputs: { y: rows },
  classes: {},
})

export const matMul = operation({
  id: 'prove.matMul',
  title: 'matrix product',
  level: 'core',
  dimensions: {
    M: free(1, 6, 'rows of the first'),
    K: free(1, 40, 'its columns'),
    N: free(1, 6, 'columns of the second'),
  },
  inputs: { a: array('the first', 'M', 'K'), b: array('the second', 'K', 'N') },
  parameters: {},
  outputs: { y: array('the product', 'M', 'N') },
  classes: {},
})

export const tanhCell = operation({
  id: 'prove.tanhCell',
  title: 'tanh cell',
  level: 'core',
  dimensions: {
    N: free(1, 3, 'sequences'),
    D: free(1, 8, 'inputs'),
    H: free(1, 6, 'hidden units'),
  },
  inputs: {
    x: array('the input', 'N', 'D'),
    h: array('the hidden state before', 'N', 'H'),
    U: array('the weights of the input', 'D', 'H'),
    W: array('the recurrent weights', 'H', 'H'),
    b: array('the bias', 'H'),
  },
  parameters: {},
  outputs: { y: array('the hidden state after', 'N', 'H') },
  classes: {},
})

interface Pooling {
  readonly kernel: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly padding: 'valid' | 'same'
}

/** What `reduce` makes of the elements under each window that lie on the image. */
function pool<T>(
  x: NumberArray<T>,
  { kernel, strides, padding }: Pooling,
  reduce: (elements: readonly T[]) => T,
): NumberArray<T> {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const windows: Windows = layWindows([H, W], kernel, strides, [1, 1], padding)
  return build([N, windows.Ho, windows.Wo, K], (n, i, j, k) => {
    const under: T[] = []
    for (let u = 0; u < kernel[0]; u++) {
      for (let v = 0; v < kernel[1]; v++) {
        const [row, column] = [i * strides[0] + u - windows.top, j * strides[1] + v - windows.left]
        const inside = row >= 0 && row < H && column >= 0 && column < W
        if (inside) under.push(x.at(n, row, column, k))
      }
    }
    return reduce(under)
  })
}

const maxPoolReference: Reference<typeof maxPool> = ({ maximum }, { x }, parameters) => ({
  y: pool(x, parameters, maximum),
})

const averagePoolReference: Reference<typeof averagePool> = (
  { total, divide, exact },
  { x },
  parameters,
) => ({ y: pool(x, parameters, (under) => divide(total(under), exact(under.length))) })

/** y = x / (bias + α Σ x²)^β, the sum over the channels up to `radius` away. */
const lrnReference: Reference<typeof lrn> = (
  { add, multiply, power, total, exact },
  { x },
  { radius, bias, alpha, beta },
) => {
  const K = x.shape[3]!
  const y = build(x.shape, (n, i, j, k) => {
    const near = Array.from({ length: K }, (_, c) => c).filter((c) => Math.abs(c - k!) <= radius)
    const squares = total(near.map((c) => multiply(x.at(n!, i!, j!, c), x.at(n!, i!, j!, c))))
    const scale = add(exact(bias), multiply(exact(alpha), squares))
    return multiply(x.at(n!, i!, j!, k!), power(scale, exact(-beta)))
  })
  return { y }
}

/** y = e^(x − max x) / Σ e^(x − max x), for each row. */
const softmaxReference: Reference<typeof softmax> = (
  { subtract, maximum, exp, total, divide },
  { x },
) => {
  const [M, N] = x.shape as [number, number]
  const y = Array.from({ length: M }, (_, m) => {
    const row = Array.from({ length: N }, (_, n) => x.at(m, n))
    const largest = maximum(row)
    const powers = row.map((z) => exp(subtract(z, largest)))
    const all = total(powers)
    return powers.map((e) => divide(e, all))
  })
  return { y: fromData(x.shape, y.flat()) }
}

function product<T>(arithmetic: Arithmetic<T>, a: NumberArray<T>, b: NumberArray<T>) {
  const [M, K] = a.shape as [number, number]
  return build([M, b.shape[1]!], (m, n) =>
    sum(arithmetic, [K], (k) => arithmetic.multiply(a.at(m!, k!), b.at(k!, n!))),
  )
}

const matMulReference: Reference<typeof matMul> = (arithmetic, { a, b }) => ({
  y: product(arithmetic, a, b),
})

/** y = tanh(x U + h W + b). */
const tanhCellReference: Reference<typeof tanhCell> = (arithmetic, { x, h, U, W, b }) => {
  const { total, tanh } = arithmetic
  const [xU, hW] = [product(arithmetic, x, U), product(arithmetic, h, W)]
  return { y: build(xU.shape, (n, k) => tanh(total([xU.at(n!, k!), hW.at(n!, k!), b.at(k!)]))) }
}

/** The reference of each operation of this file, by its id. */
export const references = {
  'prove.maxPool': maxPoolReference,
  'prove.averagePool': averagePoolReference,
  'prove.lrn': lrnReference,
  'prove.softmax': softmaxReference,
  'prove.matMul': matMulReference,
  'prove.tanhCell': tanhCellReference,
} as const
