import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { operations } from '../../spec/index.ts'
import { properties } from '../properties/index.ts'
import type { CheckOptions } from './candidate.ts'
import { seedOf } from './cases.ts'
import { checkProperty } from './check.ts'
import { caseIn } from './encapsulate.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation, Inputs } from './implementation.ts'
import type { Property } from './property.ts'

const right = referenceImplementation(operations, referencesById)
const options: CheckOptions = { runs: 50, seed: 7, deadline: null, kept: [], shrink: true }

function propertyNamed(id: string) {
  const property = properties.find((candidate) => candidate.id === id)
  if (property === undefined) throw new Error(`no property ${id}`)
  return property
}
const exact = propertyNamed('cnn.conv2d.forward/exact')
const real = propertyNamed('cnn.conv2d.forward/bounded')
const convolve = right.operations['cnn.conv2d'] as Evaluate

/** The reference, but for a convolution of our choice. */
function withConvolution(evaluate: Evaluate): Implementation {
  return { ...right, operations: { ...right.operations, 'cnn.conv2d': evaluate } }
}

/** What is right, with every element of y changed. */
function changed(change: (value: number, position: number) => number): Evaluate {
  return async (inputs, parameters) => {
    const { y } = await convolve(inputs, parameters)
    return { y: { ...y, data: Float32Array.from(y.data as Float32Array, change) } }
  }
}

const check = (evaluate: Evaluate, property = exact, more: Partial<CheckOptions> = {}) =>
  checkProperty(property, withConvolution(evaluate), referencesById, { ...options, ...more })

