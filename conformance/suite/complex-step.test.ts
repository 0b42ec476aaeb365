import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { build, lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { type Complex, complex, complexNumber } from '../../reference/arithmetic/complex.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import { gradientName } from '../../spec/language/gradient.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import { realize } from '../arbitraries/fill.ts'
import { recipes } from '../arbitraries/recipe-arbitrary.ts'
import { mapValues } from '../base/records.ts'
import { gridOf } from '../engine/grid.ts'

/** A step that no square of it can be seen beside, and that every product still holds. */
const step = 2 ** -400

const areas = ['rnn', 'bptt', 'lstm', 'gru']
const throughTime = operations.filter(
  ({ id, derivative, inputs }: Operation) =>
    areas.includes(id.split('.')[0]!) &&
    derivative !== undefined &&
    // Linear in what it does not take, so that there is nothing to differentiate at.
    Object.keys(derivative.of.inputs).every((name) => name in inputs),
)

type Numbers = NumberArray<number>

/** Cases of numbers between −1 and 1, so that units are not saturated. */
function cases(operation: Operation, count: number): readonly Case[] {
  return fc
    .sample(recipes(operation, 'reals'), { seed: 11, numRuns: count })
    .map((recipe) => realize(operation, recipe, gridOf('float64')))
}

function moderated(operation: Operation, { inputs }: Case): Readonly<Record<string, Numbers>> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => {
      const isBit = operation.inputs[name]!.elements === 'bit'
      const data = Array.from(tensor.data, (v) => (isBit ? v : v / (1 + Math.abs(v))))
      return [name, lift(number, { shape: tensor.shape, data })]
    }),
  )
}

/** A direction for every element, of numbers that differ. */
const direction = (array: Numbers, salt: number) =>
  array.data.map((_, i) => Math.cos(1 + salt + 2.7 * i))

/** The slope of Σ ⟨g, y⟩, over the outputs whose gradients arrive, along a direction of one of the inputs. */
function lossOf(
  gradient: Operation,
  inputs: Readonly<Record<string, Numbers>>,
  parameters: Case['parameters'],
  by: string,
): { readonly slope: number; readonly way: readonly number[] } {
  const { of, from } = gradient.derivative!
  const way = direction(inputs[by]!, by.length)
  const taken = Object.keys(of.inputs).map((name) => {
    const { shape, data } = inputs[name]!
    let at = 0
    const element = () => {
      const im = name === by ? way[at]! * step : 0
      return complexNumber(data[at++]!, im)
    }
    return [name, build<Complex>(shape, element)] as const
  })
  const outputs = referencesById[of.id]!(complex, Object.fromEntries(taken), parameters)
  const slopes = from.map((output) =>
    outputs[output]!.data.reduce(
      (sum, y, i) => sum + (y.im / step) * inputs[gradientName(output)]!.data[i]!,
      0,
    ),
  )
  return { slope: slopes.reduce((sum, slope) => sum + slope, 0), way }
}

describe('every gradient through time is that of a complex step, but for rounding', () => {
  it('has gradients to look at', () => {
    expect(throughTime.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['rnn.forwardGradient', 'bptt.lossGradient']),
    )
  })

  it.each(throughTime.map((operation) => [operation.id, operation as Operation] as const))(
    '%s',
    (id, gradient) => {
      const by = Object.keys(gradient.derivative!.of.inputs).filter(
        (name) => gradientName(name) in gradient.outputs,
      )
      let compared = 0
      for (const testCase of cases(gradient, 15)) {
        const inputs = moderated(gradient, testCase)
        const answer = referencesById[id]!(number, inputs, testCase.parameters)
        for (const name of by) {
          const { slope, way } = lossOf(gradient, inputs, testCase.parameters, name)
          const terms = answer[gradientName(name)]!.data.map((d, i) => d * way[i]!)
          const sum = terms.reduce((total, term) => total + term, 0)
          // The longest ways go through five steps of four layers, a sum of eight products and a slope each: 200 roundings.
          const size = terms.reduce((total, term) => total + Math.abs(term), 1)
          expect(Math.abs(slope - sum) / size, `${name}: ${sum} for ${slope}`).toBeLessThan(
            256 * 2 ** -53,
          )
          if (slope !== 0) compared++
        }
      }
      expect(compared).toBeGreaterThanOrEqual(10)
    },
  )
})

describe('a step along the imaginary axis', () => {
  it('is what slopes are made of, without a difference that loses digits', () => {
    const at = complexNumber(0.5, step)
    // Both sides are made of a few operations each, sixteen roundings at most.
    const near = (slope: number, right: number) =>
      expect(Math.abs(slope - right)).toBeLessThanOrEqual(16 * 2 ** -53 * right)
    near(complex.tanh(at).im / step, 1 - Math.tanh(0.5) ** 2)
    near(complex.exp(at).im / step, Math.exp(0.5))
    near(complex.log(at).im / step, 2)
    near(complex.sqrt(at).im / step, 1 / (2 * Math.sqrt(0.5)))
    expect(complex.abs(complexNumber(-0.5, step)).im / step).toBe(-1)
    expect(complex.maximum([complexNumber(0, 0), at])).toBe(at)
    expect(mapValues({ below: complex.less(at, complexNumber(1, 0)) }, Number)).toEqual({
      below: 1,
    })
  })
})
