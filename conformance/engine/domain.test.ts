import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { dense } from '../../spec/cnn/flatten.ts'
import { operations } from '../../spec/index.ts'
import { Unsupported } from '../base/errors.ts'
import type { Question } from '../base/question.ts'
import { tensor } from '../kit/tensor.ts'
import { properties } from '../properties/index.ts'
import type { CheckOptions } from './candidate.ts'
import { checkProperty } from './check.ts'
import { declinedBy, problemWithSupports } from './domain.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation } from './implementation.ts'
import type { Support } from './support.ts'

const right = referenceImplementation(operations, referencesById)
const convolve = right.operations['cnn.conv2d'] as Evaluate
const options: CheckOptions = { runs: 60, seed: 3, deadline: null, kept: [], shrink: true }

function propertyNamed(id: string) {
  const property = properties.find((candidate) => candidate.id === id)
  if (property === undefined) throw new Error(`no property ${id}`)
  return property
}
const exact = propertyNamed('cnn.conv2d.forward/exact')
const outsideOfIt = properties.find(
  ({ check, operations: [operation] }) =>
    check.kind === 'rejection' && operation?.id === 'cnn.conv2d',
)!

/** The reference, but for a convolution of our choice. */
function withConvolution(evaluate: Evaluate, more: Partial<Implementation> = {}): Implementation {
  return { ...right, operations: { ...right.operations, 'cnn.conv2d': evaluate }, ...more }
}

const supporting = (support: Support) => ({ supports: { 'cnn.conv2d': support } })

const check = (implementation: Implementation, property = exact) =>
  checkProperty(property, implementation, referencesById, options)

/** Takes a stride of 1 only, as it says when it is asked. */
const byAnswer: Evaluate = (inputs, parameters) => {
  if (parameters.strides.some((stride: number) => stride !== 1)) {
    throw new Unsupported('stride 1 only')
  }
  return convolve(inputs, parameters)
}

/** What reads no stride at all, and is right where it is 1. */
const blind: Evaluate = (inputs, parameters) => convolve(inputs, { ...parameters, strides: [1, 1] })

describe('what is declared by ranges', () => {
  it('gets its full number of cases, from within them, and none from outside', async () => {
    const asked: unknown[] = []
    const noting: Evaluate = (inputs, parameters) => {
      asked.push(...parameters.strides, inputs.x!.shape[0])
      return convolve(inputs, parameters)
    }
    const support = { sizes: { N: 1 }, parameters: { strides: 1 } }
    const { verdict, declined } = await check(withConvolution(noting, supporting(support)))
    expect(verdict).toMatchObject({ outcome: 'conforms', cases: options.runs })
    expect(new Set(asked)).toEqual(new Set([1]))
    expect(declined).toMatchObject({ drawn: options.runs })
    expect(Object.keys(declined!.reasons).toSorted()).toEqual(['N above 1', 'strides above 1'])
  })

  it('is drawn as varied as before where sizes have to be multiples', async () => {
    const seen = { K: new Set<number>(), Q: new Set<number>() }
    const noting: Evaluate = (inputs, parameters) => {
      seen.K.add(inputs.filters!.shape[2]!)
      seen.Q.add(inputs.filters!.shape[3]!)
      return convolve(inputs, parameters)
    }
    const four = { multipleOf: 4 }
    const support = { sizes: { K: four, Q: four } }
    const { verdict } = await check(withConvolution(noting, supporting(support)))
    expect(verdict).toMatchObject({ outcome: 'conforms', cases: options.runs })
    for (const sizes of Object.values(seen)) {
      expect([...sizes].every((size) => size % 4 === 0)).toBe(true)
      expect(sizes.size).toBeGreaterThan(2)
    }
  })

  it('still violates with the smallest case within them', async () => {
    const wrong: Evaluate = async (inputs, parameters) => {
      const { y } = await blind(inputs, parameters)
      return { y: { ...y!, data: Float32Array.from(y!.data as Float32Array, (v) => v + 1) } }
    }
    const support = { sizes: { K: { multipleOf: 4 } }, parameters: { strides: 1 } }
    const { verdict } = await check(withConvolution(wrong, supporting(support)))
    if (verdict.outcome !== 'violates') throw new Error(`it ${verdict.outcome}`)
    expect(verdict.capsule.sizes).toMatchObject({ N: 1, H: 1, W: 1, K: 4, Q: 1, Hf: 1, Wf: 1 })
  })

  it('leaves alone what is within them', async () => {
    const all = { parameters: { strides: { min: 1 } } }
    const { verdict, declined } = await check(withConvolution(convolve, supporting(all)))
    expect(verdict).toEqual({ outcome: 'conforms', cases: 60, worstUtilization: 0 })
    expect(declined).toBeNull()
  })
})

