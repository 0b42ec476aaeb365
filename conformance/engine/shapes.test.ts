import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { operationById, operations } from '../../spec/index.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Question } from '../base/question.ts'
import { mapValues } from '../base/records.ts'
import { sameQuestion } from '../base/same-question.ts'
import { properties } from '../properties/index.ts'
import { checkProperties, checkProperty } from './check.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation, Outputs } from './implementation.ts'
import type { Property } from './property.ts'

const right = referenceImplementation(operations, referencesById)

/** An array of another shape, with the elements that there are over and over. */
function reshaped({ dtype, data }: Tensor, shape: readonly number[]): Tensor {
  const length = shape.reduce((product, size) => product * size, 1)
  return {
    dtype,
    shape,
    data: Float32Array.from({ length }, (_, i) => data[i % Math.max(1, data.length)] ?? 0),
  }
}

const last = (shape: readonly number[], by: number) =>
  shape.length === 0 ? [1 + by] : shape.with(-1, Math.max(0, shape.at(-1)! + by))

/** What an implementation may make of the shape of an answer. */
const distortions: readonly (readonly [string, (right: Tensor) => Tensor])[] = [
  ['one channel too many', (tensor) => reshaped(tensor, last(tensor.shape, 1))],
  ['one channel too few', (tensor) => reshaped(tensor, last(tensor.shape, -1))],
  ['transposed', (tensor) => reshaped(tensor, [...tensor.shape.toReversed(), 1])],
  ['flat', (tensor) => reshaped(tensor, [1, 1, 1, 1, 1, tensor.data.length])],
  ['empty', (tensor) => reshaped(tensor, [0, 0, 0, 0, 0])],
  [
    'of another type',
    ({ shape, data }) => ({ dtype: 'float64', shape, data: new Float64Array(data) }),
  ],
  ['NaN', ({ dtype, shape, data }) => ({ dtype, shape, data: data.slice().fill(Number.NaN) })],
]

/** How many answers are remembered: more than any property asks about two cases. */
const most = 100

/** The right implementation, which works out each answer once for all that distort it. */
const rightOnce = mapValues(right.operations, (evaluate, id): Evaluate => {
  const operation = operationById(id)!
  const latest: { readonly question: Question; readonly answer: Outputs }[] = []
  return async (inputs, parameters) => {
    const question = { operation, inputs, parameters }
    const before = latest.find((one) => sameQuestion(one.question, question))
    if (before !== undefined) return before.answer
    const answer = await evaluate(inputs, parameters)
    if (latest.unshift({ question, answer }) > most) latest.pop()
    return answer
  }
})

function distorted(change: (right: Tensor) => Tensor): Implementation {
  const operations = mapValues(
    rightOnce,
    (evaluate): Evaluate =>
      async (inputs, parameters) =>
        mapValues(await evaluate(inputs, parameters), change),
  )
  return { ...right, operations }
}

/** All that ask for answers, but one: that a loss of NaN has diverged is what it says. */
const asking = properties.filter(
  ({ id, check }) => check.kind === 'comparison' && !id.endsWith('threshold/overflows'),
)

/** Whether it asks one operation, for answers that it finds itself: nothing that is wrong escapes it. */
const tells = ({ operations, examples }: Property) =>
  operations.length === 1 && examples.length === 0

describe('answers that are distorted', () => {
  const candidates = distortions.map(([name, change]) => ({
    implementation: distorted(change),
    // Of NaN a case may well say nothing.
    runs: name === 'NaN' ? 5 : 2,
    ...{ deadline: null, kept: [], shrink: false, repeat: false, intermediates: false },
  }))

  const areaOf = ({ id }: Property) => id.slice(0, id.indexOf('.'))

  it.each([...new Set(asking.map(areaOf))])(
    'are found wrong by every property of %s that asks for any, and no law stumbles over them',
    async (area) => {
      for (const property of asking.filter((each) => areaOf(each) === area)) {
        const checked = await checkProperties(property, candidates, referencesById, 3)
        for (const [i, { verdict }] of checked.entries()) {
          const [name] = distortions[i]!
          const told = `${property.id}: ${name}`
          // NaN on both sides of an equation is no evidence that it holds.
          const isTold = name === 'NaN' && tells(property)
          const found = ['violates', 'errored', ...(isTold ? [] : ['inconclusive'])]
          expect(found, told).toContain(verdict.outcome)
          if (verdict.outcome === 'violates' || verdict.outcome === 'errored') {
            expect(verdict.kind, `${told}: ${verdict.reason}`).not.toBe('defect')
          }
        }
      }
    },
  )

  it('are given to more than a hundred properties', () => {
    expect(asking.length).toBeGreaterThan(100)
  })
})

it('an answer with one channel too many is told by its shape, with the answer beside it', async () => {
  const property = properties.find(({ id }) => id === 'cnn.conv2d.forward/exact')!
  const options = { runs: 20, seed: 3, deadline: null, kept: [], shrink: true }
  const wide = distorted((tensor) => reshaped(tensor, last(tensor.shape, 1)))
  const { verdict } = await checkProperty(property, wide, referencesById, options)
  expect(verdict).toMatchObject({
    outcome: 'violates',
    kind: 'wrong shape',
    reason: 'y has the shape [1, 1, 1, 2]; expected [1, 1, 1, 1]',
    wrong: ['cnn.conv2d'],
  })
  if (verdict.outcome !== 'violates') throw new Error('unreachable')
  expect(verdict.capsule.comparisons.map(({ actual }) => actual.shape)).toEqual([[1, 1, 1, 2]])
})
