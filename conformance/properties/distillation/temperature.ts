import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { logSoftmax, softmax } from '../../../spec/distillation/softmax.ts'
import {
  distillationLoss,
  distillationLossGradient,
  temperatureClause,
} from '../../../spec/distillation/temperature.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, part, plain, scalar, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { ignoresTemperature, multipliesByTemperature } from './softmax-faults.ts'
import {
  asksTheTeacher,
  forgetsEntropy,
  gradientHasSquare,
  gradientSums,
  noSquare,
  onTheSimplex,
  softensTargets,
  sumsSamples,
  targetsFall,
  teacherIsConstant,
  teacherIsNotSoftened,
  weighsTargets,
} from './temperature-faults.ts'

const rows = ({ shape, data }: NumberArray<number>) =>
  Array.from({ length: shape[0]! }, (_, n) => data.slice(n * shape[1]!, (n + 1) * shape[1]!))
const rangeOf = (row: readonly number[]) => Math.max(...row) - Math.min(...row)
const average = (row: readonly number[]) => row.reduce((sum, v) => sum + v, 0) / row.length

/** How far τ (softmax(z / τ) − 1/C) may be from (z − z̄) / C: the second derivative is at most R² e^(R/τ) / C. */
function remainder(row: readonly number[], tau: number): number {
  const R = rangeOf(row)
  return (R ** 2 * Math.exp(R / tau)) / (2 * tau * row.length)
}

