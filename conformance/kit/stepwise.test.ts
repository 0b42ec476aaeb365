import { describe, expect, it } from 'vitest'
import { fromData } from '../../reference/arithmetic/array.ts'
import { careless } from '../../reference/arithmetic/careless.ts'
import type { References } from '../../reference/reference.ts'
import { derived, type Operation, type Space } from '../../spec/language/operation.ts'
import { stream } from '../arbitraries/random.ts'
import { mapValues } from '../base/records.ts'
import { checkProperty } from '../engine/check.ts'
import { referenceImplementation } from '../engine/fault.ts'
import type { Implementation } from '../engine/implementation.ts'
import {
  lstm,
  lstmCell,
  rnn,
  rnnCell,
  rnnDelta,
  rnnGradient,
  rnnTotals,
} from '../fixtures/recurrent.ts'
import { offBy, referencesWith } from '../fixtures/recurrent-references.ts'
import { agreement } from './agreement.ts'
import { stepwise } from './stepwise.ts'

const references = referencesWith()
const operations: readonly Operation[] = [rnn, rnnGradient, lstm]
const options = { runs: 30, seed: 3, deadline: null, kept: [], shrink: false }

/** A space with some of its sizes fixed. */
function sized<S extends Space>(space: S, sizes: Readonly<Record<string, number>>): S {
  const fixed = mapValues(sizes, (size) => derived(() => size, ''))
  return { ...space, dimensions: { ...space.dimensions, ...fixed } }
}

const layer = (T: number, H: number) =>
  stepwise(rnn, {
    states: 'h',
    step: rnnCell,
    carry: { h: 'h0' },
    within: sized(rnn, { T, X: 4, H }),
    kills: [],
  })('toy')
const memory = (T: number, H: number) =>
  stepwise(lstm, {
    states: ['h', 'c'],
    step: lstmCell,
    carry: { h: null, c: null },
    within: sized(lstm, { T, X: 4, H }),
    kills: [],
  })('toy')
const gradients = (T: number, H: number) =>
  stepwise(rnnGradient, {
    states: 'delta',
    step: rnnDelta,
    carry: { delta: null },
    backwards: true,
    totals: rnnTotals,
    within: sized(rnnGradient, { T, X: 4, H }),
    kills: [],
  })('toy')

/**
 * An implementation that rounds every result to single precision, in any way that is allowed. The states
 * that it returns are those that it goes on with: a gradient does not run its forward pass again.
 */
function inSinglePrecision(of: References): Implementation {
  const rounding = stream(7, 'rounding')
  const { again: _, ...arithmetic } = careless('float32', () => rounding.unit())
  const right = referenceImplementation(operations, of)
  return {
    ...right,
    operations: Object.fromEntries(
      operations.map(({ id }) => [
        id,
        (inputs, parameters) => {
          const arrays = mapValues(inputs, ({ shape, data }) =>
            fromData(
              shape,
              Array.from(data, (value) => arithmetic.exact(value)),
            ),
          )
          return mapValues(of[id]!(arithmetic, arrays, parameters), ({ shape, data }) => ({
            dtype: 'float32' as const,
            shape,
            data: Float32Array.from(data.map(arithmetic.toNumber)),
          }))
        },
      ]),
    ),
    reproducible: 'within-bound',
  }
}

/** One that keeps its states in double precision and returns them rounded. */
const wider = (of: References) => referenceImplementation(operations, of)

const checked = (property: ReturnType<typeof layer>, implementation: Implementation) =>
  checkProperty(property, implementation, references, { ...options, repeat: false })
const check = async (property: ReturnType<typeof layer>, implementation: Implementation) =>
  (await checked(property, implementation)).verdict

describe('steps that follow from the states that were returned conform', () => {
  const properties = {
    'of 50 steps of a recurrent layer': layer(50, 16),
    'of 200 steps of a long memory': memory(200, 4),
    'of gradients through 50 steps, with what adds up over them': gradients(50, 8),
    'of gradients through 200 steps, with what adds up over them': gradients(200, 8),
  }
  it.each(Object.entries(properties))('%s, rounded at each operation', async (_, property) => {
    const { verdict } = await checked(property, inSinglePrecision(references))
    expect(verdict).toMatchObject({ outcome: 'conforms', cases: 30 })
  })

  it.each(Object.entries(properties))(
    '%s, with states that are held wider',
    async (_, property) => {
      const { verdict, open } = await checked(property, wider(references))
      expect(verdict).toMatchObject({ outcome: 'conforms', cases: 30 })
      expect(verdict.outcome === 'conforms' && verdict.worstUtilization).toBeLessThan(1)
      // As many as of ten steps: where everything is saturated, no bound says anything of any step.
      expect(open).toBeLessThan(15)
    },
  )
})

