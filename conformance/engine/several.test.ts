import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import type { References } from '../../reference/reference.ts'
import { operations } from '../../spec/index.ts'
import { properties } from '../properties/index.ts'
import type { Candidate, Checked, CheckOptions } from './candidate.ts'
import { checkProperties, checkProperty } from './check.ts'
import { Expectations } from './expectations.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation, Inputs } from './implementation.ts'
import { killFaults } from './kills.ts'

const right = referenceImplementation(operations, referencesById)
const options: CheckOptions = { runs: 60, seed: 7, deadline: null, kept: [], shrink: true }
const exact = properties.find(({ id }) => id === 'cnn.conv2d.forward/exact')!
const real = properties.find(({ id }) => id === 'cnn.conv2d.forward/bounded')!
const convolve = right.operations['cnn.conv2d'] as Evaluate

function implementation(evaluate: Evaluate, concurrency = 1): Implementation {
  return {
    ...right,
    concurrency,
    operations: { ...right.operations, 'cnn.conv2d': evaluate },
  }
}

const tick = () => new Promise((resolve) => setImmediate(resolve))

/** Wrong by one wherever the image has more than so many elements; slow to say so, and out of order. */
const wrongOn =
  (elements: number): Evaluate =>
  async (inputs, parameters) => {
    const { y } = await convolve(inputs, parameters)
    const large = inputs.x!.data.length > elements
    if (!large) await tick()
    return { y: { ...y!, data: y!.data.map((v) => (large ? v + 1 : v)) } }
  }

describe('cases tried at once', () => {
  it('are as many as the implementation likes, and no more', async () => {
    let [open, most] = [0, 0]
    const counting: Evaluate = async (inputs, parameters) => {
      most = Math.max(most, ++open)
      await tick()
      open--
      return convolve(inputs, parameters)
    }
    const one = await checkProperty(exact, implementation(counting), referencesById, options)
    expect([one.verdict.outcome, most]).toEqual(['conforms', 1])
    const eight = await checkProperty(exact, implementation(counting, 8), referencesById, options)
    expect([eight.verdict.outcome, most]).toEqual(['conforms', 8])
    await checkProperty(exact, implementation(counting, 50), referencesById, options)
    expect(most).toBe(50)
  })

  it('give the verdict that they give one after the other', async () => {
    for (const property of [exact, real]) {
      for (const elements of [0, 60, 150, 300]) {
        const [alone, together] = [
          await checkProperty(property, implementation(wrongOn(elements)), referencesById, options),
          await checkProperty(
            property,
            implementation(wrongOn(elements), 24),
            referencesById,
            options,
          ),
        ]
        expect({ ...together, seconds: 0 }).toEqual({ ...alone, seconds: 0 })
      }
    }
  })

  it('are not begun any more when the time is over, in the middle of a chunk', async () => {
    let begun = 0
    const slow: Evaluate = async (inputs, parameters) => {
      begun++
      await new Promise((resolve) => setTimeout(resolve, 15))
      return convolve(inputs, parameters)
    }
    const { verdict } = await checkProperty(exact, implementation(slow, 2), referencesById, {
      ...options,
      runs: 1000,
      deadline: performance.now() + 100,
    })
    expect(verdict.outcome).toBe('interrupted')
    expect(begun).toBeLessThan(40)
  })
})

describe('several implementations', () => {
  const candidate = (it: Implementation, more: Partial<Candidate> = {}): Candidate => ({
    ...options,
    ...more,
    implementation: it,
  })
  const thrown: Evaluate = () => {
    throw new Error('no')
  }
  const different = [
    implementation(convolve),
    implementation(wrongOn(100)),
    implementation(thrown),
    implementation(wrongOn(200), 16),
    { ...implementation(convolve), precision: 'bfloat16' as const },
  ]

  it('get the verdicts that each gets alone; one that fails stops only itself', async () => {
    for (const property of [exact, real]) {
      const together = await checkProperties(
        property,
        different.map((it) => candidate(it)),
        referencesById,
        options.seed,
      )
      for (const [i, it] of different.entries()) {
        const alone = await checkProperty(property, it, referencesById, options)
        expect({ ...together[i], seconds: 0 }).toEqual({ ...alone, seconds: 0 })
      }
    }
  })

  it('share what the reference says, where they are judged by the same bounds', async () => {
    let evaluations = 0
    const counting: References = {
      ...referencesById,
      'cnn.conv2d': (...question) => {
        evaluations++
        return referencesById['cnn.conv2d']!(...question)
      },
    }
    const same = Array.from({ length: 5 }, () => candidate(implementation(convolve)))
    // A case that is open is made up for by another, of which the reference is asked as well.
    const askedOf = (checked: readonly Checked[]) => options.runs + checked.at(-1)!.open
    const ofSame = await checkProperties(real, same, counting, options.seed)
    expect(evaluations).toBe(askedOf(ofSame))
    evaluations = 0
    const other = candidate({ ...implementation(convolve), precision: 'bfloat16' })
    const ofAll = await checkProperties(real, [...same, other], counting, options.seed)
    expect(evaluations).toBe(askedOf(ofSame) + askedOf(ofAll))
  })

  it('that share a device take turns, and each makes it its own first', async () => {
    let current = ''
    const strangers: string[] = []
    const sharing = (name: string): Implementation => ({
      ...implementation(async (inputs, parameters) => {
        await tick()
        if (current !== name) strangers.push(name)
        return convolve(inputs, parameters)
      }, 4),
      use: async () => {
        await tick()
        current = name
      },
    })
    const both = [candidate(sharing('one')), candidate(sharing('two'))]
    await checkProperties(exact, both, referencesById, options.seed)
    expect(strangers).toEqual([])
  })

  it('may have kept cases of their own', async () => {
    const failing = await checkProperty(
      exact,
      implementation(wrongOn(100)),
      referencesById,
      options,
    )
    if (failing.verdict.outcome !== 'violates') throw new Error('unreachable')
    const { caseIn } = await import('./encapsulate.ts')
    const kept = [caseIn(failing.verdict.capsule)]
    const checked = await checkProperties(
      exact,
      [candidate(implementation(convolve), { kept }), candidate(implementation(convolve))],
      referencesById,
      options.seed,
    )
    expect(checked.map(({ verdict }) => 'cases' in verdict && verdict.cases)).toEqual([61, 60])
  })
})

