import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import {
  gradient,
  metaFirstOrder,
  metaObjective,
  metaObjectiveGradient,
  objective,
} from '../../../spec/federated/meta.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, permuted, scalar, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  adaptsInTurn,
  adaptsNot,
  adaptsOnAll,
  addsHessian,
  ascends,
  biasesStay,
  countsPadding,
  firstAtCommon,
  firstIsExact,
  firstSums,
  forgetsAlpha,
  gradientForgetsFactor,
  gradientSums,
  hessianBehind,
  leavesOutHessian,
  sumsClients,
} from './meta-faults.ts'
import { otherPadding } from './personalized-padding.ts'

/** Clients of one point and one weight, whose losses are ½ h (w − c)²: the feature is a, h = a², the target a c. */
const quadratics = {
  dimensions: { K: free(1, 4, 'clients') },
  inputs: {
    a: array('the feature of each client', 'K'),
    c: array('where each loss is smallest', 'K'),
    start: array('the common weight'),
  },
  parameters: { eighths: integer({ min: 0, upTo: 8, max: 8 }) },
}

/** The question of such clients; biases are kept at 0 by features that are balanced: a and −a. */
function asked(a: ArrayLike<number>, c: ArrayLike<number>, start: number) {
  const K = a.length
  const side = (n: number) => (n === 0 ? 1 : -1)
  return {
    w: filled([1, 1], start),
    b: zeros([1]),
    x: build([K, 2, 1], (k, n) => side(n) * a[k]!),
    y: build([K, 2, 1], (k, n) => side(n) * a[k]! * c[k]!),
    counts: filled([K], 2),
  }
}

const given = (eighths: number) => ({ points: 2, loss: 'squares', alpha: eighths / 8 }) as const

const objectiveProperties = properties(
  objective,
  agreementTwice(metaObjective, {
    kills: [adaptsOnAll, adaptsInTurn, adaptsNot, ascends, sumsClients, countsPadding, biasesStay],
  }),
  law('quadratics', {
    of: quadratics,
    asks: [metaObjective],
    title: 'on quadratics a step multiplies the distance by 1 − αh, and the loss by its square',
    kills: [adaptsNot, ascends, adaptsOnAll, sumsClients],
    share: 0.5,
    async holds({ arithmetic, array, inputs: { a, c, start }, measure, parameters: { eighths } }) {
      const { divide, exact, multiply, subtract, total } = arithmetic
      const answered = await measure(
        metaObjective,
        asked(a.data, c.data, start.data[0]!),
        given(eighths),
      )
      const K = a.data.length
      const losses = Array.from({ length: K }, (_, k) => {
        const h = exact(a.data[k]! ** 2)
        const factor = exact(1 - (eighths / 8) * a.data[k]! ** 2)
        const d = multiply(factor, subtract(array('start').at(), array('c').at(k)))
        return multiply(multiply(exact(0.5), h), multiply(d, d))
      })
      return [
        {
          label: 'objective',
          expected: scalar(divide(total(losses), exact(K))),
          actual: answered.objective,
        },
      ]
    },
  }),
  equivariance('any-order', {
    of: metaObjective,
    title: 'the order of clients makes no difference but to the order of their models',
    kills: [adaptsInTurn],
    share: 0.3,
    inputs: ({ x, y, counts }) => {
      const turn = (k: number) => x.shape[0]! - 1 - k
      return {
        x: permuted(x, (k, ...at) => [turn(k!), ...at]),
        y: permuted(y, (k, ...at) => [turn(k!), ...at]),
        counts: permuted(counts, (k) => [turn(k!)]),
      }
    },
    outputs: ({ adaptedW, adaptedB }) => ({
      adaptedW: permuted(adaptedW, (k, ...at) => [adaptedW.shape[0]! - 1 - k!, ...at]),
      adaptedB: permuted(adaptedB, (k, ...at) => [adaptedB.shape[0]! - 1 - k!, ...at]),
    }),
  }),
  equivariance('padding', {
    of: metaObjective,
    title: 'what stands in places without points makes no difference',
    kills: [countsPadding],
    share: 0.5,
    inputs: otherPadding,
  }),
  worked('E-49', {
    of: metaObjective,
    title: 'targets 0 and 4, α = ½: own steps lead to 0 and 2, steps on all points to 1 and 1',
    kills: [adaptsOnAll, adaptsNot, biasesStay],
    inputs: {
      w: tensor([1, 1], [0]),
      b: tensor([1], [0]),
      x: tensor([2, 1, 1], [0, 0]),
      y: tensor([2, 1, 1], [0, 4]),
      counts: tensor([2], [1, 1]),
    },
    parameters: { points: 1, loss: 'squares', alpha: 0.5 },
    notes: { objective: [2.5] },
    gives: { objective: [1], adaptedW: [0, 0], adaptedB: [0, 2] },
  }),
)