describe('a mistake of 2e-4 in one unit in one step of many is seen', () => {
  it.each([
    ['50 steps of a recurrent layer', layer(50, 16), 'h', 25],
    ['200 steps of a long memory', memory(200, 16), 'h', 100],
    ['50 steps of gradients through time', gradients(50, 8), 'delta', 25],
  ] as const)('in %s, in that step', async (_, property, state, step) => {
    const wrong = wider(referencesWith(offBy(2e-4, 3, step)))
    const { verdict } = await checkProperty(property, wrong, references, {
      ...options,
      untilFirst: true,
    })
    expect(verdict).toMatchObject({
      outcome: 'violates',
      difference: { label: `${state} after each step`, index: [step, 3] },
    })
  })
})

describe('in bfloat16, in which many steps leave nothing of the end', () => {
  const half = { ...wider(references), precision: 'bfloat16' as const }
  const within = sized(rnn, { T: 50, X: 4, H: 16 })

  it('what is judged by its end is no pass, for want of evidence', async () => {
    const byItsEnd = agreement(rnn, 'reals', { within, kills: [] })('toy')
    expect(await check(byItsEnd, half)).toMatchObject({
      outcome: 'inconclusive',
      reason:
        'in the 8 bits of bfloat16, the bounds of too many cases are as wide as what they bound',
    })
  })

  it('a gross mistake is seen step by step all the same', async () => {
    const wrong = wider(referencesWith(offBy(1, 3, 25)))
    expect(await check(layer(50, 16), { ...wrong, precision: 'bfloat16' })).toMatchObject({
      outcome: 'violates',
      difference: { label: 'h after each step', index: [25, 3] },
    })
  })
})

describe('what is made of all steps', () => {
  it('is judged from the states that were returned, not from those of the reference', async () => {
    const { [rnnGradient.id]: right } = wider(references).operations
    const halves: Implementation = {
      ...wider(references),
      operations: {
        [rnnGradient.id]: async (inputs, parameters) => {
          const answer = await right!(inputs, parameters)
          const { dU } = answer
          return { ...answer, dU: { ...dU!, data: Float32Array.from(dU!.data, (v) => v / 2) } }
        },
      },
    }
    expect(await check(gradients(50, 8), halves)).toMatchObject({
      outcome: 'violates',
      difference: { label: 'dU of the states' },
    })
  })
})

it('the state that enters at an input is the one that is said to', async () => {
  const entering = (enters: Readonly<Record<'h' | 'c', 'h' | 'c'>>) =>
    stepwise(lstm, {
      states: ['h', 'c'],
      step: lstmCell,
      carry: { h: null, c: null },
      enters,
      within: sized(lstm, { T: 5, X: 4, H: 3 }),
      kills: [],
    })('toy')
  const right = wider(references)
  expect(await check(entering({ h: 'h', c: 'c' }), right)).toMatchObject({ outcome: 'conforms' })
  expect(await check(entering({ h: 'c', c: 'h' }), right)).toMatchObject({ outcome: 'violates' })
})

describe('a law of steps that makes no sense is a mistake of its author', () => {
  it('where a step asks for what there is not', async () => {
    const other = { ...rnnCell, inputs: { ...rnnCell.inputs, gate: rnnCell.inputs.x } }
    const property = stepwise(rnn, { states: 'h', step: other, carry: { h: 'h0' }, kills: [] })(
      'toy',
    )
    expect(await check(property, wider(references))).toMatchObject({
      outcome: 'errored',
      kind: 'defect',
      reason: expect.stringContaining('toy.rnn has no array gate, for which toy.rnnCell asks'),
    })
  })

  it('where it is not said which state enters a step', async () => {
    const property = stepwise(lstm, {
      states: ['h', 'c'],
      step: lstmCell,
      carry: { x: null },
      kills: [],
    })('toy')
    expect(await check(property, wider(references))).toMatchObject({
      reason: expect.stringContaining('toy.lstm: which state enters at x?'),
    })
  })
})
