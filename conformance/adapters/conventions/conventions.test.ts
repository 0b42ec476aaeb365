import { describe, expect, it } from 'vitest'
import { lift } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { profiles } from '../../../reference/arithmetic/profile.ts'
import { referencesById } from '../../../reference/index.ts'
import { clauseById, operationById, operations } from '../../../spec/index.ts'
import { checkArguments } from '../../../spec/language/check.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { mapValues } from '../../base/records.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { type Conventions, problemWithConventions } from '../../protocol/conventions.ts'
import { checkClause } from '../../suite/clauses.ts'
import { speaking } from '../speaking.ts'
import { convertNormalization } from './normalization.ts'
import { convertWindows } from './padding.ts'

const array = (...shape: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => at + 1),
})

function pooling(parameters: Parameters, conventions: Conventions, id = 'cnn.maxPool') {
  const question = {
    operation: operationById(id)!,
    inputs: { x: array(1, 2, 3, 1) },
    parameters: { kernel: [2, 3], strides: [1, 1], ...parameters },
  }
  return convertWindows(question, conventions)
}

describe('padding in another convention', () => {
  // An image of 2 × 3 under 2 × 3 with `same`: a row behind, a column on either side.
  it.each([
    ['amounts', 'same', { padding: [0, 1, 1, 1] }],
    ['amounts', 'valid', { padding: [0, 0, 0, 0] }],
    ['amounts', [1, 0, 2, 1], { padding: [1, 0, 2, 1] }],
    [
      'pairs',
      'same',
      {
        padding: [
          [0, 1],
          [1, 1],
        ],
      },
    ],
    ['pads', 'same', { padding: [0, 1, 1, 1] }],
    ['pads', [1, 0, 2, 1], { padding: [1, 2, 0, 1] }],
    ['auto_pad', 'same', { auto_pad: 'SAME_UPPER', pads: [0, 0, 0, 0] }],
    ['auto_pad', 'valid', { auto_pad: 'VALID', pads: [0, 0, 0, 0] }],
    ['auto_pad', [1, 0, 2, 1], { auto_pad: 'NOTSET', pads: [1, 2, 0, 1] }],
    ['symmetric', 'valid', { padding: [0, 0] }],
    ['symmetric', [1, 1, 1, 1], { padding: [1, 1] }],
    ['words', 'same', { padding: 'same' }],
    ['words', [0, 0, 0, 0], { padding: 'valid' }],
  ] as const)('%s: %j', (padding, given, wanted) => {
    const { question } = pooling({ padding: given }, { padding })
    const { kernel, strides, ...rest } = question.parameters
    expect(rest).toEqual(wanted)
    expect(question.inputs.x!.shape).toEqual([1, 2, 3, 1])
  })

  it('is put around the image beforehand where the convention has no form for it', () => {
    const { question } = pooling({ padding: [0, 1, 1, 0] }, { padding: 'symmetric' })
    const none = Number.NEGATIVE_INFINITY
    expect(question.parameters.padding).toEqual([0, 0])
    expect(question.inputs.x).toEqual({
      dtype: 'float32',
      shape: [1, 3, 4, 1],
      data: Float32Array.of(none, 1, 2, 3, none, 4, 5, 6, none, none, none, none),
    })
    const words = pooling({ padding: [0, 1, 1, 0] }, { padding: 'words' }, 'cnn.averagePool')
    expect(words.question.parameters.padding).toBe('valid')
    expect([...words.question.inputs.x!.data]).toEqual([0, 1, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0])
  })

  it('is below all whole numbers around an image of them', () => {
    const question = {
      operation: operationById('cnn.maxPool')!,
      inputs: { x: { dtype: 'int32', shape: [1, 1, 1, 1], data: Int32Array.of(-7) } as const },
      parameters: { kernel: [1, 2], strides: [1, 1], padding: [0, 0, 1, 0] },
    }
    const { x } = convertWindows(question, { padding: 'symmetric' }).question.inputs
    expect([...x!.data]).toEqual([-(2 ** 31), -7])
  })

  it('of more than half a window too, around an image that is pooled', () => {
    const wide = { padding: [0, 0, 2, 2] }
    const { question } = pooling(wide, { padding: 'symmetric' })
    expect(question.inputs.x!.shape).toEqual([1, 2, 7, 1])
  })

  it.each([
    ['symmetric', [-1, 0, 0, 0], { padding: [-1, 0] }],
    ['symmetric', [0, 0.5, 0, 1], { padding: [0.5, 1] }],
    ['symmetric', [2, 0, 0, 0], { padding: [2, 0] }],
    ['symmetric', 'full', { padding: 'full' }],
    ['words', [2, 0, 0, 0], { padding: [2, 0, 0, 0] }],
    ['auto_pad', 'full', { auto_pad: 'FULL', pads: 'full' }],
    ['pairs', 'full', { padding: 'full' }],
  ] as const)('stays one to be refused: %s, %j', (padding, given, wanted) => {
    const { question } = pooling({ padding: given }, { padding })
    const { kernel, strides, ...rest } = question.parameters
    expect(rest).toEqual(wanted)
    expect(question.inputs.x!.shape).toEqual([1, 2, 3, 1])
  })
})

