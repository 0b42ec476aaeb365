import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { elementwise, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { clipByNorm, clipByValue, clipping } from '../../../spec/bptt/clipping.ts'
import { array } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { mapValues } from '../../base/records.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers, row } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsToNorm,
  alwaysScales,
  bySquare,
  bySum,
  dividesByNothing,
  drops,
  forgetsBias,
  halvesAtThreshold,
  halvesLimits,
  largestScales,
  losesSign,
  onlyAbove,
  perArray,
  squaresAsTheyAre,
} from './clipping-faults.ts'

type Gradients<T> = Readonly<Record<'dU' | 'dW' | 'db', NumberArray<T>>>
const names = ['dU', 'dW', 'db'] as const

/** All gradients in a row. */
const inRow = <T>(gradients: Gradients<T>) => row(...names.flatMap((name) => gradients[name].data))

function squaresOf<T>(arithmetic: Arithmetic<T>, g: NumberArray<T>): T {
  return sum(arithmetic, g.shape, (i) => arithmetic.multiply(g.at(i), g.at(i)))
}

/** Two cases of gradients at once. */
const two = <O extends typeof clipByNorm | typeof clipByValue>(of: O) => ({
  ...of,
  usual: [],
  inputs: {
    ...of.inputs,
    otherU: array('another gradient by U', 'H', 'I'),
    otherW: array('another gradient by W', 'H', 'H'),
    otherB: array('another gradient by the biases', 'H'),
  },
})

/** Numbers whose squares neither leave the range nor vanish, in the order of others. */
const moderate = (v: number) => Math.fround((8 * v) / (1 + Math.abs(v)))

/** By which gradients and threshold are multiplied alike. */
const scales = { '2': 2, '2^-24': 2 ** -24, '2^-48': 2 ** -48 } as const

const line = (dU: number, dW: number, db: number) => ({
  dU: tensor([1, 1], [dU]),
  dW: tensor([1, 1], [dW]),
  db: tensor([1], [db]),
})

const byNorm = [
  ...agreementTwice(clipByNorm, {
    name: 'norm',
    kills: [perArray, alwaysScales, bySquare, bySum, forgetsBias, addsToNorm],
  }),
  law('ball', {
    of: clipByNorm,
    values: 'reals',
    title: 'clipped gradients are no longer than the threshold, all together',
    kills: [perArray, forgetsBias],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const g = {
        dU: changed(inputs.dU, moderate),
        dW: changed(inputs.dW, moderate),
        db: changed(inputs.db, moderate),
      }
      const clipped = inRow(await measure(clipByNorm, g, parameters))
      const { exact, multiply } = arithmetic
      const theta = exact(parameters.threshold)
      const most = multiply(theta, theta)
      return [atMost(arithmetic, '‖g′‖² ≤ θ²', squaresOf(arithmetic, clipped), most)]
    },
  }),
  law('inside', {
    of: { ...clipByNorm, usual: [], parameters: {} },
    asks: [clipByNorm],
    title: 'gradients that are short enough stay as they are',
    kills: [alwaysScales],
    share: 0.3,
    async holds({ array, inputs, measure }) {
      const longest = names.flatMap((name) => Array.from(inputs[name].data, Math.abs))
      const threshold = 1 + longest.reduce((sum, v) => sum + v, 0)
      const given = await measure(clipByNorm, inputs, { threshold })
      return names.map((name) => ({ label: name, expected: array(name), actual: given[name] }))
    },
  }),
  law('direction', {
    of: clipByNorm,
    title: 'clipped gradients keep their direction',
    kills: [perArray, forgetsBias],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { multiply } = arithmetic
      const clipped = inRow(await measure(clipByNorm, inputs, parameters))
      const g = inRow({ dU: array('dU'), dW: array('dW'), db: array('db') })
      // The largest number of them tells the direction best.
      const sizes = g.data.map((v) => Math.abs(arithmetic.toNumber(v)))
      const at = sizes.indexOf(Math.max(...sizes))
      return [
        {
          label: 'g′ times the largest g, and g times its g′',
          expected: elementwise(g, (v) => multiply(v, clipped.at(at))),
          actual: elementwise(clipped, (v) => multiply(v, g.at(at))),
        },
      ]
    },
  }),
  law('again', {
    of: clipByNorm,
    title: 'clipped once more, gradients stay as they are',
    kills: [addsToNorm],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const once = await measure(clipByNorm, inputs, parameters)
      const given = {
        dU: numbers(arithmetic, once.dU),
        dW: numbers(arithmetic, once.dW),
        db: numbers(arithmetic, once.db),
      }
      const twice = await measure(clipByNorm, given, parameters)
      return names.map((name) => ({ label: name, expected: once[name], actual: twice[name] }))
    },
  }),
  equivariance('scale', {
    of: clipByNorm,
    // Beside short gradients, whatever is added to their norm is large.
    within: withParameters(clipByNorm, { scale: choice('2', '2^-24', '2^-48') }),
    title:
      'gradients that are a power of two times as long, clipped at so many times the threshold, are so many times as long',
    kills: [bySquare, addsToNorm],
    share: 0.5,
    inputs: ({ dU, dW, db }, { parameters }) => {
      const scale = scales[parameters.scale]
      return {
        dU: changed(dU, (v) => scale * v),
        dW: changed(dW, (v) => scale * v),
        db: changed(db, (v) => scale * v),
      }
    },
    parameters: ({ threshold }, { parameters }) => ({
      threshold: scales[parameters.scale] * threshold,
    }),
    outputs: (clipped, { arithmetic: { exact, multiply }, parameters }) =>
      mapValues(clipped, (array) =>
        elementwise(array, (v) => multiply(exact(scales[parameters.scale]), v)),
      ),
  }),
  law('nearer', {
    of: two(clipByNorm),
    asks: [clipByNorm],
    title: 'no two gradients lie farther apart when they are clipped',
    kills: [alwaysScales],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters, array }) {
      const { subtract } = arithmetic
      const { dU, dW, db, otherU, otherW, otherB } = inputs
      const one = await measure(clipByNorm, { dU, dW, db }, parameters)
      const other = { dU: otherU, dW: otherW, db: otherB }
      const second = await measure(clipByNorm, other, parameters)
      const apart = <T>(x: NumberArray<T>, y: NumberArray<T>, minus: (a: T, b: T) => T) =>
        row(...x.data.map((v, i) => minus(v, y.data[i]!)))
      const before = apart(
        inRow({ dU: array('dU'), dW: array('dW'), db: array('db') }),
        inRow({ dU: array('otherU'), dW: array('otherW'), db: array('otherB') }),
        subtract,
      )
      const after = apart(inRow(one), inRow(second), subtract)
      return [
        atMost(
          arithmetic,
          'the square of the distance, after and before',
          squaresOf(arithmetic, after),
          squaresOf(arithmetic, before),
        ),
      ]
    },
  }),
  worked('norms', {
    of: clipByNorm,
    title:
      'norms of 0, of the threshold, and those whose squares leave the range, are no special case',
    kills: [squaresAsTheyAre, dividesByNothing, perArray, halvesAtThreshold],
    cases: [
      {
        says: 'no gradient',
        inputs: line(0, 0, 0),
        parameters: { threshold: 1 },
        gives: { dU: [0], dW: [0], db: [0], norm: [0] },
      },
      {
        says: 'as long as the threshold',
        inputs: line(3, 4, 0),
        parameters: { threshold: 5 },
        gives: { dU: [3], dW: [4], db: [0], norm: [5] },
      },
      {
        says: 'neither alone is too long',
        inputs: line(3, 4, 0),
        parameters: { threshold: 4 },
        gives: { dU: [2.4], dW: [3.2], db: [0], norm: [5] },
      },
      {
        says: 'squares beyond the range',
        inputs: line(3 * 2 ** 100, 0, 4 * 2 ** 100),
        parameters: { threshold: 5 },
        gives: { dU: [3], dW: [0], db: [4], norm: [5 * 2 ** 100] },
      },
      {
        says: 'squares that vanish',
        inputs: line(3 * 2 ** -100, 4 * 2 ** -100, 0),
        parameters: { threshold: 1 },
        gives: { dU: [3 * 2 ** -100], dW: [4 * 2 ** -100], db: [0], norm: [5 * 2 ** -100] },
      },
    ],
  }),
]

