import { describe, expect, it } from 'vitest'
import { operationById, operations } from '../../../spec/index.ts'
import type { Operation } from '../../../spec/language/operation.ts'
import { UsageError } from '../../base/errors.ts'
import { operationNamed, parametersIn, sizesIn } from './arguments.ts'
import { costOf } from './cost.ts'
import { assertValid, complete } from './own-size.ts'

const conv2d = operationById('cnn.conv2d')!
const maxPool = operationById('cnn.maxPool')!
const shuffle = operationById('efficient.channelShuffle')!

/** The message and the advice of the usage error that something throws. */
function complaint(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof UsageError) return [error.message, ...error.advice].join('\n')
    throw error
  }
  return ''
}

describe('sizes and parameters of a case', () => {
  it.each(
    (operations as readonly Operation[]).map((operation) => [operation.id, operation] as const),
  )('are chosen where none is given: %s', (_, operation) => {
    const own = complete(operation, {}, {})
    assertValid(own)
    expect(Object.keys(own.sizes)).toEqual(Object.keys(operation.dimensions))
    expect(Object.keys(own.parameters).toSorted()).toEqual(
      Object.keys(operation.parameters).toSorted(),
    )
  })

  it('are as given, and others follow or are the usual ones', () => {
    const own = complete(conv2d, { N: 1, H: 56, W: 28, K: 64, Q: 32 }, { strides: [2, 2] })
    expect(own.sizes).toEqual({ N: 1, Hf: 3, Wf: 3, K: 64, Q: 32, H: 56, W: 28, Ho: 28, Wo: 14 })
    expect(own.parameters).toEqual({ strides: [2, 2], dilations: [1, 1], padding: 'same' })
    expect(own.chosen).toEqual(['Hf', 'Wf', 'dilations', 'padding'])
  })

  it('that were not given make room for those that were', () => {
    expect(complete(shuffle, { C: 10 }, {}).parameters).toEqual({ groups: 2 })
  })

  it.each([
    ['a letter of no axis', { Z: 3 }, {}, /has no size Z\n.*\n {2}N +images: at least 1\n/],
    ['a size below its range', { K: 0 }, {}, /K=0 is too small: channels: at least 1\n/],
    [
      'an image below its kernel',
      { H: 2 },
      { padding: 'valid' },
      /H=2 is too small: rows: at least the extent of the kernel .*, which is 3 here/,
    ],
    ['a size that does not follow', { H: 5, Ho: 9 }, {}, /Ho=9 does not follow .*; they give 5/],
    [
      'a parameter of no name',
      {},
      { stride: 1 },
      /has no parameter stride\n[\s\S]*strides +2 values/,
    ],
    ['a parameter of another kind', {}, { strides: 1 }, /strides is 1; expected \[a whole number/],
    ['a value out of range', {}, { strides: [1, 0] }, /strides\[1\] is 0; expected .* at least 1/],
  ] as const)('are no %s', (_, sizes, parameters, message) => {
    expect(complaint(() => complete(conv2d, sizes as never, parameters))).toMatch(message)
  })

  it('are none that together break a constraint', () => {
    const parameters = { kernel: [2, 2], padding: [3, 0, 0, 0] }
    expect(complaint(() => complete(maxPool, {}, parameters))).toBe(
      'cnn.maxPool: padding is [3,0,0,0]; expected padding narrower than the kernel on every side',
    )
    expect(complaint(() => complete(shuffle, { C: 10 }, { groups: 4 }))).toMatch(
      /groups is 4; expected groups that divide the channels/,
    )
  })

  it('may be told by a parameter, and contradict none', () => {
    const gradient = operationById('cnn.conv2dInputGradient')!
    const own = complete(gradient, { N: 1 }, { imageSize: [9, 7] })
    expect(own.sizes).toMatchObject({ H: 9, W: 7 })
    assertValid(own)
    expect(complaint(() => complete(gradient, { H: 9 }, { imageSize: [7, 9] }))).toBe(
      'H=9, but imageSize has 7 in its place',
    )
  })

  it('cost nothing that this process has not', () => {
    const own = complete(conv2d, { N: 64, H: 1024, W: 1024, K: 64, Q: 64 }, {})
    expect(complaint(() => costOf(own))).toMatch(
      /would need about .* GiB[\s\S]*--max-old-space-size=/,
    )
    const usual = complete(conv2d, { N: 1, H: 56, W: 56, K: 64, Q: 64 }, {})
    expect(costOf(usual).products).toBe(56 * 56 * 64 * 9 * 64)
  })
})

describe('the words of the command line', () => {
  it('are sizes by letter', () => {
    expect(sizesIn(['N=1,H=56', ' W = 7 '])).toEqual({ N: 1, H: 56, W: 7 })
    expect(complaint(() => sizesIn(['N=1,H']))).toMatch(/--sizes has 'H'/)
    expect(complaint(() => sizesIn(['N=-1']))).toMatch(/--sizes has 'N=-1'/)
    expect(complaint(() => sizesIn(['N=1', 'N=2']))).toMatch(/--sizes has N twice/)
  })

  it('are parameters as JSON', () => {
    expect(parametersIn(undefined)).toEqual({})
    expect(parametersIn('{"rate":"Infinity"}')).toEqual({ rate: Number.POSITIVE_INFINITY })
    expect(complaint(() => parametersIn('{strides:1}'))).toMatch(/--parameters is no JSON\n/)
    expect(complaint(() => parametersIn('[1]'))).toMatch(/no object of parameters by name/)
  })

  it('are an operation that there is', () => {
    expect(operationNamed('cnn.conv2d')).toBe(conv2d)
    expect(complaint(() => operationNamed('cnn.conv2'))).toMatch(/did you mean\n {2}cnn\.conv2d/)
  })
})