describe('a verdict', () => {
  it('conforms when every case agrees', async () => {
    const { verdict } = await check(convolve)
    expect(verdict).toEqual({ outcome: 'conforms', cases: 50, worstUtilization: 0 })
  })

  it('violates with a case as small as can be, and unmistakable', async () => {
    const { verdict } = await check(changed((value) => value + 1))
    expect(verdict).toMatchObject({
      outcome: 'violates',
      difference: { label: 'y', index: [0, 0, 0, 0], expected: 0, actual: 1, bound: 0 },
    })
    if (verdict.outcome !== 'violates') throw new Error('unreachable')
    expect(verdict.capsule.sizes).toMatchObject({ N: 1, H: 1, W: 1, K: 1, Q: 1, Hf: 1, Wf: 1 })
    const { inputs } = caseIn(verdict.capsule)
    expect(Object.values(inputs).flatMap(({ data }) => [...(data as Float32Array)])).toEqual([
      0, 0, 0,
    ])
  })

  it('tells in how many steps a case was made small, and on which path of fast-check', async () => {
    const plusOne = changed((value) => value + 1)
    const { verdict } = await check(plusOne)
    if (verdict.outcome !== 'violates') throw new Error(`it ${verdict.outcome}`)
    expect(verdict.capsule.path).toMatch(/^\d+(:\d+)+$/)
    const onPath = verdict.capsule.path.split(':').length - 1
    expect(verdict.shrinks).toBeGreaterThanOrEqual(onPath)

    // A case that is kept is on no path: only the elements of it become smaller, one after the other.
    const small = caseIn(verdict.capsule)
    const x = { ...small.inputs.x!, data: Float32Array.of(6) }
    const kept = [{ ...small, inputs: { ...small.inputs, x } }]
    const again = await check(plusOne, exact, { kept, runs: 0 })
    if (again.verdict.outcome !== 'violates') throw new Error(`it ${again.verdict.outcome}`)
    expect(again.verdict.capsule.path).toMatch(/^\d+$/)
    expect(again.verdict.shrinks).toBeGreaterThan(0)
  })

  it('takes no longer to make a case small whose law asks hundreds of questions', async () => {
    let questions = 0
    const wrong = changed((value) => value + 1)
    const counting: Evaluate = (inputs, parameters) => {
      questions++
      return (inputs.x!.data.length > 30 ? wrong : convolve)(inputs, parameters)
    }
    const asking: Property = {
      ...exact,
      agrees: false,
      check: {
        kind: 'comparison',
        async compare({ answer, expected, inputs, parameters }) {
          for (let i = 1; i < 200; i++) {
            const x = inputs.x!
            const other = { ...x, data: (x.data as Float32Array).map((v) => v + i) }
            await answer(conv2d, { ...inputs, x: other } as never, parameters as never)
          }
          const { y } = await answer(conv2d, inputs as never, parameters as never)
          const right = expected(conv2d, inputs as never, parameters as never).y
          return [{ label: 'y', expected: right, actual: y }]
        },
      },
    }
    const { verdict } = await check(counting, asking, { runs: 1 })
    expect(verdict.outcome).toBe('violates')
    // 3,000 smaller cases of one question each are tried at most.
    expect(questions).toBeLessThan(30_000)
  })

  it('violates when an answer is NaN where a number is due', async () => {
    for (const property of [exact, real]) {
      const { verdict } = await check(
        changed(() => Number.NaN),
        property,
      )
      expect(verdict).toMatchObject({ outcome: 'violates', difference: { actual: Number.NaN } })
    }
  })

  it('keeps a case that was worked by hand as it is', async () => {
    const byHand = propertyNamed('cnn.conv2d.forward/E-01')
    const { verdict } = await check(
      changed((value) => value + 1),
      byHand,
    )
    if (verdict.outcome !== 'violates') throw new Error(`it ${verdict.outcome}`)
    expect(caseIn(verdict.capsule)).toEqual(byHand.examples[0])
  })

  it('does not shrink a wrong answer into one that looks like rounding', async () => {
    // Wrong by 1 in 256: beyond any bound of a short sum, but close to it when numbers get small.
    const { verdict } = await check(
      changed((value) => value * (1 + 2 ** -8)),
      real,
    )
    if (verdict.outcome !== 'violates') throw new Error(`it ${verdict.outcome}`)
    const { expected, actual, bound } = verdict.difference!
    expect(Math.abs(expected - actual)).toBeGreaterThanOrEqual(10 * bound)
  })

  it('is errored when the implementation throws, with the message and the case', async () => {
    const { verdict } = await check(() => {
      throw new Error('out of memory')
    })
    expect(verdict).toMatchObject({ outcome: 'errored', reason: 'cnn.conv2d: out of memory' })
    if (verdict.outcome !== 'errored') throw new Error('unreachable')
    expect(verdict.capsule?.sizes).toMatchObject({ N: 1, H: 1, W: 1 })
  })

  it.each([
    ['nothing', undefined, 'the answer has no array named y'],
    [
      'another name',
      { z: { dtype: 'float32', shape: [1], data: new Float32Array(1) } },
      'no array named y',
    ],
    [
      'too few elements',
      { y: { dtype: 'float32', shape: [2], data: new Float32Array(1) } },
      '1 elements for the shape [2]',
    ],
  ])('is errored when the answer is malformed: %s', async (_, answer, reason) => {
    const { verdict } = await check(() => answer as never)
    expect(verdict.outcome).toBe('errored')
    expect('reason' in verdict && verdict.reason).toContain(reason)
  })

  it('violates when the shape is wrong', async () => {
    const { verdict } = await check(async (inputs, parameters) => {
      const { y } = await convolve(inputs, parameters)
      return { y: { ...y, shape: [...y.shape].reverse() } }
    })
    expect(verdict).toMatchObject({ outcome: 'violates', difference: null })
    expect('reason' in verdict && verdict.reason).toMatch(
      /^y has the shape \[.*\]; expected \[.*\]$/,
    )
  })

  it('is unstable when the same question gets two answers', async () => {
    let times = 0
    const { verdict } = await check(changed((value) => value + (times++ % 2) * 2 ** -60))
    expect(verdict.outcome).not.toBe('conforms')
    let calls = 0
    const alternating: Evaluate = async (inputs, parameters) => {
      const { y } = await convolve(inputs, parameters)
      calls++
      return {
        y: { ...y, data: Float32Array.from(y.data as Float32Array, (v) => v + (calls % 2)) },
      }
    }
    expect((await check(alternating)).verdict.outcome).toBe('unstable')
  })

  it('is unsupported, with the reason, when the operation is not provided', async () => {
    const none: Implementation = {
      ...right,
      operations: {},
      unsupported: { 'cnn.conv2d': 'no convolution on this chip' },
    }
    const { verdict } = await checkProperty(exact, none, referencesById, options)
    expect(verdict).toEqual({ outcome: 'unsupported', reason: 'no convolution on this chip' })
  })

  it('is interrupted, not passed, when the time is over', async () => {
    const { verdict } = await check(convolve, exact, { deadline: performance.now() - 1 })
    expect(verdict.outcome).toBe('interrupted')
    const slow: Evaluate = async (inputs, parameters) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return convolve(inputs, parameters)
    }
    const late = await check(slow, exact, { deadline: performance.now() + 100 })
    expect(late.verdict.outcome).toBe('interrupted')
  })
})

