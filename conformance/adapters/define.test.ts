import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Tensor } from '../../spec/language/tensor.ts'
import { type Definition, defineImplementation, type Operations, tensor } from './define.ts'

const one = tensor([1, 1, 1, 1], [1])

describe('an implementation in process', () => {
  it('is described once, and the rest follows', () => {
    const { version, precision, profile, device, operations } = defineImplementation({
      name: 'mine',
      operations: { 'cnn.conv2d': () => ({ y: one }) },
    })
    expect({ version, precision, profile: profile.name, device }).toEqual({
      version: 'unknown',
      precision: 'float32',
      profile: 'ieee',
      device: `in process, Node ${process.version}`,
    })
    expect(Object.keys(operations)).toEqual(['cnn.conv2d'])
  })

  it.each([
    ['float32', Float32Array],
    ['bfloat16', Float32Array],
    ['float64', Float64Array],
  ] as const)('gives arrays of its precision: %s', async (precision, ArrayType) => {
    const { operations } = defineImplementation({
      name: 'mine',
      precision,
      operations: { 'cnn.conv2d': async () => ({ y: one }) },
    })
    const { y } = await operations['cnn.conv2d']!({}, {})
    expect(y!.data).toBeInstanceOf(ArrayType)
    expect(y!.shape).toEqual([1, 1, 1, 1])
  })

  it('gets nothing for an array that is left out', async () => {
    let given: unknown
    const { operations } = defineImplementation({
      name: 'mine',
      operations: {
        'cnn.conv2d': (inputs) => {
          given = inputs
          return { y: one }
        },
      },
    })
    const shape = [1, 1, 1, 1]
    const ones = { dtype: 'float32', shape, data: Float32Array.of(1) } as const
    const zero = { dtype: 'float32', shape: [1], data: Float32Array.of(0) } as const
    await operations['cnn.conv2d']!({ x: ones, filters: ones, bias: { ...zero, absent: true } }, {})
    expect(given).toEqual({ x: ones, filters: ones })
    await operations['cnn.conv2d']!({ x: ones, filters: ones, bias: zero }, {})
    expect(given).toEqual({ x: ones, filters: ones, bias: zero })
  })

  it('passes on what is no answer, for the engine to judge', async () => {
    const answers: readonly unknown[] = [undefined, null, 3, { y: undefined }, { y: { shape: 2 } }]
    for (const answer of answers) {
      const { operations } = defineImplementation({
        name: 'mine',
        operations: { 'cnn.conv2d': () => answer as never },
      })
      expect(await operations['cnn.conv2d']!({}, {})).toEqual(answer)
    }
  })

  it('keeps what is said of it', () => {
    const said = {
      levels: ['core'],
      conventions: { gates: 'i f g o' },
      unsupported: { 'resnet.block': 'no time' },
      concurrency: 4,
      wholeBuffers: true,
    } as const
    expect(defineImplementation({ name: 'mine', operations: {}, ...said })).toMatchObject(said)
  })

  it('refuses elements that do not fill the shape', () => {
    expect(() => tensor([2, 3], [1])).toThrow(new RangeError('1 elements for the shape [2, 3]'))
  })
})

describe('the types of an implementation', () => {
  type Convolve = NonNullable<Operations['cnn.conv2d']>

  it('name inputs, parameters and outputs of each operation', () => {
    type Inputs = Parameters<Convolve>[0]
    expectTypeOf<keyof Inputs>().toEqualTypeOf<'x' | 'filters' | 'bias'>()
    expectTypeOf<Inputs['x']>().toEqualTypeOf<Tensor>()
    expectTypeOf<Inputs['bias']>().toEqualTypeOf<Tensor | undefined>()
    type P = Parameters<Convolve>[1]
    expectTypeOf<keyof P>().toEqualTypeOf<'strides' | 'dilations' | 'padding'>()
    expectTypeOf<P['strides']>().toEqualTypeOf<readonly [number, number]>()
    type Amounts = readonly [number, number, number, number]
    expectTypeOf<P['padding']>().toEqualTypeOf<'valid' | 'same' | Amounts>()
    expectTypeOf<keyof Awaited<ReturnType<Convolve>>>().toEqualTypeOf<'y'>()
  })

  it('allow any subset of the operations, each with or without waiting', () => {
    expectTypeOf<{ name: string; operations: Record<never, never> }>().toExtend<Definition>()
    const { operations }: Definition = {
      name: 'mine',
      operations: {
        'cnn.conv2d': async ({ x }) => ({ y: x }),
        'resnet.block': ({ x }, { shortcut, variant }) => {
          expectTypeOf(shortcut).toEqualTypeOf<'identity' | 'none'>()
          expectTypeOf(variant).toEqualTypeOf<'original' | 'linear' | 'pre-activation'>()
          return { y: x }
        },
      },
    }
    expect(Object.keys(operations)).toHaveLength(2)
  })

  it('refuse what is wrong', () => {
    const refused: readonly Operations[] = [
      // @ts-expect-error there is no such operation
      { 'cnn.conv9d': () => ({ y: one }) },
      // @ts-expect-error there is no such input
      { 'cnn.conv2d': ({ kernel }) => ({ y: kernel }) },
      // @ts-expect-error there is no such parameter
      { 'cnn.conv2d': ({ x }, { stride }) => ({ y: stride ? x : one }) },
      // @ts-expect-error there is no such output
      { 'cnn.conv2d': ({ x }) => ({ z: x }) },
      // @ts-expect-error an output is missing
      { 'resnet.chainDescent': ({ weights }) => ({ gradient: weights }) },
      // @ts-expect-error an output is an array with its shape
      { 'cnn.conv2d': ({ x }) => ({ y: x.data }) },
      // @ts-expect-error no such word
      { 'cnn.conv2d': ({ x }, { padding }) => ({ y: padding === 'full' ? one : x }) },
    ]
    expect(refused).toHaveLength(7)
    const definition = { name: 'mine', operations: {} }
    // @ts-expect-error no such format
    expectTypeOf({ ...definition, precision: 'float8' } as const).toExtend<Definition>()
    // @ts-expect-error no such profile
    expectTypeOf({ ...definition, profile: 'exact' } as const).toExtend<Definition>()
    // @ts-expect-error no name
    expectTypeOf({ operations: {} }).toExtend<Definition>()
  })
})