describe('what the reference says of a case', () => {
  const operation = operations.find(({ id }) => id === 'cnn.conv2d')!
  const tensor = (shape: readonly number[], ...data: number[]) => ({
    dtype: 'float32' as const,
    shape,
    data: Float32Array.from(data),
  })
  const parameters = () => ({ strides: [1, 1], dilations: [1, 1], padding: 'valid' })
  const inputs = (x: number) => ({
    x: tensor([1, 1, 1, 1], x),
    filters: tensor([1, 1, 1, 1], 2),
    bias: tensor([1], 1),
  })

  it('is remembered by the contents of the question, not by its identity', async () => {
    const { number } = await import('../../reference/arithmetic/number.ts')
    const expectations = new Expectations(referencesById)
    const ask = (x: number, more: object = {}) =>
      expectations.evaluate(number, operation, inputs(x), { ...parameters(), ...more }, (y) => y)
    const first = ask(3)
    expect(first.y!.data).toEqual([7])
    expect(ask(3)).toBe(first)
    expect(ask(4).y!.data).toEqual([9])
    expect(ask(-0)).not.toBe(ask(0))
    expect(ask(3, { padding: 'same' })).not.toBe(first)
    expect(ask(3)).toBe(first)
  })

  it('is another one where an array is left out', async () => {
    const { number } = await import('../../reference/arithmetic/number.ts')
    const expectations = new Expectations(referencesById)
    const ask = (given: Inputs) =>
      expectations.evaluate(number, operation, given, parameters(), (y) => y).y!.data
    const { bias, ...without } = inputs(3)
    expect(ask(without)).toEqual([6])
    expect(ask({ ...without, bias })).toEqual([7])
    expect(ask(without)).toEqual([6])
  })
})

describe('the suite notices its own guilt', () => {
  const harmless = { ...exact.kills[0]!, evaluate: convolve, id: 'cnn.conv2d: does nothing wrong' }
  const broken = { ...exact.kills[0]!, evaluate: thrower, id: 'cnn.conv2d: only throws' }
  function thrower(): never {
    throw new Error('no')
  }

  it('when a fault is not killed, or only throws', async () => {
    const weak = { ...exact, kills: [exact.kills[0]!, harmless, broken] }
    const kills = await killFaults(weak, right, referencesById, options.seed)
    expect(kills.map(({ name, killed }) => [name, killed])).toEqual([
      [exact.kills[0]!.id, true],
      [harmless.id, false],
      [broken.id, false],
    ])
  })

  it('when a property cannot fail', async () => {
    const blind = {
      ...exact,
      check: { kind: 'comparison' as const, compare: () => Promise.resolve([]) },
    }
    const kills = await killFaults(blind, right, referencesById, options.seed)
    expect(kills.map(({ killed }) => killed)).toEqual(exact.kills.map(() => false))
  })

  it('when a class of cases is not reached', async () => {
    const narrow = {
      ...exact,
      operations: exact.operations.map((operation) => ({
        ...operation,
        classes: { ...operation.classes, 'of no case': () => false },
      })),
    }
    const { classes } = await checkProperty(narrow, right, referencesById, options)
    expect(classes['cnn.conv2d: of no case']).toBe(0)
  })

  it('when most cases say nothing', async () => {
    const { Indeterminate } = await import('../../reference/arithmetic/arithmetic.ts')
    let tried = 0
    const open = {
      ...exact,
      check: {
        kind: 'comparison' as const,
        compare: () => {
          if (tried++ % 20 === 0) return Promise.resolve([])
          return Promise.reject(new Indeterminate('open'))
        },
      },
    }
    const { verdict } = await checkProperty(open, right, referencesById, options)
    expect(verdict).toMatchObject({ outcome: 'inconclusive' })
    expect('discarded' in verdict && verdict.discarded).toBeLessThanOrEqual(60 * 9 + 1)
  })
})