describe('what is declared otherwise', () => {
  const byPredicate = withConvolution(
    blind,
    supporting(
      ({ parameters }) => parameters.strides.every((s: number) => s === 1) || 'stride 1 only',
    ),
  )

  it.each([
    ['by a predicate', byPredicate],
    ['by an answer', withConvolution(byAnswer)],
  ] as const)('%s is counted, and others are drawn in the place of it', async (_, partial) => {
    const { verdict, declined, discarded } = await check(partial)
    expect(verdict).toMatchObject({ outcome: 'conforms', cases: options.runs })
    const { drawn, reasons } = declined!
    expect(reasons).toEqual({ 'stride 1 only': drawn - options.runs - discarded })
    expect(drawn).toBeGreaterThan(2 * options.runs)
  })

  it('is asked no longer where hardly any case is taken', async () => {
    let asked = 0
    const picky: Evaluate = () => {
      asked++
      throw new Unsupported('not today')
    }
    const { verdict, declined } = await check(withConvolution(picky))
    expect(verdict).toEqual({
      outcome: 'declined',
      reason: 'it takes none of the cases: not today (100 %)',
    })
    expect(declined!.reasons).toEqual({ 'not today': declined!.drawn })
    expect(asked).toBeLessThan(300)
  })

  it('says which classes only such cases are of', async () => {
    const { classes, declined } = await check(withConvolution(byAnswer))
    expect(classes['cnn.conv2d: stride above 1']).toBe(0)
    expect(declined!.classes['cnn.conv2d: stride above 1']).toBeGreaterThan(0)
  })
})

describe('declining is no way out', () => {
  it('of a level that is claimed', async () => {
    const partial = withConvolution(byAnswer, { levels: ['core'] })
    const { verdict } = await check(partial)
    expect(verdict).toMatchObject({
      outcome: 'errored',
      reason: 'cnn.conv2d: it claims the level core, and does not take this: stride 1 only',
    })
    const declared = withConvolution(blind, {
      levels: ['core'],
      ...supporting({ parameters: { strides: 1 } }),
    })
    expect((await check(declared)).verdict.outcome).toBe('errored')
  })

  it('of rejecting what is outside of the signature: all that is declined shows nothing', async () => {
    const nothing = withConvolution(() => {
      throw new Unsupported('nothing')
    })
    expect((await check(nothing, outsideOfIt)).verdict.outcome).toBe('declined')
    const declared = withConvolution(
      blind,
      supporting(() => false),
    )
    expect((await check(declared, outsideOfIt)).verdict.outcome).toBe('declined')
  })

  it('of rejecting other arguments than those outside of a range', async () => {
    const lenient: Evaluate = async (inputs, parameters) => {
      try {
        return await convolve(inputs, parameters)
      } catch {
        return { y: inputs.x! }
      }
    }
    const support = { parameters: { strides: 1, dilations: 1 } }
    const { verdict } = await check(withConvolution(lenient, supporting(support)), outsideOfIt)
    expect(verdict).toMatchObject({ outcome: 'violates', kind: 'accepted' })
  })

  it('but to decline an argument that is out of range is to reject it', async () => {
    for (const evaluate of [blind, byAnswer]) {
      const support = evaluate === blind ? supporting({ parameters: { strides: 1 } }) : {}
      const { verdict, declined } = await check(withConvolution(evaluate, support), outsideOfIt)
      expect(verdict.outcome).toBe('conforms')
      expect(declined).not.toBeNull()
    }
  })
})

