import { describe, expect, expectTypeOf, it } from 'vitest'
import { clauseById } from '../../spec/index.ts'
import type { Implementation } from '../engine/implementation.ts'
import {
  averagePool,
  averagePoolBack,
  convolve,
  convolveBack,
  maxPool,
  normalize,
} from '../fixtures/channels-first.ts'
import type { Conventions } from '../protocol/conventions.ts'
import { snippetsOf } from '../report/snippet.ts'
import { checkClause } from '../suite/clauses.ts'
import { type Definition, defineImplementation, tensor } from './define.ts'

const options = { runs: 40, seed: 3, deadline: null, kept: {}, killing: false }

/** The outcomes of the properties of a clause that ask operations of the implementation. */
async function outcomes(clause: string, implementation: Implementation) {
  const { properties } = await checkClause(clauseById(clause)!, implementation, options)
  const found = properties.map(({ id, verdict }) => [id, verdict.outcome] as const)
  return Object.fromEntries(found.filter(([, outcome]) => outcome !== 'unsupported'))
}

async function expectConforms(clause: string, implementation: Implementation) {
  const found = await outcomes(clause, implementation)
  expect(Object.keys(found)).not.toEqual([])
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((id) => [id, 'conforms'])))
}

const kernelOf = ({ shape }: { readonly shape: readonly number[] }) =>
  shape.slice(2) as unknown as readonly [number, number]

const inMannerOfPyTorch = defineImplementation({
  name: 'channels-first',
  axes: 'channels first',
  conventions: { padding: 'symmetric', alpha: 'mean', group: 'size', average: 'window' },
  operations: {
    'cnn.conv2d': ({ x, filters, bias }, windows) => ({
      y: convolve(x, filters, bias ?? null, { kernel: kernelOf(filters), ...windows }),
    }),
    'cnn.conv2dFilterGradient': ({ x, dy }, { kernelSize, ...windows }) => ({
      dFilters: convolveBack(x, dy, { kernel: kernelSize as [number, number], ...windows }),
    }),
    'cnn.maxPool': ({ x }, windows) => ({ y: maxPool(x, windows) }),
    'cnn.averagePool': ({ x }, windows) => ({ y: averagePool(x, windows) }),
    'cnn.averagePoolGradient': ({ dy }, { image, ...windows }) => ({
      dx: averagePoolBack(dy, image as [number, number], windows),
    }),
    'cnn.lrnAcross': ({ x }, { size, alpha, beta, kappa }) => ({
      y: normalize(x, size, alpha, beta, kappa),
    }),
  },
})

