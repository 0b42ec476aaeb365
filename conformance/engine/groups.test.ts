import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import { elementsOf } from '../arbitraries/case.ts'
import { properties } from '../properties/index.ts'
import type { CheckOptions } from './candidate.ts'
import { checkProperty } from './check.ts'
import { referenceImplementation } from './fault.ts'
import { type Failing, Groups, sameIn } from './groups.ts'
import type { Evaluate, Inputs } from './implementation.ts'
import type { Kind } from './kind.ts'
import { mostFailing } from './stopping.ts'

const right = referenceImplementation(operations, referencesById)
const options: CheckOptions = { runs: 100, seed: 7, deadline: null, kept: [], shrink: true }
const exact = properties.find(({ id }) => id === 'cnn.conv2d.forward/exact')!
const rejected = properties.find(({ id }) => id === 'cnn.conv2d.depth-match/rejected')!
const convolve = right.operations['cnn.conv2d'] as Evaluate

const check = async (evaluate: Evaluate, more: Partial<CheckOptions> = {}, property = exact) => {
  const implementation = { ...right, operations: { ...right.operations, 'cnn.conv2d': evaluate } }
  const settings = { ...options, ...more }
  const { verdict } = await checkProperty(property, implementation, referencesById, settings)
  if (verdict.outcome !== 'violates') throw new Error(`it ${verdict.outcome}`)
  return verdict
}

const dilated = (parameters: Parameters<Evaluate>[1]) =>
  parameters.dilations.some((dilation: number) => dilation > 1)
const spoilt = async (given: Parameters<Evaluate>, change: (value: number) => number) => {
  const { y } = await convolve(...given)
  return { y: { ...y!, data: Float32Array.from(y!.data as Float32Array, change) } }
}

describe('a property goes on after a failing case', () => {
  it('so that a refusal does not hide a wrong value behind it', async () => {
    const verdict = await check((inputs, parameters) => {
      if (dilated(parameters)) throw new Error('no dilation')
      const wide = inputs.filters!.shape[1]! > 2
      return spoilt([inputs, parameters], (value) => (wide ? value + 1 : value))
    })
    expect(verdict.kind).toBe('wrong value')
    expect(verdict.capsule.sizes).toMatchObject({ Wf: 3, Hf: 1, H: 1 })
    const [other] = verdict.others
    expect(other).toMatchObject({
      outcome: 'errored',
      kind: 'refused',
      reason: 'cnn.conv2d: no dilation',
      capsule: { sizes: { N: 1, K: 1, Q: 1 } },
    })
    expect(verdict.others).toHaveLength(1)
    expect(verdict.failing).toBeGreaterThan(other!.cases)
  })

  it('so that NaN does not hide a wrong number', async () => {
    const verdict = await check((inputs, parameters) =>
      spoilt([inputs, parameters], (value) => (inputs.x!.shape[0] === 1 ? Number.NaN : value + 1)),
    )
    expect([verdict.kind, ...verdict.others.map(({ kind }) => kind)]).toEqual([
      'wrong value',
      'not finite',
    ])
  })

  it('until enough cases failed, or the first where that is all that is asked', async () => {
    const everywhere: Evaluate = (...given) => spoilt(given, (value) => value + 1)
    const all = await check(everywhere)
    expect(all).toMatchObject({ failing: mostFailing, first: 1 })
    expect(await check(everywhere, { untilFirst: true })).toMatchObject({ failing: 1, cases: 1 })
  })

  it('and says of how many cases the first failed', async () => {
    const rarely = ({ x }: Inputs) => x!.shape[3] === 5
    const verdict = await check((inputs, parameters) =>
      spoilt([inputs, parameters], (value) => (rarely(inputs) ? value + 1 : value)),
    )
    expect(verdict.first).toBeGreaterThan(1)
    expect(verdict.cases).toBeGreaterThanOrEqual(verdict.first)
    expect(verdict.capsule.sizes.K).toBe(5)
  })

  it('and finds every way in which invalid arguments are let through', async () => {
    const verdict = await check(() => ({ y: right as never }), {}, rejected)
    const reasons = [verdict.reason, ...verdict.others.map(({ reason }) => reason)]
    expect(new Set(reasons).size).toBe(reasons.length)
    expect(reasons.length).toBeGreaterThan(1)
  })
})

describe('a case that should have been rejected', () => {
  it('shows what was really sent', async () => {
    const verdict = await check(convolveAnything, {}, rejected)
    const { questions, invalid, inputs } = verdict.capsule
    expect(verdict.reason).toContain(invalid)
    expect(questions).toHaveLength(1)
    expect(questions![0]!.inputs).not.toEqual(inputs)
    expect(questions![0]!.operation).toBe('cnn.conv2d')
  })
})

/** A convolution that looks at nothing: any channels, any shape. */
const convolveAnything: Evaluate = (inputs, parameters) => {
  try {
    return convolve(inputs, parameters)
  } catch {
    return { y: { dtype: 'float32', shape: [1, 1, 1, 1], data: new Float32Array(1) } }
  }
}

describe('failing cases', () => {
  const failing = (kind: Kind, where: string, elements: number, index = 0): Failing => ({
    testCase: {
      sizes: {},
      parameters: {},
      inputs: {
        x: { dtype: 'float32', shape: [elements], data: new Float32Array(elements) },
        y: { dtype: 'float32', shape: [1], data: new Float32Array(1) },
      },
    },
    trial: { result: 'errored', reason: '', kind, where, asked: [], costly: false },
    index,
    planned: null,
  })
  const grouped = (...all: readonly Failing[]) => {
    const groups = new Groups()
    for (const one of all) groups.add(one)
    return groups
  }

  it('have as many elements as all their arrays', () => {
    expect(elementsOf(failing('failed', '', 3).testCase)).toBe(4)
  })

  it('that show the same are counted, and the first of the smallest is shown', () => {
    const same = [5, 3, 3, 4].map((elements, i) => failing('refused', 'y', elements, i))
    const [group, ...others] = grouped(...same).list
    expect([group!.count, group!.failing.index, others]).toEqual([4, 1, []])
  })

  it('are of one kind and place, in which numbers may be those of the case', () => {
    const [first, other] = [
      failing('failed', 'step 1.5 of 10', 1),
      failing('failed', 'step 22 of 3', 2),
    ]
    const groups = grouped(first, other, failing('failed', 'step x of 10', 1))
    expect(groups.list.map(({ count }) => count)).toEqual([2, 1])
    expect(groups.has(other.trial)).toBe(true)
    expect(groups.has(failing('failed', 'step 1.25 of 10', 1).trial)).toBe(true)
    expect(groups.has(failing('failed', 'step  of ', 1).trial)).toBe(false)
    expect(groups.has(failing('refused', 'step 1 of 1', 1).trial)).toBe(false)
    expect(sameIn(other.trial, first.trial)).toBe(other.trial)
    expect(sameIn(failing('failed', 'y', 1).trial, first.trial)).toBeNull()
  })

  it('are told from what tells most to what tells least, and five at most', () => {
    const kinds = [
      'defect',
      'failed',
      'refused',
      'wrong shape',
      'not finite',
      'wrong value',
    ] as const
    const list = grouped(...kinds.map((kind) => failing(kind, 'y', 1))).list
    expect(list.map(({ kind }) => kind)).toEqual(kinds.toReversed().slice(0, 5))
  })
})