const gradientProperties = properties(
  gradient,
  agreementTwice(metaObjectiveGradient, {
    name: 'exact-gradient',
    kills: [leavesOutHessian, addsHessian, forgetsAlpha, gradientForgetsFactor, gradientSums],
  }),
  agreementTwice(metaFirstOrder, {
    name: 'first-order',
    kills: [firstAtCommon, firstIsExact, firstSums],
  }),
  law('curvature', {
    of: metaObjectiveGradient,
    title: 'of the logistic loss the Hessian is that at the common model',
    kills: [hessianBehind, leavesOutHessian],
    share: 0.5,
    async holds({ answer, expected, inputs, parameters }) {
      const curved = { ...parameters, loss: 'logistic', alpha: 0.5 } as const
      const targets = {
        ...inputs,
        y: changed(inputs.y, (_, at) => (at % inputs.y.shape[2]! === 0 ? 1 : 0)),
      }
      const own = await answer(metaObjectiveGradient, targets, curved)
      const right = expected(metaObjectiveGradient, targets, curved)
      return [
        { label: 'dw', expected: right.dw, actual: own.dw },
        { label: 'db', expected: right.db, actual: own.db },
      ]
    },
  }),
  law('quadratics', {
    of: quadratics,
    asks: [metaObjectiveGradient, metaFirstOrder],
    title: 'on quadratics the gradient has the factor (1 − αh)², and its approximation 1 − αh',
    kills: [leavesOutHessian, addsHessian, firstIsExact, firstAtCommon, gradientSums],
    share: 0.5,
    async holds({ arithmetic, array, inputs: { a, c, start }, measure, parameters: { eighths } }) {
      const { divide, exact, multiply, subtract, total } = arithmetic
      const question = asked(a.data, c.data, start.data[0]!)
      const dObjective = scalar(1)
      const whole = await measure(
        metaObjectiveGradient,
        { ...question, dObjective },
        given(eighths),
      )
      const first = await measure(metaFirstOrder, question, given(eighths))
      const K = a.data.length
      const slope = (power: 1 | 2) => {
        const each = Array.from({ length: K }, (_, k) => {
          const h = a.data[k]! ** 2
          const factor = exact(h * (1 - (eighths / 8) * h) ** power)
          return multiply(factor, subtract(array('start').at(), array('c').at(k)))
        })
        return build([1, 1], () => divide(total(each), exact(K)))
      }
      return [
        { label: 'dw', expected: slope(2), actual: whole.dw },
        { label: 'dw to first order', expected: slope(1), actual: first.dw },
      ]
    },
  }),
  law('without-a-step', {
    of: metaObjectiveGradient,
    asks: [metaObjectiveGradient, metaFirstOrder],
    title: 'without a step both are the mean gradient',
    kills: [forgetsAlpha, gradientForgetsFactor, firstSums],
    share: 0.5,
    async holds({ arithmetic: { multiply }, array, inputs, measure, parameters }) {
      const { dObjective: _, ...question } = inputs
      const still = { ...parameters, alpha: 0 }
      const whole = await measure(metaObjectiveGradient, inputs, still)
      const first = await measure(metaFirstOrder, question, still)
      const times = (slopes: typeof whole.dw) =>
        elementwise(slopes, (s) => multiply(array('dObjective').at(), s))
      return [
        { label: 'dw', expected: times(first.dw), actual: whole.dw },
        { label: 'db', expected: times(first.db), actual: whole.db },
      ]
    },
  }),
)

export const metaProperties = [...objectiveProperties, ...gradientProperties]