describe('a library with channels first and other conventions', () => {
  it.each([
    'cnn.conv2d.forward',
    'cnn.backprop.filter-gradient',
    'cnn.pool.max',
    'cnn.pool.avg',
    'cnn.pool.backward',
    'cnn.lrn.across-channel',
  ])('conforms to %s as it is', (clause) => expectConforms(clause, inMannerOfPyTorch))

  it.each<[string, string, Partial<Definition<Conventions>>]>([
    ['images in another order', 'cnn.conv2d.forward', { axes: { x: 'NKWH', filters: 'QKHW' } }],
    ['filters in another order', 'cnn.conv2d.forward', { axes: { x: 'NKHW', filters: 'QKWH' } }],
    ['outputs in another order', 'cnn.pool.max', { axes: { x: 'NKHW', y: 'NKWH' } }],
    ['images as specified', 'cnn.pool.max', { axes: 'channels last' }],
  ])('does not conform when it declares %s', async (_, clause, declared) => {
    const operations = {
      'cnn.conv2d': ({ x, filters, bias }, windows) => ({
        y: convolve(x, filters, bias ?? null, { kernel: kernelOf(filters), ...windows }),
      }),
      'cnn.maxPool': ({ x }, windows) => ({ y: maxPool(x, windows) }),
    } satisfies Definition<{ padding: 'symmetric' }>['operations']
    const implementation = defineImplementation({
      name: 'wrong',
      operations,
      conventions: { padding: 'symmetric' },
      ...(declared.axes && { axes: declared.axes }),
    })
    expect(Object.values(await outcomes(clause, implementation))).toContain('violates')
  })

  it.each<[string, string, { alpha?: 'mean'; average?: 'window'; group: 'size' }]>([
    ['an α that multiplies the sum', 'cnn.lrn.across-channel', { group: 'size' }],
    ['an average over pixels', 'cnn.pool.avg', { group: 'size', alpha: 'mean' }],
  ])('does not conform when it declares %s', async (_, clause, conventions) => {
    const implementation = defineImplementation({
      name: 'wrong',
      axes: 'channels first',
      conventions: { padding: 'symmetric', ...conventions },
      operations: {
        'cnn.averagePool': ({ x }, windows) => ({ y: averagePool(x, windows) }),
        'cnn.lrnAcross': ({ x }, { size, alpha, beta, kappa }) => ({
          y: normalize(x, size, alpha, beta, kappa),
        }),
      },
    })
    expect(Object.values(await outcomes(clause, implementation))).toContain('violates')
  })

  it('shows a planted mistake, with its case in the axes of the specification', async () => {
    const planted = defineImplementation({
      name: 'planted',
      axes: 'channels first',
      operations: {
        'cnn.flip': ({ x }) => {
          const [, , H, W] = x.shape as [number, number, number, number]
          // Rows instead of columns.
          const data = x.data.map((_, at) => {
            const [row, column] = [Math.floor(at / W) % H, at % W]
            return x.data[at + (H - 1 - 2 * row) * W + 0 * column]!
          })
          return { y: tensor(x.shape, data) }
        },
      },
    })
    const { properties } = await checkClause(clauseById('cnn.augment.jitter')!, planted, options)
    const capsules = properties.flatMap(({ verdict }) =>
      verdict.outcome === 'violates' ? [verdict.capsule] : [],
    )
    expect(capsules.length).toBeGreaterThan(0)
    for (const { inputs, sizes, environment } of capsules) {
      expect(inputs.x!.shape).toEqual([sizes.N, sizes.H, sizes.W, sizes.K])
      expect(environment.declared).toBe('axes: channels first')
    }
    const [failed] = properties.filter(({ verdict }) => verdict.outcome === 'violates')
    const { typescript, python } = snippetsOf(failed!.verdict)!
    for (const program of [typescript, python]) {
      expect(program).toContain('are in the axes and conventions of the specification')
      expect(program).toContain('was asked in those that it declares: axes: channels first.')
    }
  })

  it('gets arrays with the wrong number of axes as they are, to reject them', async () => {
    const shapes: (readonly number[])[] = []
    const { operations } = defineImplementation({
      name: 'mine',
      axes: 'channels first',
      operations: {
        'cnn.flip': ({ x }) => {
          shapes.push(x.shape)
          throw new RangeError('four axes')
        },
      },
    })
    const x = { dtype: 'float32', shape: [2, 3], data: new Float32Array(6) } as const
    await expect(operations['cnn.flip']!({ x }, {})).rejects.toThrow('four axes')
    expect(shapes).toEqual([[2, 3]])
  })

  it('is seen to write into an array that it was given, or to hand one out twice', async () => {
    const memory = new Float32Array(1000)
    const flipping = (writes: boolean) =>
      defineImplementation({
        name: 'careless',
        axes: 'channels first',
        operations: {
          'cnn.flip': ({ x }) => {
            const W = x.shape[3]!
            const data = x.data.map((_, at) => x.data[at - (at % W) + W - 1 - (at % W)]!)
            if (writes) x.data.fill(0)
            memory.set(data)
            return { y: { shape: x.shape, data: writes ? data : memory.subarray(0, data.length) } }
          },
        },
      })
    expect(Object.values(await outcomes('cnn.augment.jitter', flipping(true)))).toContain('errored')
    expect(Object.values(await outcomes('cnn.augment.jitter', flipping(false)))).toContain(
      'unstable',
    )
  })
})

describe('what an implementation declares', () => {
  const flip = { 'cnn.flip': () => ({ y: tensor([], [0]) }) }
  const defined = (declared: object) =>
    defineImplementation({ name: 'mine', operations: flip, ...declared })

  it('is looked at when it is defined', () => {
    expect(() => defined({ axes: { x: 'NKHZ' } })).toThrow(
      "'NKHZ' is no order of the axes N × H × W × K of x of cnn.flip: Z names none",
    )
    expect(() => defined({ conventions: { padding: 'full' } })).toThrow(
      "the convention padding is 'full'; expected words or amounts, amounts,",
    )
    expect(() => defined({ conventions: { paddings: 'symmetric' } })).toThrow(
      'did you mean padding',
    )
  })

  it('may be a convention that is for the report', () => {
    expect(defined({ conventions: { gates: 'i f g o' } }).conventions).toEqual({ gates: 'i f g o' })
  })

  it('decides the types of the parameters', () => {
    defineImplementation({
      name: 'mine',
      conventions: { padding: 'symmetric', group: 'size' },
      operations: {
        'cnn.maxPool': (_, { padding }) => {
          expectTypeOf(padding).toEqualTypeOf<readonly [number, number]>()
          return { y: tensor([], [0]) }
        },
        'cnn.lrnAcross': (_, parameters) => {
          expectTypeOf<keyof typeof parameters>().toEqualTypeOf<
            'size' | 'alpha' | 'beta' | 'kappa'
          >()
          return { y: tensor([], [0]) }
        },
        // It pads by amounts in every convention.
        'cnn.zeroPad': (_, { padding }) => {
          expectTypeOf(padding).toEqualTypeOf<readonly [number, number, number, number]>()
          return { y: tensor([], [0]) }
        },
      },
    })
    defineImplementation({
      name: 'mine',
      conventions: { padding: 'auto_pad' },
      operations: {
        'cnn.conv2d': (_, { auto_pad, pads }) => {
          expectTypeOf(auto_pad).toEqualTypeOf<'NOTSET' | 'VALID' | 'SAME_UPPER'>()
          expectTypeOf(pads).toEqualTypeOf<readonly [number, number, number, number]>()
          return { y: tensor([], [0]) }
        },
      },
    })
  })
})
