import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { softmax, softmaxGradient, stable } from '../../../spec/rnn/softmax.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, part, plain, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  clips,
  noShift,
  overRows,
  ownScoreOnly,
  passesThrough,
  shiftsByMean,
} from './softmax-faults.ts'

const place = { place: integer({ min: 0, upTo: 6, max: 6 }) }

/** Rows with one more class, which there is not, at a place among the others. */
function withNoClass(o: NumberArray<number>, at: number) {
  const [N, O] = o.shape as [number, number]
  return build([N, O + 1], (n, k) =>
    k === at ? Number.NEGATIVE_INFINITY : o.at(n, k < at ? k : k - 1),
  )
}

const others = <T>(y: NumberArray<T>, at: number) =>
  build([y.shape[0]!, y.shape[1]! - 1], (n, k) => y.at(n, k < at ? k : k + 1))
const that = <T>(y: NumberArray<T>, at: number) => build([y.shape[0]!], (n) => y.at(n, at))

export const softmaxProperties = properties(
  stable,
  agreementTwice(softmax, { kills: [overRows], share: 0.3 }, { kills: [overRows, clips, noShift] }),
  agreementTwice(softmaxGradient, {
    name: 'gradient',
    kills: [ownScoreOnly, passesThrough],
    share: 0.2,
  }),
  equivariance('shift', {
    of: softmax,
    title: 'a number that is added to all scores changes nothing',
    kills: [noShift, clips],
    share: 0.2,
    inputs: ({ o }) => ({ o: changed(o, (v) => v + 512) }),
  }),
  law('any-size', {
    of: softmax,
    title: 'scores up to 10,000 apart and more leave all to the largest ones, in equal shares',
    kills: [noShift, shiftsByMean],
    share: 0.3,
    async holds({ arithmetic, inputs, measure }) {
      const o = changed(inputs.o, (v) => 10_000 * v)
      const [N, O] = o.shape as [number, number]
      const rows = Array.from({ length: N }, (_, n) => part(o, [1, O], [n]).data)
      const most = rows.map((row) => Math.max(...row))
      const equal = rows.map((row, n) => row.filter((v) => v === most[n]).length)
      const { divide, exact } = arithmetic
      const expected = build(o.shape, (n, k) =>
        o.at(n, k) === most[n] ? divide(exact(1), exact(equal[n]!)) : exact(0),
      )
      return [{ label: 'y', expected, actual: (await measure(softmax, { o }, {})).y }]
    },
  }),
  law('no-such-class', {
    of: withParameters(softmax, place),
    asks: [softmax],
    title: 'a class with the score −∞ has probability 0 and leaves the others as they are',
    kills: [shiftsByMean],
    share: 0.3,
    async holds({ answer, exact, expected, inputs: { o }, parameters, sizes: { N, O } }) {
      const at = parameters.place % (O! + 1)
      const { y } = await answer(softmax, { o: withNoClass(plain(o), at) }, {})
      return [
        { label: 'of that class', expected: exact(zeros([N!])), actual: that(y, at) },
        { label: 'the others', expected: expected(softmax, { o }, {}).y, actual: others(y, at) },
      ]
    },
  }),
  law('no-gradient-of-no-class', {
    of: withParameters(softmaxGradient, place),
    asks: [softmaxGradient],
    title: 'by a score of −∞ there is no gradient, and the others are as they are without it',
    kills: [passesThrough],
    share: 0.3,
    async holds({ answer, exact, expected, inputs: { o, dy }, parameters, sizes: { N, O } }) {
      const at = parameters.place % (O! + 1)
      const given = plain(dy)
      const more = build([N!, O! + 1], (n, k) => (k === at ? 3 : given.at(n, k < at ? k : k - 1)))
      const asked = { o: withNoClass(plain(o), at), dy: more }
      const d = (await answer(softmaxGradient, asked, {})).do
      const right = expected(softmaxGradient, { o, dy }, {}).do
      return [
        { label: 'by that score', expected: exact(zeros([N!])), actual: that(d, at) },
        { label: 'by the others', expected: right, actual: others(d, at) },
      ]
    },
  }),
  law('gradient-adds-up', {
    of: {
      ...softmaxGradient,
      dimensions: { ...softmaxGradient.dimensions, O: free(2, 6, 'classes') },
    },
    asks: [softmaxGradient],
    title: 'a gradient adds up to 0 over the scores',
    kills: [ownScoreOnly, passesThrough],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, sizes: { N, O } }) {
      const d = (await measure(softmaxGradient, inputs, {})).do
      const rest = build([N!], (n) =>
        arithmetic.negate(sum(arithmetic, [O! - 1], (k) => d.at(n, k))),
      )
      return [{ label: 'the last one', expected: rest, actual: that(d, O! - 1) }]
    },
  }),
  worked('far-apart', {
    of: softmax,
    title: 'scores of ±10,000, and equal ones',
    kills: [noShift, shiftsByMean],
    cases: [
      { inputs: { o: tensor([1, 3], [10_000, -10_000, 10_000]) }, gives: { y: [0.5, 0, 0.5] } },
      {
        inputs: { o: tensor([1, 4], [-1e4, -1e4, -1e4, -1e4]) },
        gives: { y: [0.25, 0.25, 0.25, 0.25] },
      },
      {
        inputs: { o: tensor([1, 2], [Number.NEGATIVE_INFINITY, 7]) },
        gives: { y: [0, 1] },
      },
    ],
  }),
)
