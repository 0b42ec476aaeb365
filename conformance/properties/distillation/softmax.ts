import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import {
  dimensions,
  logSoftmax,
  logSoftmaxGradient,
  logSumExp,
  logSumExpGradient,
  softmax,
  softmaxClause,
  softmaxGradient,
} from '../../../spec/distillation/softmax.ts'
import { free } from '../../../spec/language/operation.ts'
import { integer, real } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, part, plain, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  diagonalOnly,
  gradientForgetsTemperature,
  ignoresTemperature,
  leavesTheLastOut,
  logAddsEpsilon,
  logGradientForgetsOthers,
  logGradientIgnoresTemperature,
  logIgnoresTemperature,
  logOfUnderflow,
  meanOfExponentials,
  multipliesByTemperature,
  overflows,
  overSamples,
  shiftsByMagnitude,
  sumForgetsLargest,
  sumGradientForgetsFactor,
  sumGradientIgnoresTemperature,
  sumKeepsQuotient,
} from './softmax-faults.ts'

/** The sum of every row. */
function rowSums<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>): NumberArray<T> {
  const [N, C] = x.shape as [number, number]
  return build([N], (n) => sum(arithmetic, [C], (c) => x.at(n, c)))
}

/** Of every row the largest number, and how many are as large. */
function largest(z: NumberArray<number>) {
  const [N, C] = z.shape as [number, number]
  const rows = Array.from({ length: N }, (_, n) => part(z, [1, C], [n]).data)
  const m = rows.map((row) => Math.max(...row))
  return { m, count: rows.map((row, n) => row.filter((v) => v === m[n]).length) }
}

