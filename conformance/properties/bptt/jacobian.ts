import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray, sum, sumOfProducts } from '../../../reference/arithmetic/array.ts'
import { activation, jacobian, jacobianProduct } from '../../../spec/bptt/jacobian.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, moderate } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsFactors,
  firstFactorLeft,
  firstSequence,
  givesTranspose,
  ignoresSlope,
  oneFactorLess,
  slopesBehind,
  wholeSlopeOfSigmoid,
  zeroWithoutSteps,
} from './jacobian-faults.ts'

/** A sequence in which one step lies between two others. */
const stretches = {
  ...jacobian,
  usual: [],
  constraints: [],
  dimensions: { ...jacobian.dimensions, T: free(2, 4, 'time steps') },
  parameters: { activation, between: integer({ min: 0, upTo: 4, max: 4 }) },
}

const product = <T>(arithmetic: Arithmetic<T>, A: NumberArray<T>, B: NumberArray<T>) =>
  build(A.shape, (n, i, j) =>
    sumOfProducts(
      arithmetic,
      [A.shape[2]!],
      (k) => A.at(n, i, k),
      (k) => B.at(n, k, j),
    ),
  )

/** The largest sum of magnitudes of a row, of each sequence. */
const norms = <T>(arithmetic: Arithmetic<T>, J: NumberArray<T>) => {
  const [N, H] = J.shape as [number, number]
  return build([N], (n) =>
    arithmetic.maximum(
      Array.from({ length: H }, (_, i) =>
        sum(arithmetic, [H], (j) => arithmetic.abs(J.at(n, i, j))),
      ),
    ),
  )
}

export const jacobianProperties = properties(
  jacobianProduct,
  agreement(jacobian, 'integers', {
    kills: [
      ignoresSlope,
      firstFactorLeft,
      givesTranspose,
      slopesBehind,
      oneFactorLess,
      firstSequence,
      zeroWithoutSteps,
      wholeSlopeOfSigmoid,
    ],
  }),
  law('bounded', {
    of: jacobian,
    title: 'Jacobians of moderate numbers are within the derived bound of the reference',
    values: 'reals',
    kills: [ignoresSlope, givesTranspose, firstFactorLeft, wholeSlopeOfSigmoid],
    share: 0.5,
    async holds({ answer, expected, inputs, parameters }) {
      const { x, U, W, b, h0 } = inputs
      const question = {
        x: moderate(x),
        U: moderate(U),
        W: moderate(W),
        b: moderate(b),
        h0: moderate(h0),
      }
      const given = await answer(jacobian, question, parameters)
      const right = expected(jacobian, question, parameters)
      return [{ label: 'J', expected: right.J, actual: given.J }]
    },
  }),
  law('twenty-steps', {
    of: {
      ...jacobian,
      usual: [],
      constraints: [],
      dimensions: {
        T: derived(() => 20, 'steps'),
        N: free(1, 1, 'sequences'),
        I: free(1, 2, 'units of the input'),
        H: free(2, 3, 'units of the state'),
      },
      parameters: { activation: choice('tanh', 'relu') },
    },
    asks: [jacobian],
    title: 'Jacobians over twenty steps are within the derived bound of the reference',
    values: 'reals',
    kills: [oneFactorLess],
    share: 0.1,
    async holds({ answer, expected, inputs, parameters: { activation } }) {
      const over = { activation, start: 0, end: 20 }
      const given = await answer(jacobian, inputs, over)
      return [{ label: 'J', expected: expected(jacobian, inputs, over).J, actual: given.J }]
    },
  }),
  law('chain', {
    of: stretches,
    asks: [jacobian],
    title: 'over two stretches the Jacobian is the product of both, the later one on the left',
    kills: [firstFactorLeft, addsFactors],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { T } }) {
      const { activation } = parameters
      const between = Math.min(parameters.between, T!)
      const { x, U, W, b, h0 } = inputs
      const of = async (start: number, end: number) =>
        (await measure(jacobian, { x, U, W, b, h0 }, { activation, start, end })).J
      const [whole, first, second] = [await of(0, T!), await of(0, between), await of(between, T!)]
      return [{ label: 'J', expected: product(arithmetic, second, first), actual: whole }]
    },
  }),
  law('norms', {
    of: { ...stretches, parameters: { activation } },
    asks: [jacobian],
    title: 'the norm is at most the product of the norms of the factors',
    kills: [addsFactors],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters: { activation }, sizes }) {
      const T = sizes.T!
      const { multiply } = arithmetic
      // Shorter than 1 in every norm, so that sums of factors are longer than their product.
      const W = changed(inputs.W, (v) => v / 16)
      const { x, U, b, h0 } = inputs
      const of = async (start: number, end: number) => {
        const { J } = await measure(jacobian, { x, U, W, b, h0 }, { activation, start, end })
        return norms(arithmetic, J)
      }
      let most = await of(0, 1)
      for (let t = 1; t < T; t++) {
        const factor = await of(t, t + 1)
        const before = most
        most = build(before.shape, (n) => multiply(before.at(n), factor.at(n)))
      }
      const whole = await of(0, T)
      return whole.data.map((norm, n) =>
        atMost(arithmetic, `the norm of sequence ${n}`, norm, most.at(n)),
      )
    },
  }),
  worked('slopes', {
    of: jacobian,
    title: 'the slopes of a step stand before its weights, and a closed unit passes nothing on',
    kills: [slopesBehind, ignoresSlope, givesTranspose],
    cases: [
      {
        says: 'rectifiers, the second one closed',
        inputs: {
          x: tensor([1, 1, 1], [0]),
          U: tensor([2, 1], [0, 0]),
          W: tensor([2, 2], [1, 2, 3, 4]),
          b: tensor([2], [0, -100]),
          h0: tensor([1, 2], [1, 1]),
        },
        parameters: { activation: 'relu', start: 0, end: 1 },
        gives: { J: [1, 2, 0, 0] },
      },
      {
        says: 'a sigmoid at rest',
        inputs: {
          x: tensor([1, 1, 1], [0]),
          U: tensor([1, 1], [0]),
          W: tensor([1, 1], [2]),
          b: tensor([1], [0]),
          h0: tensor([1, 1], [0]),
        },
        parameters: { activation: 'sigmoid', start: 0, end: 1 },
        gives: { J: [0.5] },
      },
    ],
  }),
)
