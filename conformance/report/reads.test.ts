import { describe, expect, it } from 'vitest'
import type { Tensor } from '../../spec/language/tensor.ts'
import { type Asked, readsOf } from './reads.ts'

const tensor = (shape: readonly number[], values: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(values),
})
const counted = (shape: readonly number[]) =>
  tensor(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i % 7),
  )

/** The elements that are read, as a picture: rows of a plane. */
function pictureOf(asked: Asked, output: string, position: number, name = 'x'): readonly string[] {
  const reads = readsOf(asked, output, position)?.[name]
  const [, rows = 1, columns = 1] = asked.inputs[name]!.shape
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, at) => (reads!.has(row * columns + at) ? '#' : '.')).join(
      '',
    ),
  )
}

const window = { strides: [2, 1], dilations: [1, 1], padding: 'valid' }

describe('the elements that one of an output is computed from', () => {
  it('are those under the window of a convolution, also where a weight is 0', () => {
    const filters = tensor([2, 3, 1, 1], [1, 0, 2, 0, 0, 0])
    const inputs = { x: counted([1, 5, 5, 1]), filters, bias: tensor([1], [0]) }
    const asked = { operation: 'cnn.conv2d', inputs, parameters: window }
    // Two rows of outputs, three in each: the last begins in row 2 and column 2.
    expect(pictureOf(asked, 'y', 5)).toEqual(['.....', '.....', '..###', '..###', '.....'])
    expect(readsOf(asked, 'y', 5)!.bias).toEqual(new Set([0]))
  })

  it('have gaps where a window is dilated', () => {
    const inputs = { x: counted([1, 3, 5, 1]), filters: counted([1, 2, 1, 1]) }
    const parameters = { strides: [1, 1], dilations: [1, 3], padding: 'valid' }
    expect(pictureOf({ operation: 'cnn.conv2d', inputs, parameters }, 'y', 1)).toEqual([
      '.#..#',
      '.....',
      '.....',
    ])
  })

  it('are all of the window of a maximum, not only the largest', () => {
    const parameters = { kernel: [2, 2], strides: [1, 1], padding: 'valid' }
    const asked = { operation: 'cnn.maxPool', inputs: { x: counted([1, 3, 3, 1]) }, parameters }
    expect(pictureOf(asked, 'y', 3)).toEqual(['...', '.##', '.##'])
  })

  it('are those whose windows a transposed convolution lays over it', () => {
    const inputs = { z: counted([1, 1, 4, 1]), filters: counted([1, 2, 1, 1]) }
    const parameters = {
      strides: [1, 1],
      dilations: [1, 1],
      padding: [0, 0, 0, 0],
      outputPadding: [0, 0],
      groups: 1,
    }
    const asked = { operation: 'gan.tconv2d', inputs, parameters }
    expect(pictureOf(asked, 'y', 2, 'z')).toEqual(['.##.'])
  })

  it('are the neighbouring channels of a normalization', () => {
    const inputs = { x: tensor([1, 1, 1, 6], [1, 2, 3, 4, 5, 6]) }
    const parameters = { radius: 1, kappa: 1, alpha: 0.5, beta: 0.5 }
    const asked = { operation: 'cnn.lrnAcross', inputs, parameters }
    const reads = readsOf(asked, 'y', 3)
    expect(reads!.x).toEqual(new Set([2, 3, 4]))
  })

  it('are the steps before one, of a recurrent layer', () => {
    const inputs = {
      x: counted([4, 1, 1]),
      U: tensor([1, 1], [1]),
      W: tensor([1, 1], [0.5]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [0]),
    }
    const reads = readsOf(
      {
        operation: 'rnn.forward',
        inputs,
        parameters: { activation: 'tanh', direction: 'forward' },
      },
      'h',
      2,
    )
    expect(reads!.x).toEqual(new Set([0, 1, 2]))
  })

  it('are not looked for in a large case, or in one that is refused', () => {
    const large = { x: counted([1, 9, 9, 1]), filters: counted([2, 2, 1, 1]) }
    expect(
      readsOf({ operation: 'cnn.conv2d', inputs: large, parameters: window }, 'y', 0),
    ).toBeNull()
    const apart = { x: counted([1, 2, 2, 1]), filters: counted([1, 1, 2, 1]) }
    expect(
      readsOf({ operation: 'cnn.conv2d', inputs: apart, parameters: window }, 'y', 0),
    ).toBeNull()
  })
})