describe('what is declared makes no sense', () => {
  it.each([
    [{ 'cnn.convd2': {} }, 'there is no operation cnn.convd2'],
    [{ 'cnn.conv2d': null }, 'cnn.conv2d has neither ranges nor a predicate'],
    [{ 'cnn.conv2d': { stride: 1 } }, 'cnn.conv2d has sizes, parameters and absent, and no stride'],
    [
      { 'cnn.conv2d': { parameters: { stride: 1 } } },
      'cnn.conv2d has no parameter stride, only strides, dilations, padding',
    ],
    [{ 'cnn.conv2d': { sizes: { C: 1 } } }, 'cnn.conv2d has no size C, only N,'],
    [{ 'cnn.conv2d': { sizes: { K: { multiple: 4 } } } }, 'no values of K within {"multiple":4}'],
    [{ 'cnn.conv2d': { parameters: { padding: 'full' } } }, 'no values of padding within "full"'],
    [{ 'cnn.conv2d': { parameters: { strides: [1] } } }, 'no values of strides within [1]'],
    [{ 'cnn.conv2d': 1 }, 'cnn.conv2d has neither ranges nor a predicate'],
    [{ 'cnn.conv2d': () => true, 'cnn.convd2': {} }, 'there is no operation cnn.convd2'],
    [{ 'cnn.dense': { absent: ['weights'] } }, 'cnn.dense cannot have ["weights"] left out'],
    [{ 'cnn.dense': { absent: ['bias', 'x'] } }, 'left out; expected a list of bias'],
    [{ 'cnn.dense': { absent: 'bias' } }, 'cnn.dense cannot have "bias" left out'],
    [{ 'cnn.flatten': { absent: ['x'] } }, 'expected a list of none'],
    [{ 'rnn.bidirectional': { absent: ['x'] } }, 'expected a list of b, h0, padded'],
    [{ 'cnn.dense': { absent: ['bias'], stride: 1 } }, 'and no stride'],
  ])('%j', (supports, problem) => {
    expect(problemWithSupports(supports)).toContain(problem)
  })

  it.each([
    [{}],
    [{ 'cnn.conv2d': () => false }],
    [{ 'cnn.conv2d': { sizes: undefined } }],
    [{ 'cnn.conv2d': { sizes: { K: { multipleOf: 4 } }, parameters: { strides: 1 }, absent: [] } }],
    [{ 'cnn.dense': { absent: ['bias'] } }],
    [{ 'cnn.conv2d': { parameters: { padding: 'same' } } }],
  ])('and %j does', (supports) => {
    expect(problemWithSupports(supports)).toBeNull()
  })
})

describe('a question about a dense layer', () => {
  const x = tensor([1, 2], [1, 2])
  const weights = tensor([2, 3], [1, 2, 3, 4, 5, 6])
  const bias = tensor([3], [1, 2, 3])
  const leftOut = { ...tensor([3], [0, 0, 0]), absent: true as const }
  const declined = (support: Support | undefined, inputs: Question['inputs']) =>
    declinedBy(support === undefined ? {} : { supports: { 'cnn.dense': support } }, {
      operation: dense,
      inputs,
      parameters: {},
    })

  it.each<[string, Support | undefined, Question['inputs'], string | null]>([
    ['where nothing is declared', undefined, { x, weights, bias }, null],
    ['by a size that two arrays agree on', { sizes: { D: 1 } }, { x, weights, bias }, 'D above 1'],
    [
      'by one that the only array of its rank tells',
      { sizes: { D: 1 } },
      { x, weights: bias },
      'D above 1',
    ],
    ['not by one of arrays that do not agree', { sizes: { D: 2 } }, { x, weights: x }, null],
    ['not by one of an array that is not there', { sizes: { N: 2 } }, { weights, bias }, null],
    ['not by one of an array of another rank', { sizes: { N: 2 } }, { x: bias, weights }, null],
    ['by a bias that is given', { absent: ['bias'] }, { x, weights, bias }, 'given bias'],
    ['not by one that is not', { absent: ['bias'] }, { x, weights }, null],
    ['not by one that is left out', { absent: ['bias'] }, { x, weights, bias: leftOut }, null],
    [
      'by a predicate without a reason',
      () => false,
      { x, weights },
      'what it does not declare to take',
    ],
    ['by a predicate with one', () => 'not today', { x, weights }, 'not today'],
    ['not by one that takes it', ({ sizes }) => sizes.D === 2, { x, weights }, null],
    ['never by one where arguments are wrong', () => false, { x, weights: bias }, null],
  ])('is declined, %s', (_, support, inputs, reason) => {
    expect(declined(support, inputs)).toBe(reason)
  })

  it('is not declined by what goes wrong otherwise', () => {
    const broken = {
      get x(): never {
        throw new RangeError('gone')
      },
      weights,
    }
    expect(() => declined(() => true, broken)).toThrow('gone')
  })
})
