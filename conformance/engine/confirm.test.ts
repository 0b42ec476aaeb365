import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { operations } from '../../spec/index.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { law } from '../kit/law.ts'
import { properties } from '../properties/index.ts'
import type { CheckOptions } from './candidate.ts'
import { checkProperty } from './check.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation } from './implementation.ts'

const right = referenceImplementation(operations, referencesById)
const options: CheckOptions = { runs: 60, seed: 7, deadline: null, kept: [], shrink: true }
const named = (id: string) => properties.find((property) => property.id === id)!
const exact = named('cnn.conv2d.forward/exact')
const real = named('cnn.conv2d.forward/bounded')
const dense = named('cnn.flatten/dense-bounded')
const convolve = right.operations['cnn.conv2d'] as Evaluate

const check = async (
  evaluate: Evaluate,
  more: Partial<Implementation> = {},
  property = real,
  settings: Partial<CheckOptions> = {},
) => {
  const implementation = {
    ...right,
    ...more,
    operations: { ...right.operations, [property.operations[0]!.id]: evaluate },
  }
  const given = { ...options, ...settings }
  return (await checkProperty(property, implementation, referencesById, given)).verdict
}

/** What is right, with every element changed as the number of the call says. */
function counting(change: (value: number, call: number) => number): Evaluate {
  let call = 0
  return async (inputs, parameters) => {
    const { y } = await convolve(inputs, parameters)
    call++
    const data = Float32Array.from(y!.data as Float32Array, (value) => change(value, call))
    return { y: { ...y!, data } }
  }
}

/** A fully connected layer in single precision that adds from the front and from the back in turns. */
function unsteady(): Evaluate {
  let call = 0
  return ({ x, weights, bias }) => {
    call++
    const [N, D] = x!.shape as [number, number]
    const M = bias!.data.length
    const data = Float32Array.from({ length: N * M }, (_, i) => {
      const [n, m] = [Math.floor(i / M), i % M]
      const terms = Array.from({ length: D }, (_, d) =>
        Math.fround(x!.data[n * D + d]! * weights!.data[d * M + m]!),
      )
      if (call % 2 === 0) terms.reverse()
      return terms.reduce((sum, term) => Math.fround(sum + term), bias!.data[m]!)
    })
    return { y: { dtype: 'float32', shape: [N, M], data } }
  }
}

describe('a question that gets two answers', () => {
  it('is unstable, with both of them, and that both are within the bound', async () => {
    const verdict = await check(unsteady(), {}, dense)
    expect(verdict).toMatchObject({ outcome: 'unstable', twice: { withinBound: true } })
    if (verdict.outcome !== 'unstable') throw new Error('unreachable')
    expect(verdict.twice!.first).not.toBe(verdict.twice!.second)
    expect(verdict.reason).toMatch(
      / is .*, then, asked again, .*; both answers are within the bound$/,
    )
    expect(verdict.capsule.comparisons.map(({ label }) => label)).toEqual([
      'y, asked first',
      'y, asked again',
    ])
  })

  it('agrees where it is said to be reproducible only within the bound', async () => {
    const verdict = await check(unsteady(), { reproducible: 'within-bound' }, dense)
    expect(verdict.outcome).toBe('conforms')
  })

  it('is unstable all the same where one of them is out of the bound', async () => {
    const wild = counting((value, call) => (call % 2 === 0 ? value : value + 1))
    const verdict = await check(wild, { reproducible: 'within-bound' })
    expect(verdict).toMatchObject({ outcome: 'unstable', twice: { withinBound: false } })
  })
})

describe('a case that fails', () => {
  it('is asked again before it is judged: what comes and goes is unstable', async () => {
    // Not asked twice by the rule: only the failure has it asked again.
    const later = counting((value, call) => (call === 5 ? value + 1 : value))
    const verdict = await check(later, {}, exact, { repeat: false })
    expect(verdict).toMatchObject({ outcome: 'unstable', kind: 'unstable', failing: 1 })
  })

  it('that was refused once is an error, answered afterwards or not', async () => {
    let call = 0
    const verdict = await check(
      (inputs, parameters) => {
        if (++call === 5) throw new Error('busy')
        return convolve(inputs, parameters)
      },
      {},
      exact,
      { repeat: false },
    )
    expect(verdict).toMatchObject({
      outcome: 'errored',
      reason: 'cnn.conv2d: busy',
    })
  })

  it('in the same way every time violates', async () => {
    const verdict = await check(counting((value) => value + 1))
    expect(verdict).toMatchObject({ outcome: 'violates', kind: 'wrong value' })
  })
})

describe('a law that asks at once what waits for none of each other', () => {
  const mapped = (x: Tensor, change: (value: number) => number) => ({
    ...x,
    data: x.data.map(change),
  })
  // Either asks a second time when it has its first answer, whichever comes first.
  const turns = law('at-once', {
    of: conv2d,
    title: 'two convolutions, and of the same images one brighter, are right',
    kills: [],
    async holds({ answer, expected, inputs, parameters }) {
      const chain = async (given: typeof inputs) => {
        await answer(conv2d, given, parameters)
        const brighter = { ...given, x: mapped(given.x, (value) => value + 1) }
        const { y } = await answer(conv2d, brighter, parameters)
        return { label: 'y', expected: expected(conv2d, brighter, parameters).y, actual: y }
      }
      const negative = { ...inputs, x: mapped(inputs.x, (value) => -value) }
      return Promise.all([chain(inputs), chain(negative)])
    },
  })('cnn.conv2d.forward')

  it('is not unstable because they come in another order when it is asked again', async () => {
    let call = 0
    const verdict = await check(
      async (inputs, parameters) => {
        const { y } = await convolve(inputs, parameters)
        // The second chain overtakes the first one, and never again.
        if (call++ === 0) await new Promise((done) => setTimeout(done, 20))
        return { y: { ...y!, data: y!.data.map((value) => value + 1) } }
      },
      {},
      turns,
      { runs: 1, shrink: false, repeat: false },
    )
    expect(verdict).toMatchObject({ outcome: 'violates', kind: 'wrong value' })
  })
})
