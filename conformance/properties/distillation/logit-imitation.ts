import {
  logitImitationClause,
  scoreLoss,
  scoreLossGradient,
} from '../../../spec/distillation/logit-imitation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  averagesScores,
  centersScores,
  doesNotHalve,
  gradientDoubles,
  gradientKeepsBatch,
  takesAbsolute,
  teacherFollows,
} from './logit-imitation-faults.ts'

export const logitImitationProperties = properties(
  logitImitationClause,
  agreementTwice(scoreLoss, {
    kills: [doesNotHalve, averagesScores, centersScores, takesAbsolute],
  }),
  agreementTwice(scoreLossGradient, {
    name: 'gradient',
    kills: [gradientKeepsBatch, gradientDoubles, teacherFollows],
  }),
  equivariance('shift', {
    of: scoreLoss,
    within: withParameters(scoreLoss, { shift: integer({ min: -8, upTo: 8, max: 8 }) }),
    title: 'a number that is added to the scores of both changes nothing',
    kills: [takesAbsolute],
    inputs: ({ z, v }, { parameters: { shift } }) => ({
      z: changed(z, (score) => score + shift),
      v: changed(v, (score) => score + shift),
    }),
  }),
  law('shift-of-one', {
    of: scoreLoss,
    title: 'a student that is 2 above its teacher at every score loses 2 C, although they agree',
    kills: [centersScores, doesNotHalve, averagesScores],
    share: 0.5,
    async holds({ exact, inputs: { v }, measure, sizes: { C } }) {
      const z = changed(v, (score) => score + 2)
      const { loss } = await measure(scoreLoss, { z, v }, {})
      return [{ label: 'loss', expected: exact(scalar(2 * C!)), actual: loss }]
    },
  }),
  law('degree-two', {
    of: scoreLossGradient,
    asks: [scoreLoss, scoreLossGradient],
    title: 'scores times their gradients are twice the loss',
    kills: [gradientKeepsBatch, teacherFollows],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure }) {
      const { add, exact, multiply } = arithmetic
      const { dLoss: _, ...before } = inputs
      const { loss } = await measure(scoreLoss, before, {})
      const { dz, dv } = await measure(scoreLossGradient, inputs, {})
      const g = array('dLoss').at()
      const byScores = add(inner(arithmetic, array('z'), dz), inner(arithmetic, array('v'), dv))
      return [
        {
          label: '⟨z, dz⟩ + ⟨v, dv⟩ = 2 g E',
          expected: scalar(multiply(multiply(exact(2), g), loss.at())),
          actual: scalar(byScores),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: scoreLoss,
    title: 'one of two scores is 2 off: half of its square',
    kills: [doesNotHalve, averagesScores],
    inputs: { z: tensor([1, 2], [3, 1]), v: tensor([1, 2], [1, 1]) },
    parameters: {},
    gives: { loss: [2] },
  }),
)