const byValue = [
  agreement(clipByValue, 'integers', {
    name: 'value-exact',
    kills: [drops, onlyAbove, losesSign, largestScales, halvesLimits],
  }),
  agreement(clipByValue, 'reals', {
    name: 'value-bounded',
    kills: [drops, onlyAbove, losesSign, largestScales],
  }),
  law('value-again', {
    of: clipByValue,
    values: 'reals',
    title: 'clipped by value once more, gradients stay as they are, to the bit',
    kills: [halvesLimits],
    share: 0.3,
    async holds({ answer, arithmetic, inputs, parameters }) {
      const once = await answer(clipByValue, inputs, parameters)
      const given = {
        dU: numbers(arithmetic, once.dU),
        dW: numbers(arithmetic, once.dW),
        db: numbers(arithmetic, once.db),
      }
      const twice = await answer(clipByValue, given, parameters)
      return names.map((name) => ({ label: name, expected: once[name], actual: twice[name] }))
    },
  }),
  law('value-nearer', {
    of: two(clipByValue),
    asks: [clipByValue],
    values: 'reals',
    title: 'no two numbers lie farther apart when they are clipped by value',
    kills: [drops, losesSign],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters, array }) {
      const { abs, subtract } = arithmetic
      const { dU, dW, db, otherU, otherW, otherB } = inputs
      const one = inRow(await measure(clipByValue, { dU, dW, db }, parameters))
      const other = { dU: otherU, dW: otherW, db: otherB }
      const second = inRow(await measure(clipByValue, other, parameters))
      const g = inRow({ dU: array('dU'), dW: array('dW'), db: array('db') })
      const h = inRow({ dU: array('otherU'), dW: array('otherW'), db: array('otherB') })
      return g.data.map((value, i) =>
        atMost(
          arithmetic,
          `the distance of number ${i}, after and before`,
          abs(subtract(one.at(i), second.at(i))),
          abs(subtract(value, h.at(i))),
        ),
      )
    },
  }),
  worked('value-signs', {
    of: clipByValue,
    title: 'numbers beyond the limits become the limits on their side',
    kills: [drops, onlyAbove, losesSign],
    inputs: line(3, -4, 0.5),
    parameters: { limit: 1 },
    gives: { dU: [1], dW: [-1], db: [0.5] },
  }),
]

export const clippingProperties = properties(clipping, ...byNorm, ...byValue)
