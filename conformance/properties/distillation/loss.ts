import { build, elementwise, sum } from '../../../reference/arithmetic/array.ts'
import { divergence, divergenceGradient, lossClause } from '../../../spec/distillation/loss.ts'
import { softmax } from '../../../spec/distillation/softmax.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { filled, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsBothHalves,
  averagesOverClasses,
  constantTeacher,
  exchangesRoles,
  forgetsFactor,
  forgetsTwo,
  inBits,
  keepsEntropy,
  movesAway,
  takesTheRoot,
} from './loss-faults.ts'

const { dimensions, inputs } = divergence
/** Cases without a measure, of which a law takes several. */
const pairs = { dimensions, inputs, parameters: {} } as const

export const lossProperties = properties(
  lossClause,
  agreementTwice(
    divergence,
    {
      kills: [
        exchangesRoles,
        keepsEntropy,
        takesTheRoot,
        addsBothHalves,
        averagesOverClasses,
        inBits,
      ],
      share: 0.6,
    },
    { share: 0.3 },
  ),
  agreementTwice(
    divergenceGradient,
    {
      name: 'gradient',
      kills: [constantTeacher, movesAway, forgetsFactor, forgetsTwo],
      share: 0.4,
    },
    { share: 0.2 },
  ),
  law('agrees', {
    of: pairs,
    asks: [divergence, divergenceGradient],
    title: 'where both agree, three measures are 0, and no measure moves the student',
    kills: [keepsEntropy],
    share: 0.2,
    async holds({ exact, inputs: { v }, measure, sizes: { N } }) {
      const comparisons = []
      const given = { z: v, v, dDivergence: filled([N!], 1) }
      for (const how of ['kl', 'squares', 'jensen-shannon', 'cross-entropy'] as const) {
        const { dz } = await measure(divergenceGradient, given, { measure: how })
        comparisons.push({ label: `dz, ${how}`, expected: exact(zeros(v.shape)), actual: dz })
        if (how === 'cross-entropy') continue
        const { divergence: actual } = await measure(divergence, { z: v, v }, { measure: how })
        comparisons.push({ label: how, expected: exact(zeros([N!])), actual })
      }
      return comparisons
    },
  }),
  law('exchanged', {
    of: pairs,
    asks: [divergence],
    title: 'squares and the divergence of Jensen and Shannon are the same with the roles exchanged',
    kills: [addsBothHalves],
    share: 0.2,
    async holds({ exact, inputs: { z, v }, measure, sizes: { N } }) {
      const comparisons = []
      for (const how of ['squares', 'jensen-shannon'] as const) {
        const one = await measure(divergence, { z, v }, { measure: how })
        const other = await measure(divergence, { z: v, v: z }, { measure: how })
        comparisons.push({ label: how, expected: one.divergence, actual: other.divergence })
      }
      // Certain of different classes, they are as far apart as can be.
      const apart = (at: number) => build([N!, 2], (_, c) => (c === at ? 0 : -200))
      const far = await measure(
        divergence,
        { z: apart(0), v: apart(1) },
        { measure: 'jensen-shannon' },
      )
      const limit = exact(filled([N!], Math.LN2))
      return [...comparisons, { label: 'ln 2', expected: limit, actual: far.divergence }]
    },
  }),
  law('limits', {
    of: pairs,
    asks: [divergence, softmax],
    title: 'KL ≥ ½ (Σ |p − q|)², 0 ≤ JS ≤ ln 2, and cross-entropy is never below KL',
    kills: [inBits],
    share: 0.3,
    async holds({ arithmetic, exact, inputs: { z, v }, measure, sizes: { N, C } }) {
      const { abs, multiply, subtract } = arithmetic
      const ask = async (how: 'kl' | 'jensen-shannon' | 'cross-entropy') =>
        (await measure(divergence, { z, v }, { measure: how })).divergence
      const [kl, js, crossed] = [
        await ask('kl'),
        await ask('jensen-shannon'),
        await ask('cross-entropy'),
      ]
      const p = (await measure(softmax, { z: v }, { temperature: 1 })).y
      const q = (await measure(softmax, { z }, { temperature: 1 })).y
      const apart = build([N!], (n) =>
        sum(arithmetic, [C!], (c) => abs(subtract(p.at(n, c), q.at(n, c)))),
      )
      const pinsker = elementwise(apart, (d) => multiply(arithmetic.exact(0.5), multiply(d, d)))
      const limit = (value: number) => exact(filled([N!], value))
      return [
        between(arithmetic, 'KL', kl, pinsker, crossed),
        between(arithmetic, 'JS', js, limit(0), limit(Math.LN2)),
      ]
    },
  }),
  law('same-gradient', {
    of: divergenceGradient,
    asks: [divergenceGradient, softmax],
    title: 'by the student, cross-entropy and KL have the gradient q − p',
    kills: [movesAway, forgetsFactor],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure }) {
      const { multiply, subtract } = arithmetic
      const { z, v } = inputs
      const p = (await measure(softmax, { z: v }, { temperature: 1 })).y
      const q = (await measure(softmax, { z }, { temperature: 1 })).y
      const g = array('dDivergence')
      const expected = build(z.shape, (n, c) => multiply(g.at(n), subtract(q.at(n, c), p.at(n, c))))
      const crossed = await measure(divergenceGradient, inputs, { measure: 'cross-entropy' })
      const kl = await measure(divergenceGradient, inputs, { measure: 'kl' })
      return [
        { label: 'cross-entropy', expected, actual: crossed.dz },
        { label: 'KL', expected, actual: kl.dz },
      ]
    },
  }),
  worked('certain', {
    of: divergence,
    title: 'a teacher that is certain of one of two classes, a student that is not: by hand',
    kills: [takesTheRoot, addsBothHalves, exchangesRoles],
    cases: (
      [
        ['cross-entropy', Math.LN2],
        ['kl', Math.LN2],
        ['squares', 0.5],
        ['jensen-shannon', 1.5 * Math.LN2 - 0.75 * Math.log(3)],
      ] as const
    ).map(([measure, divergence]) => ({
      inputs: { z: tensor([1, 2], [0, 0]), v: tensor([1, 2], [0, -200]) },
      parameters: { measure },
      gives: { divergence: [divergence] },
    })),
  }),
)