describe('α and the group of response normalization', () => {
  const asked = (id: string, conventions: Conventions, radius = 2) =>
    convertNormalization(
      {
        operation: operationById(id)!,
        inputs: {},
        parameters: { radius, alpha: 3, beta: 0.5, kappa: 1 },
      },
      conventions,
    ).parameters

  it('are told by a mean over n, or n² places, and by a size', () => {
    expect(asked('cnn.lrnAcross', { alpha: 'mean' })).toMatchObject({ radius: 2, alpha: 15 })
    expect(asked('cnn.lrnWithinGradient', { alpha: 'mean' })).toMatchObject({ alpha: 75 })
    expect(asked('cnn.lrnAcross', { group: 'size' })).toEqual({
      size: 5,
      alpha: 3,
      beta: 0.5,
      kappa: 1,
    })
  })

  it('stay to be refused where they are', () => {
    expect(asked('cnn.lrnAcross', { group: 'size', alpha: 'mean' }, 0.5)).toMatchObject({
      size: 0.5,
      alpha: 3,
    })
  })
})

/** What each convention says, in ours: the other way round than the harness converts. */
const ours: Readonly<Record<string, (parameters: Parameters) => Parameters>> = {
  amounts: (given) => given,
  pairs: ({ padding, ...rest }) => ({ ...rest, padding: padding.flat() }),
  pads: ({ padding: [top, left, bottom, right], ...rest }) => ({
    ...rest,
    padding: [top, bottom, left, right],
  }),
  auto_pad: ({ auto_pad, pads: [top, left, bottom, right], ...rest }) => ({
    ...rest,
    padding:
      auto_pad === 'NOTSET'
        ? [top, bottom, left, right]
        : { VALID: 'valid', SAME_UPPER: 'same' }[auto_pad as string],
  }),
  symmetric: ({ padding: [h, w], ...rest }) => ({ ...rest, padding: [h, h, w, w] }),
  words: (given) => {
    if (typeof given.padding !== 'string') throw new RangeError('a word')
    return given
  },
}

type Inputs = Readonly<Record<string, Tensor>>

/** What the reference answers; it rejects what the signature does not allow. */
function answerTo(id: string, inputs: Inputs, parameters: Parameters) {
  checkArguments(operationById(id)!, inputs, parameters)
  const arrays = mapValues(inputs, (tensor) => lift(number, tensor))
  const outputs = referencesById[id]!(number, arrays, parameters)
  return mapValues(outputs, ({ shape, data }) => ({
    dtype: 'float32' as const,
    shape,
    data: Float32Array.from(data),
  }))
}

/** The reference, asked in a convention. */
function inConvention(padding: string): Implementation {
  const evaluators = Object.fromEntries(
    operations.map(({ id }) => [
      id,
      (inputs: Inputs, parameters: Parameters) => {
        const isAsked = 'strides' in parameters && ('padding' in parameters || 'pads' in parameters)
        return answerTo(id, inputs, isAsked ? ours[padding]!(parameters) : parameters)
      },
    ]),
  )
  return {
    name: padding,
    version: '1',
    precision: 'float32',
    profile: profiles.ieee,
    device: 'in this test',
    operations: speaking(evaluators, { conventions: { padding } }),
  }
}

describe.each(Object.keys(ours))(
  'an implementation that is right in the convention %s',
  (padding) => {
    it.each([
      'cnn.conv2d.forward',
      'cnn.backprop.input-gradient',
      'cnn.pool.backward',
      'cnn.pool.avg',
      'efficient.mobilenet.depthwise',
    ])('conforms to %s', async (clause) => {
      const options = { runs: 25, seed: 5, deadline: null, kept: {}, killing: false }
      const { properties } = await checkClause(clauseById(clause)!, inConvention(padding), options)
      const wrong = properties.filter(({ verdict }) => verdict.outcome !== 'conforms')
      expect(wrong.map(({ id, verdict }) => ({ id, verdict }))).toEqual([])
    })
  },
)

it('says what is wrong with declared conventions', () => {
  expect(problemWithConventions({ padding: 'symmetric', gates: 'i f g o' })).toBeNull()
  expect(problemWithConventions({ alpha: 'n' })).toBe(
    "the convention alpha is 'n'; expected sum, mean",
  )
  expect(problemWithConventions({ aplha: 'mean' })).toBe(
    'there is no convention aplha; did you mean alpha?',
  )
})