describe('a run', () => {
  it('is the same again with the same seed, and another with another', async () => {
    const wrong = changed((value, position) => value + (position === 3 ? 1 : 0))
    const [first, again, other] = await Promise.all([
      check(wrong),
      check(wrong),
      check(wrong, exact, { seed: 8 }),
    ])
    expect(again.verdict).toEqual(first.verdict)
    expect(other.verdict).not.toEqual(first.verdict)
  })

  it('gives every property a seed of its own', () => {
    const seeds = properties.map(({ id }) => seedOf(0, id))
    expect(new Set(seeds).size).toBe(properties.length)
  })

  it('tries kept cases first', async () => {
    const { verdict } = await check(changed((value) => value + 1))
    if (verdict.outcome !== 'violates') throw new Error(`it ${verdict.outcome}`)
    const kept = caseIn(verdict.capsule)
    const asked: unknown[] = []
    await check(
      (inputs, parameters) => {
        asked.push(inputs)
        return convolve(inputs, parameters)
      },
      exact,
      { kept: [kept] },
    )
    expect(asked[0]).toEqual(kept.inputs)
  })

  it('shows the smallest drawn case rather than a kept one, whose sizes stay', async () => {
    const plusOne = changed((value) => value + 1)
    const wrongWhere =
      (holds: (inputs: Inputs) => boolean): Evaluate =>
      (inputs, parameters) =>
        (holds(inputs) ? plusOne : convolve)(inputs, parameters)
    const onTwo = wrongWhere(({ x }) => x!.shape[0] === 2)
    const large = await check(onTwo, exact, { shrink: false })
    if (large.verdict.outcome !== 'violates') throw new Error(`it ${large.verdict.outcome}`)
    const kept = [caseIn(large.verdict.capsule)]
    const everywhere = await check(plusOne, exact, { kept })
    expect(everywhere.verdict).toMatchObject({ capsule: { sizes: { N: 1, H: 1, W: 1, K: 1 } } })
    // Where no drawn case shows it, the kept one does.
    let asked = 0
    const once = wrongWhere(() => asked++ === 0)
    const alone = await check(once, exact, { kept, repeat: false })
    expect(alone.verdict).toMatchObject({ capsule: { sizes: kept[0]!.sizes } })
  })

  it('counts the classes that its cases reached', async () => {
    const { classes } = await check(convolve, exact, { runs: 200 })
    expect(classes['cnn.conv2d: stride above 1']).toBeGreaterThan(0)
    expect(Object.values(classes).every((times) => times <= 200)).toBe(true)
  })

  it('reports an error of a property itself as a defect of ours', async () => {
    const broken = {
      ...exact,
      check: {
        kind: 'comparison' as const,
        compare: () => Promise.reject(new Error('the property is wrong')),
      },
    }
    const { verdict } = await checkProperty(broken, right, referencesById, options)
    expect(verdict).toMatchObject({
      outcome: 'errored',
      kind: 'defect',
      reason: 'this is a defect of touchstone: the property is wrong',
    })
  })
})