describe('what an operation cannot return', () => {
  it('is declared of those that have states, which may then be left out', () => {
    const { stateless } = defineImplementation({
      name: 'end to end',
      operations: { 'resnet.stack': ({ x }) => ({ y: x }) },
      stateless: { 'resnet.stack': 'it keeps one state only' },
    })
    expect(stateless).toEqual({ 'resnet.stack': 'it keeps one state only' })
    // @ts-expect-error there is nothing on the way of a convolution
    const refused: Definition = { name: 'wrong', operations: {}, stateless: { 'cnn.conv2d': '' } }
    expect(refused).toBeDefined()
  })
})

describe('what an operation takes', () => {
  const take = () => ({ y: tensor([0], []) })

  it('is declared in the words of its signature', () => {
    const { supports } = defineImplementation({
      name: 'picky',
      operations: { 'cnn.conv2d': take, 'cnn.maxPool': take },
      supports: {
        'cnn.conv2d': {
          sizes: { N: 1, K: { multipleOf: 4 }, H: { min: 8, max: 64 }, W: { anyOf: [8, 16] } },
          parameters: {
            strides: 1,
            dilations: [1, { max: 2 }],
            padding: { anyOf: ['valid', 0, [0, 1, 0, 1]] },
          },
        },
        'cnn.maxPool': ({ sizes, parameters: { padding } }) =>
          sizes.N === 1 ? padding === 'valid' || 'no padding' : 'one image only',
      },
    })
    expect(Object.keys(supports!)).toEqual(['cnn.conv2d', 'cnn.maxPool'])
  })

  it('is refused by the compiler where there is no such size, parameter or word', () => {
    defineImplementation({
      name: 'wrong',
      operations: {},
      supports: {
        // @ts-expect-error there is no size C
        'cnn.conv2d': { sizes: { C: 1 } },
        // @ts-expect-error no padding has this name
        'cnn.maxPool': { parameters: { padding: 'full' } },
        // @ts-expect-error a stride is a number
        'cnn.averagePool': { parameters: { strides: 'small' } },
      },
    })
  })
})

describe('an implementation in half precision', () => {
  const x = { dtype: 'float32', shape: [3], data: Float32Array.of(1, -65504, 2 ** -24) } as const

  it('gets and gives bits where it asks for them', async () => {
    const seen: unknown[] = []
    const { operations } = defineImplementation({
      name: 'mine',
      precision: 'float16',
      elements: 'bits',
      operations: {
        'cnn.flip': ({ x }) => {
          expectTypeOf(x.data).toEqualTypeOf<Uint16Array>()
          seen.push(x.dtype, ...x.data)
          return { y: { shape: x.shape, data: x.data } }
        },
      },
    })
    expect(await operations['cnn.flip']!({ x }, {})).toEqual({ y: x })
    expect(seen).toEqual(['float16', 0x3c00, 0xfbff, 0x0001])
  })

  it('fails with numbers that its format does not hold, which would hide how they were rounded', async () => {
    const { operations } = defineImplementation({
      name: 'mine',
      precision: 'bfloat16',
      operations: { 'cnn.flip': () => ({ y: tensor([1], [0.1]) }) },
    })
    await expect(operations['cnn.flip']!({ x }, {})).rejects.toThrow(
      'cnn.flip: y holds 0.10000000149011612, which is no number of bfloat16',
    )
  })

  it('is the only one that has bits', () => {
    const inFloat32 = { name: 'mine', elements: 'bits', operations: {} } as const
    expect(() => defineImplementation(inFloat32)).toThrow('bits of float16 or bfloat16 only')
  })
})
