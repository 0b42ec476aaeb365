import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import { ErrorAnswer, ImplementationFailure, ImplementationGone } from '../base/errors.ts'
import { properties } from '../properties/index.ts'
import type { CheckOptions } from './candidate.ts'
import { checkProperties, checkProperty } from './check.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation, Inputs } from './implementation.ts'
import type { Property } from './property.ts'

/** What an implementation may do that it should not, and what the verdict then is. */
const right = referenceImplementation(operations, referencesById)
const options: CheckOptions = { runs: 40, seed: 7, deadline: null, kept: [], shrink: true }
const named = (id: string): Property => properties.find((property) => property.id === id)!
const exact = named('cnn.conv2d.forward/exact')
const real = named('cnn.conv2d.forward/bounded')
const convolve = right.operations['cnn.conv2d'] as Evaluate

const check = async (
  evaluate: Evaluate,
  { property = exact, ...more }: Partial<CheckOptions> & { property?: Property } = {},
) => {
  const implementation: Implementation = {
    ...right,
    operations: { ...right.operations, 'cnn.conv2d': evaluate },
  }
  const settings = { ...options, ...more }
  return (await checkProperty(property, implementation, referencesById, settings)).verdict
}

describe('an implementation that', () => {
  it('writes into its inputs is errored', async () => {
    const verdict = await check(async (inputs, parameters) => {
      const answer = await convolve(inputs, parameters)
      inputs.x!.data[0] = 99
      return answer
    })
    expect(verdict).toMatchObject({
      outcome: 'errored',
      reason: 'cnn.conv2d: it changed its input x',
    })
  })

  it('changes the shape of an input is errored', async () => {
    const verdict = await check(async (inputs, parameters) => {
      const answer = await convolve(inputs, parameters)
      const shape = inputs.bias!.shape as number[]
      shape.push(1)
      return answer
    })
    expect(verdict).toMatchObject({ outcome: 'errored' })
  })

  it('answers with memory that it uses again is unstable, as an earlier answer changes with the next', async () => {
    const memory = new Float32Array(10_000)
    const verdict = await check(async (inputs, parameters) => {
      const { y } = await convolve(inputs, parameters)
      memory.set(y!.data)
      return { y: { ...y!, data: memory.subarray(0, y!.data.length) } }
    })
    expect(verdict.outcome).toBe('unstable')
  })

  it('reads memory from its beginning violates, unless it asks for arrays that fill theirs', async () => {
    const fromStart: Evaluate = (inputs, parameters) => {
      const x = inputs.x!
      const data = new Float32Array(x.data.buffer as ArrayBuffer, 0, x.data.length)
      return convolve({ ...inputs, x: { ...x, data } }, parameters)
    }
    const outcome = async (wholeBuffers: boolean) => {
      const operations = { ...right.operations, 'cnn.conv2d': fromStart }
      const implementation: Implementation = { ...right, operations, wholeBuffers }
      return (await checkProperty(real, implementation, referencesById, options)).verdict.outcome
    }
    expect(await outcome(false)).toBe('violates')
    expect(await outcome(true)).toBe('conforms')
  })

  it('answers with a view of an input does not reach what others are given', async () => {
    let given: unknown
    const verdict = await check((inputs) => {
      given = inputs.x
      return { y: inputs.x! }
    })
    expect(verdict.outcome).toBe('violates')
    expect(given).toBeDefined()
  })

  it.each([
    ['float64 where float32 was promised', 'float64', Float64Array, 'y is float64; float32'],
    ['float64 under the name of float32', 'float32', Float64Array, 'lies in a Float64Array'],
    ['bytes', 'float32', Uint8Array, 'lies in a Uint8Array'],
    ['an unknown type', 'float8', Float32Array, 'y is float8; float32 was promised'],
  ])('answers with %s is errored', async (_, dtype, Type, reason) => {
    const verdict = await check(async (inputs, parameters) => {
      const { y } = await convolve(inputs, parameters)
      return { y: { ...y!, dtype, data: Type.from(y!.data as Float32Array) } } as never
    })
    expect(verdict).toMatchObject({ outcome: 'errored' })
    expect('reason' in verdict && verdict.reason).toContain(reason)
  })

  it('answers with a shape that is none is errored', async () => {
    const verdict = await check(async (inputs, parameters) => {
      const { y } = await convolve(inputs, parameters)
      return { y: { ...y!, shape: [1.5, -2] } }
    })
    expect(verdict).toMatchObject({ outcome: 'errored' })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'answers with %d everywhere violates',
    async (value) => {
      const everywhere: Evaluate = async (inputs, parameters) => {
        const { y } = await convolve(inputs, parameters)
        return { y: { ...y!, data: new Float32Array(y!.data.length).fill(value) } }
      }
      for (const property of [exact, real]) {
        const verdict = await check(everywhere, { property })
        expect(verdict).toMatchObject({ outcome: 'violates', difference: { actual: value } })
      }
    },
  )

  it('never answers is errored, and shrinking does not wait for it again', async () => {
    let asked = 0
    const verdict = await check(
      () => {
        asked++
        return new Promise(() => {})
      },
      { caseTimeout: 80 },
    )
    expect(verdict).toMatchObject({ outcome: 'errored', reason: 'no answer within 0.08 s' })
    expect(asked).toBe(1)
  })

  it('never answers what is to be rejected is told which question that was', async () => {
    const verdict = await check(
      (inputs, parameters) => {
        const { strides } = parameters as { readonly strides: readonly number[] }
        return strides[0] === 0 ? new Promise(() => {}) : convolve(inputs, parameters)
      },
      { property: named('cnn.conv2d.forward/conv2d-outside'), caseTimeout: 80 },
    )
    expect(verdict).toMatchObject({
      outcome: 'errored',
      capsule: { invalid: 'strides[0] below its least value', questions: [{}] },
    })
  })

  it('never answers is interrupted when the time is over first', async () => {
    const verdict = await check(() => new Promise(() => {}), { deadline: performance.now() + 60 })
    expect(verdict).toMatchObject({ outcome: 'interrupted', cases: 0 })
  })

  it.each([
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a text', 'no memory', 'no memory'],
    ['a symbol', Symbol('odd'), 'Symbol(odd)'],
    [
      'what cannot be shown',
      {
        toString() {
          throw new Error('no')
        },
      },
      'something of type object',
    ],
  ])('throws %s is errored', async (_, thrown, message) => {
    const verdict = await check(() => {
      throw thrown
    })
    expect(verdict.outcome).toBe('errored')
    expect('reason' in verdict && verdict.reason).toContain(message)
  })

  it('fails without rejecting is errored, even where arguments are to be rejected', async () => {
    const rejecting = properties.find(
      ({ check, operations: [operation] }) =>
        check.kind === 'rejection' && operation!.level === 'core',
    )!
    const broken: Implementation = {
      ...right,
      operations: {
        ...right.operations,
        [rejecting.operations[0]!.id]: () => {
          throw new ImplementationFailure('the process crashed', true)
        },
      },
    }
    const { verdict } = await checkProperty(rejecting, broken, referencesById, options)
    expect(verdict).toMatchObject({ outcome: 'errored', reason: 'the process crashed' })
  })

  it('refuses what the reference says nothing of loses nothing by it', async () => {
    const property = named('training.overfit.weight-decay-remedy/exact')
    const ridge = right.operations['training.ridge'] as Evaluate
    const solving = (
      refuses: (inputs: Inputs, decay: unknown) => boolean,
      refusal: Error = new Error('singular matrix'),
    ): Implementation => ({
      ...right,
      operations: {
        'training.ridge': (inputs, parameters) => {
          if (refuses(inputs, parameters.decay)) throw refusal
          return ridge(inputs, parameters)
        },
      },
    })
    const nothing = ({ x }: Inputs) => x!.data.every((v) => v === 0)
    const isSingular = (inputs: Inputs, decay: unknown) => decay === 0 && nothing(inputs)
    const candidates = [
      // A program may say of any error that it is one of its own.
      solving(isSingular, new Error('singular matrix')),
      solving(isSingular, new ErrorAnswer('singular matrix')),
      // With decay the system has a solution.
      solving(nothing),
    ].map((implementation) => ({ ...options, implementation, runs: 200, shrink: false }))
    const checked = await checkProperties(property, candidates, referencesById, options.seed)
    for (const { verdict, discarded } of checked.slice(0, 2)) {
      expect(verdict.outcome).toBe('conforms')
      expect(discarded).toBeGreaterThan(0)
    }
    expect(checked[2]!.verdict).toMatchObject({
      outcome: 'errored',
      reason: 'training.ridge: singular matrix',
    })
  })

  it('is gone leaves the rest not run', async () => {
    let asked = 0
    const verdict = await check(async (inputs, parameters) => {
      if (asked++ > 10) throw new ImplementationGone('it was ended')
      return convolve(inputs, parameters)
    })
    expect(verdict).toEqual({ outcome: 'not-run', reason: 'it was ended' })
  })

  it('claims a level cannot leave out an operation of it', async () => {
    const { 'cnn.conv2d': _, ...others } = right.operations
    const claiming: Implementation = { ...right, operations: others, levels: ['core'] }
    const { verdict } = await checkProperty(exact, claiming, referencesById, options)
    expect(verdict).toMatchObject({
      outcome: 'errored',
      reason: 'it claims the level core, to which cnn.conv2d belongs, and does not provide it',
    })
    const modest: Implementation = { ...claiming, levels: ['gradients'] }
    const { verdict: excused } = await checkProperty(exact, modest, referencesById, options)
    expect(excused.outcome).toBe('unsupported')
  })

  it('says that it leaves the checks to its caller is asked for no rejection', async () => {
    const rejecting = properties.filter(
      ({ check, operations }) => check.kind === 'rejection' && operations[0]!.id === 'cnn.conv2d',
    )
    const reason = 'it is composed of several calls'
    const trusting: Implementation = { ...right, unchecked: { 'cnn.conv2d': reason } }
    for (const property of [...rejecting, exact]) {
      const { verdict } = await checkProperty(property, trusting, referencesById, options)
      const outcome = property === exact ? 'conforms' : 'unsupported'
      expect(verdict, property.id).toMatchObject({ outcome })
      const claiming = { ...trusting, levels: ['core'] as const }
      const claimed = await checkProperty(property, claiming, referencesById, options)
      expect(claimed.verdict.outcome).toBe(property === exact ? 'conforms' : 'errored')
    }
    expect(rejecting.length).toBeGreaterThan(0)
  })
})

it('a property that tried nothing has not passed', async () => {
  expect(await check(convolve, { runs: 0 })).toEqual({
    outcome: 'not-run',
    reason: 'no case was asked for',
  })
})
