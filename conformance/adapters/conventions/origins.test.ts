import { describe, expect, it } from 'vitest'
import { operationById } from '../../../spec/index.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Inputs } from '../../engine/implementation.ts'
import { speaking } from '../speaking.ts'
import { convertOrigins } from './origins.ts'

const array = (...shape: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1),
})

const asked = (id: string, inputs: Inputs, parameters: Parameters = {}, derivative = 'at zeros') =>
  convertOrigins({ operation: operationById(id)!, inputs, parameters }, {
    derivative,
  } as Parameters)

const windows = { strides: [2, 1], dilations: [1, 1], padding: 'valid' }

describe('a derivative at zeros', () => {
  it.each([
    ['cnn.conv2dInputGradient', { filters: array(3, 2, 4, 5), dy: array(7, 1, 1, 5) }, 'x'],
    ['cnn.averagePoolGradient', { dy: array(7, 1, 1, 4) }, 'x'],
  ] as const)('of %s has an image of the size that it is told', (id, inputs, name) => {
    const told = { imageSize: [4, 2], image: [4, 2], ...windows }
    const { inputs: given, parameters } = asked(id, inputs, told)
    expect(given).toMatchObject(inputs)
    expect(given[name]).toEqual({ dtype: 'float32', shape: [7, 4, 2, 4], data: zeros(224) })
    const { imageSize, image, ...left } = told
    expect(parameters).toEqual({ ...left, ...(id.includes('Pool') ? { imageSize } : { image }) })
  })

  it('of filters has filters, of biases biases', () => {
    const { inputs, parameters } = asked(
      'cnn.conv2dFilterGradient',
      { x: array(1, 5, 5, 2), dy: array(1, 3, 3, 4) },
      { kernelSize: [3, 2], ...windows },
    )
    expect(inputs.filters!.shape).toEqual([3, 2, 2, 4])
    expect(parameters).toEqual(windows)
    expect(asked('cnn.conv2dBiasGradient', { dy: array(1, 3, 3, 4) }).inputs.bias!.shape).toEqual([
      4,
    ])
  })

  it('has the size that follows where none is told', () => {
    const padding = [1, 0, 0, 2]
    const { inputs, parameters } = asked(
      'cnn.zeroPadGradient',
      { dy: array(1, 4, 5, 1) },
      { padding },
    )
    expect(inputs.x!.shape).toEqual([1, 3, 3, 1])
    expect(parameters).toEqual({ padding })
  })

  it('that depends on all of its arrays is asked as it is, and so is what is no derivative', () => {
    const inputs = { x: array(1, 2, 2, 1), dy: array(1, 2, 2, 1) }
    const pool = { kernel: [1, 1], ...windows }
    expect(asked('cnn.maxPoolGradient', inputs, pool)).toMatchObject({ inputs, parameters: pool })
    expect(asked('cnn.flatten', { x: inputs.x }).inputs).toEqual({ x: inputs.x })
    const flat = { dy: array(1, 4) }
    expect(asked('cnn.flattenGradient', flat, { image: [2, 2, 1] }, 'by size').inputs).toEqual(flat)
  })

  it('is asked in the precision of the other arrays', () => {
    const dy: Tensor = { dtype: 'float64', shape: [1, 4], data: new Float64Array(4) }
    expect(asked('cnn.flattenGradient', { dy }, { image: [2, 2, 1] }).inputs.x).toEqual({
      dtype: 'float64',
      shape: [1, 2, 2, 1],
      data: new Float64Array(4),
    })
  })

  it.each([[-1], [1.5], ['2']])('is not asked where no array has the size: %j', (rows) => {
    const flat = { dy: array(1, 4) }
    expect(() => asked('cnn.flattenGradient', flat, { image: [rows, 2, 1] })).toThrow(Unsupported)
  })

  it('has its zeros in the order of axes that is declared', async () => {
    let shape: readonly number[] = []
    const evaluate = ({ x }: Inputs) => {
      shape = x!.shape
      return { dx: x! }
    }
    const operations = speaking(
      { 'cnn.zeroPadGradient': evaluate },
      { axes: 'channels first', conventions: { derivative: 'at zeros' } },
    )
    const ask = operations['cnn.zeroPadGradient']!
    const answer = await ask({ dy: array(1, 3, 4, 5) }, { padding: [0, 0, 0, 0] })
    expect(shape).toEqual([1, 5, 3, 4])
    expect(answer.dx!.shape).toEqual([1, 3, 4, 5])
  })
})

const zeros = (count: number) => new Float32Array(count)