export const temperatureProperties = properties(
  temperatureClause,
  agreementTwice(
    distillationLoss,
    {
      name: 'loss',
      kills: [noSquare, weighsTargets, asksTheTeacher, teacherIsNotSoftened, softensTargets],
      share: 0.5,
    },
    { share: 0.25 },
  ),
  agreement(distillationLossGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientHasSquare, teacherIsConstant, onTheSimplex, gradientSums, targetsFall],
    share: 0.25,
  }),
  law('gradient-bounded', {
    of: distillationLossGradient,
    values: 'reals',
    title:
      'the gradients are within the derived bound of the reference, at scores that leave doubt',
    kills: [gradientHasSquare, teacherIsConstant, onTheSimplex, gradientSums, targetsFall],
    share: 0.5,
    async holds({ answer, expected, inputs, parameters }) {
      // Where a softmax is saturated its slopes are 0 but for rounding, which says nothing.
      const doubtful = (x: typeof inputs.z) =>
        changed(x, (v) => Math.fround((3 * v) / (1 + Math.abs(v))))
      const given = { ...inputs, z: doubtful(inputs.z), v: doubtful(inputs.v) }
      const right = expected(distillationLossGradient, given, parameters)
      const { dz, dv, dTargets } = await answer(distillationLossGradient, given, parameters)
      return [
        { label: 'dz', expected: right.dz, actual: dz },
        { label: 'dv', expected: right.dv, actual: dv },
        { label: 'dTargets', expected: right.dTargets, actual: dTargets },
      ]
    },
  }),
  law('cold', {
    of: { dimensions: softmax.dimensions, inputs: softmax.inputs, parameters: {} },
    asks: [softmax],
    title: 'near temperature 0 the largest scores share everything',
    kills: [ignoresTemperature, multipliesByTemperature],
    share: 0.2,
    async holds({ arithmetic, exact, inputs: { z }, measure }) {
      const temperature = 2 ** -7
      const { y } = await measure(softmax, { z }, { temperature })
      const scores = rows(plain(z))
      const m = scores.map((row) => Math.max(...row))
      const alone = scores.map((row, n) => row.filter((v) => v === m[n]).length)
      // Whole scores are at least 1 below the largest one.
      const rest = Math.exp(-1 / temperature)
      const limit = (n: number, c: number) => scores[n]![c]! - m[n]!
      const low = build(z.shape, (n, c) => {
        const C = z.shape[1]!
        return limit(n!, c!) === 0 ? 1 / (alone[n!]! + (C - alone[n!]!) * rest) : 0
      })
      const high = build(z.shape, (n, c) => Math.exp(limit(n!, c!) / temperature) / alone[n!]!)
      return [between(arithmetic, 'softmax', y, exact(low), exact(high))]
    },
  }),
  law('uniform', {
    of: { dimensions: softmax.dimensions, inputs: softmax.inputs, parameters: {} },
    asks: [softmax],
    title: 'at a high temperature all classes are nearly as probable',
    kills: [ignoresTemperature, multipliesByTemperature],
    share: 0.2,
    async holds({ arithmetic, exact, inputs: { z }, measure }) {
      const temperature = 2 ** 12
      const { y } = await measure(softmax, { z }, { temperature })
      const off = rows(plain(z)).map((row) => Math.exp(rangeOf(row) / temperature))
      const C = z.shape[1]!
      const low = build(z.shape, (n) => 1 / (C * off[n!]!))
      const high = build(z.shape, (n) => off[n!]! / C)
      return [between(arithmetic, 'softmax', y, exact(low), exact(high))]
    },
  }),
  law('matches-scores', {
    of: {
      dimensions: distillationLoss.dimensions,
      inputs: { z: distillationLoss.inputs.z, v: distillationLoss.inputs.v },
      parameters: {},
    },
    asks: [distillationLossGradient],
    title:
      'at a high temperature the gradient is the difference of scores, each less its mean, over C',
    kills: [gradientHasSquare, gradientSums],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, sizes: { N, C } }) {
      const [z, v] = [inputs.z, inputs.v].map((x) => changed(x, (score) => score / 8)) as [
        NumberArray<number>,
        NumberArray<number>,
      ]
      const tau = 256
      const given = { z, v, targets: zeros(z.shape), dLoss: scalar(1) }
      const { dz } = await measure(distillationLossGradient, given, {
        temperature: tau,
        share: 1,
        divergence: 'kl',
      })
      const [ofStudent, ofTeacher] = [rows(z), rows(v)]
      const means = ofStudent.map((row, n) => average(row) - average(ofTeacher[n]!))
      const off = ofStudent.map((row, n) => remainder(row, tau) + remainder(ofTeacher[n]!, tau))
      const limits = (sign: number) =>
        build(z.shape, (n, c) => {
          const matched = (z.at(n!, c!) - v.at(n!, c!) - means[n!]!) / C!
          return (matched + sign * off[n!]!) / N!
        })
      return [between(arithmetic, 'dz', dz, exact(limits(-1)), exact(limits(1)))]
    },
  }),
  law('entropy-apart', {
    of: distillationLossGradient,
    asks: [distillationLoss, distillationLossGradient, softmax, logSoftmax],
    title:
      'both divergences have the same gradient by the student, and differ by the entropy of the teacher',
    kills: [forgetsEntropy, asksTheTeacher],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { N, C } }) {
      const { add, divide, exact, multiply, negate } = arithmetic
      const { dLoss, ...before } = inputs
      const { share, temperature } = parameters
      const as = (divergence: 'cross-entropy' | 'kl') => ({ share, temperature, divergence })
      const crossed = await measure(distillationLoss, before, as('cross-entropy'))
      const kl = await measure(distillationLoss, before, as('kl'))
      const { dz } = await measure(distillationLossGradient, inputs, as('cross-entropy'))
      const other = await measure(distillationLossGradient, inputs, as('kl'))
      const p = (await measure(softmax, { z: inputs.v }, { temperature })).y
      const logs = (await measure(logSoftmax, { z: inputs.v }, { temperature })).y
      const entropy = negate(
        sum(arithmetic, [N!, C!], (n, c) => multiply(p.at(n, c), logs.at(n, c))),
      )
      const weight = divide(multiply(exact(share), exact(temperature ** 2)), exact(N!))
      return [
        {
          label: 'cross-entropy = divergence + entropy',
          expected: scalar(add(kl.loss.at(), multiply(weight, entropy))),
          actual: crossed.loss,
        },
        { label: 'dz', expected: dz, actual: other.dz },
      ]
    },
  }),
  law('teacher-reached', {
    of: distillationLossGradient,
    asks: [distillationLoss, distillationLossGradient],
    title:
      'a student with the scores of its teacher loses nothing and is not moved, and no other gains',
    kills: [forgetsEntropy, teacherIsNotSoftened],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, parameters: { temperature } }) {
      const { v, targets, z } = inputs
      const given = { temperature, share: 1, divergence: 'kl' } as const
      const equal = await measure(distillationLoss, { z: v, v, targets }, given)
      const other = await measure(distillationLoss, { z, v, targets }, given)
      const still = await measure(distillationLossGradient, { ...inputs, z: v }, given)
      return [
        { label: 'loss', expected: exact(scalar(0)), actual: equal.loss },
        { label: 'dz', expected: exact(filled(v.shape, 0)), actual: still.dz },
        { label: 'dv', expected: exact(filled(v.shape, 0)), actual: still.dv },
        atMost(arithmetic, 'loss ≥ 0', arithmetic.exact(0), other.loss.at()),
      ]
    },
  }),
  law('shares', {
    of: distillationLoss,
    title:
      'the loss is the share of one part and the rest of the other, and the mean of its samples',
    kills: [sumsSamples],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { N } }) {
      const { add, divide, exact, multiply, subtract, total } = arithmetic
      const alpha = exact(parameters.share)
      const { loss } = await measure(distillationLoss, inputs, parameters)
      const ask = (share: number) => measure(distillationLoss, inputs, { ...parameters, share })
      const [teacher, targets] = [await ask(1), await ask(0)]
      const rest = multiply(subtract(exact(1), alpha), targets.loss.at())
      const each = []
      for (let n = 0; n < N!; n++) {
        const only = (x: typeof inputs.z) => part(plain(x), [1, x.shape[1]!], [n])
        const one = { z: only(inputs.z), v: only(inputs.v), targets: only(inputs.targets) }
        each.push((await measure(distillationLoss, one, parameters)).loss.at())
      }
      return [
        {
          label: 'shares of both parts',
          expected: scalar(add(multiply(alpha, teacher.loss.at()), rest)),
          actual: loss,
        },
        { label: 'mean', expected: scalar(divide(total(each), exact(N!))), actual: loss },
      ]
    },
  }),
  worked('equal-scores', {
    of: distillationLoss,
    title: 'two classes, equal scores: by hand',
    kills: [noSquare, forgetsEntropy],
    cases: (
      [
        ['cross-entropy', 2.5 * Math.LN2],
        ['kl', 0.5 * Math.LN2],
      ] as const
    ).map(([divergence, loss]) => ({
      inputs: {
        z: tensor([1, 2], [0, 0]),
        v: tensor([1, 2], [0, 0]),
        targets: tensor([1, 2], [1, 0]),
      },
      parameters: { temperature: 2, share: 0.5, divergence },
      gives: { loss: [loss] },
    })),
  }),
)