export const softmaxProperties = properties(
  softmaxClause,
  agreementTwice(softmax, {
    kills: [ignoresTemperature, multipliesByTemperature, leavesTheLastOut, overSamples],
    share: 0.3,
  }),
  agreementTwice(softmaxGradient, {
    name: 'gradient',
    kills: [diagonalOnly, gradientForgetsTemperature],
    share: 0.3,
  }),
  agreementTwice(logSoftmax, {
    name: 'log',
    kills: [logIgnoresTemperature, logAddsEpsilon],
    share: 0.3,
  }),
  agreementTwice(logSoftmaxGradient, {
    name: 'log-gradient',
    kills: [logGradientForgetsOthers, logGradientIgnoresTemperature],
    share: 0.3,
  }),
  agreementTwice(logSumExp, {
    name: 'sum',
    kills: [sumKeepsQuotient, sumForgetsLargest, meanOfExponentials],
    share: 0.3,
  }),
  agreementTwice(logSumExpGradient, {
    name: 'sum-gradient',
    kills: [sumGradientForgetsFactor, sumGradientIgnoresTemperature],
    share: 0.3,
  }),
  law('adds-up', {
    of: softmax,
    values: 'reals',
    title: 'probabilities lie between 0 and 1 and add up to 1',
    kills: [leavesTheLastOut, overSamples],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, parameters }) {
      const { y } = await measure(softmax, inputs, parameters)
      const [low, high] = [exact(zeros(y.shape)), exact(filled(y.shape, 1))]
      const sums = rowSums(arithmetic, y)
      return [
        between(arithmetic, '0 ≤ y ≤ 1', y, low, high),
        { label: 'Σ y = 1', expected: exact(filled(sums.shape, 1)), actual: sums },
      ]
    },
  }),
  law('shift', {
    of: withParameters(softmax, { shift: integer({ min: -100, upTo: 100, max: 100 }) }),
    asks: [softmax, logSoftmax, logSumExp],
    title: 'a number that is added to all scores changes their smooth maximum alone, by itself',
    kills: [overflows, shiftsByMagnitude, sumKeepsQuotient],
    share: 0.3,
    async holds({ arithmetic, inputs: { z }, measure, parameters }) {
      const { shift, temperature } = parameters
      const other = changed(z, (score) => score + shift)
      const ask = async (z: NumberArray<number>) => ({
        probabilities: (await measure(softmax, { z }, { temperature })).y,
        logs: (await measure(logSoftmax, { z }, { temperature })).y,
        smooth: (await measure(logSumExp, { z }, { temperature })).y,
      })
      const [one, two] = [await ask(plain(z)), await ask(other)]
      const by = arithmetic.exact(shift)
      const moved = elementwise(one.smooth, (v) => arithmetic.add(v, by))
      return [
        { label: 'softmax', expected: one.probabilities, actual: two.probabilities },
        { label: 'its logarithm', expected: one.logs, actual: two.logs },
        { label: 'smooth maximum', expected: moved, actual: two.smooth },
      ]
    },
  }),
  law('consistent', {
    of: softmax,
    asks: [softmax, logSoftmax, logSumExp],
    title: 'the exponential of the logarithm is the softmax, and z − ℓ is τ times the logarithm',
    kills: [logIgnoresTemperature, meanOfExponentials, overSamples],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { exp, multiply, subtract } = arithmetic
      const { y } = await measure(softmax, inputs, parameters)
      const logs = (await measure(logSoftmax, inputs, parameters)).y
      const smooth = (await measure(logSumExp, inputs, parameters)).y
      const tau = arithmetic.exact(parameters.temperature)
      const z = array('z')
      return [
        { label: 'e^ln y = y', expected: y, actual: elementwise(logs, exp) },
        {
          label: 'τ ln y = z − ℓ',
          expected: build(z.shape, (n, c) => subtract(z.at(n, c), smooth.at(n))),
          actual: elementwise(logs, (v) => multiply(tau, v)),
        },
      ]
    },
  }),
  law('any-size', {
    // At most 4, so that e^(−10,000 / τ) is 0 in double precision, too.
    of: { ...softmax, parameters: { temperature: real({ min: 0.5, max: 4, from: 0.5, to: 4 }) } },
    asks: [softmax, logSoftmax, logSumExp],
    title:
      'scores that are 10,000 apart leave the largest ones, which share all, and finite logarithms',
    kills: [overflows, shiftsByMagnitude, logOfUnderflow],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, parameters }) {
      const { add, divide, log, multiply, negate } = arithmetic
      const z = changed(inputs.z, (score) => 10_000 * score)
      const { m, count } = largest(plain(z))
      const tau = arithmetic.exact(parameters.temperature)
      const gaps = exact(build(z.shape, (n, c) => z.at(n, c) - m[n]!))
      const equal = exact(build([m.length], (n) => count[n]!))
      const [none, one] = [arithmetic.exact(0), arithmetic.exact(1)]
      const top = exact(build([m.length], (n) => m[n]!))
      const logOf = (n: number) => log(equal.at(n))
      return [
        {
          label: 'softmax',
          expected: build(z.shape, (n, c) =>
            z.at(n, c) === m[n] ? divide(one, equal.at(n)) : none,
          ),
          actual: (await measure(softmax, { z }, parameters)).y,
        },
        {
          label: 'its logarithm',
          expected: build(z.shape, (n, c) => add(divide(gaps.at(n, c), tau), negate(logOf(n)))),
          actual: (await measure(logSoftmax, { z }, parameters)).y,
        },
        {
          label: 'smooth maximum',
          expected: build([m.length], (n) => add(top.at(n), multiply(tau, logOf(n)))),
          actual: (await measure(logSumExp, { z }, parameters)).y,
        },
      ]
    },
  }),
  law('largest-anywhere', {
    of: {
      dimensions: { N: free(1, 3, 'samples'), C: free(1, 300, 'classes') },
      inputs: { z: softmax.inputs.z },
      parameters: { place: integer({ min: 0, upTo: 299, max: 299 }) },
    },
    asks: [softmax],
    title: 'a score that is far above all others has everything, wherever among many classes it is',
    kills: [overflows],
    share: 0.2,
    async holds({ exact, inputs, measure, parameters: { place }, sizes: { N, C } }) {
      const right = (n: number) => (place + n) % C!
      const scores = plain(inputs.z)
      const z = build([N!, C!], (n, c) => (c === right(n) ? 2000 : scores.at(n, c)))
      const { y } = await measure(softmax, { z }, { temperature: 1 })
      const expected = exact(build([N!, C!], (n, c) => (c === right(n) ? 1 : 0)))
      return [{ label: 'softmax', expected, actual: y }]
    },
  }),
  law('no-such-class', {
    of: withParameters(softmax, { place: integer({ min: 0, upTo: 6, max: 6 }) }),
    asks: [softmax, logSoftmax, logSumExp],
    title: 'a class with the score −∞ has probability 0 and leaves the others as they are',
    kills: [shiftsByMagnitude],
    share: 0.3,
    async holds({ answer, exact, expected, inputs: { z }, parameters, sizes: { N, C } }) {
      const { place, temperature } = parameters
      const given = { temperature }
      const at = place % (C! + 1)
      const scores = plain(z)
      const more = build([N!, C! + 1], (n, c) =>
        c === at ? Number.NEGATIVE_INFINITY : scores.at(n, c < at ? c : c - 1),
      )
      const others = <T>(y: NumberArray<T>) =>
        build([N!, C!], (n, c) => y.at(n, c < at ? c : c + 1))
      const { y } = await answer(softmax, { z: more }, given)
      const logs = (await answer(logSoftmax, { z: more }, given)).y
      const smooth = (await answer(logSumExp, { z: more }, given)).y
      return [
        {
          label: 'probability of that class',
          expected: exact(zeros([N!])),
          actual: build([N!], (n) => y.at(n, at)),
        },
        {
          label: 'the others',
          expected: expected(softmax, { z }, given).y,
          actual: others(y),
        },
        {
          label: 'their logarithms',
          expected: expected(logSoftmax, { z }, given).y,
          actual: others(logs),
        },
        {
          label: 'smooth maximum',
          expected: expected(logSumExp, { z }, given).y,
          actual: smooth,
        },
      ]
    },
  }),
  law('gradients-add-up', {
    of: { ...softmaxGradient, dimensions: { ...dimensions, C: free(2, 6, 'classes') } },
    asks: [softmaxGradient, logSoftmaxGradient],
    title: 'by what a shift leaves alone, the last score has the gradient that the others lack',
    kills: [diagonalOnly, logGradientForgetsOthers],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { N, C } }) {
      const { negate } = arithmetic
      const last = <T>(dz: NumberArray<T>) => part(dz, [N!, 1], [0, C! - 1])
      const others = <T>(dz: NumberArray<T>) => part(dz, [N!, C! - 1])
      const ofSoftmax = (await measure(softmaxGradient, inputs, parameters)).dz
      const ofLogs = (await measure(logSoftmaxGradient, inputs, parameters)).dz
      const lacking = (dz: typeof ofLogs) =>
        build([N!, 1], (n) => negate(rowSums(arithmetic, others(dz)).at(n)))
      return [
        { label: 'softmax', expected: lacking(ofSoftmax), actual: last(ofSoftmax) },
        { label: 'its logarithm', expected: lacking(ofLogs), actual: last(ofLogs) },
      ]
    },
  }),
  worked('equal-scores', {
    of: softmax,
    title: 'equal scores share equally, and large ones by their differences',
    kills: [overflows, leavesTheLastOut],
    cases: [
      {
        inputs: { z: tensor([1, 4], [7, 7, 7, 7]) },
        parameters: { temperature: 4 },
        gives: { y: [0.25, 0.25, 0.25, 0.25] },
      },
      {
        inputs: { z: tensor([1, 3], [10_000, -10_000, 10_000]) },
        parameters: { temperature: 1 },
        gives: { y: [0.5, 0, 0.5] },
      },
    ],
  }),
  worked('logarithms', {
    of: logSoftmax,
    title: 'the logarithm of what is too small to be a number',
    kills: [logOfUnderflow, logAddsEpsilon],
    inputs: { z: tensor([1, 2], [0, -10_000]) },
    parameters: { temperature: 0.5 },
    gives: { y: [0, -20_000] },
  }),
)
