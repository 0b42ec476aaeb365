import { elementwise, fromData } from '../../../reference/arithmetic/array.ts'
import { lightInvariance, lrnAcross, lrnWithin } from '../../../spec/cnn/lrn.ts'
import { integer } from '../../../spec/language/parameter.ts'
import type { Argument } from '../../engine/property.ts'
import { changed } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { sized } from './lrn-cases.ts'
import {
  acrossDoublesBeta,
  acrossForward,
  acrossIndependent,
  acrossKappaOne,
  acrossLinear,
  acrossMean,
  withinMultiplies,
} from './lrn-faults.ts'

/** Features, and how many times as bright the light becomes: a power of two, so that it rounds nothing. */
const brighter = {
  ...lrnAcross,
  parameters: { ...lrnAcross.parameters, exponent: integer({ min: 0, upTo: 4 }) },
}

export const lrnLightProperties = properties(
  lightInvariance,
  law('invariant', {
    of: brighter,
    asks: [lrnAcross, lrnWithin],
    values: 'reals',
    title: 'with κ = 0 and β = ½ the output is the same in any light that multiplies',
    kills: [acrossKappaOne, acrossLinear, withinMultiplies],
    async holds({ inputs, measure, parameters: { exponent, radius } }) {
      const x = sized(inputs.x)
      const bright = changed(x, (v) => 2 ** (exponent + 1) * v)
      const parameters = { radius, kappa: 0, alpha: 1, beta: 0.5 }
      const compare = async (operation: typeof lrnAcross | typeof lrnWithin) => ({
        label: operation.id,
        expected: (await measure(operation, { x }, parameters)).y,
        actual: (await measure(operation, { x: bright }, parameters)).y,
      })
      return [await compare(lrnAcross), await compare(lrnWithin)]
    },
  }),
  law('compressed', {
    of: brighter,
    asks: [lrnAcross],
    values: 'reals',
    title: 'light that is c times as bright changes the output by a factor of c^(1 − 2β) to c',
    kills: [acrossIndependent, acrossDoublesBeta],
    async holds({ arithmetic, inputs, measure, ...bench }) {
      const { abs, exact, multiply, power, subtract } = arithmetic
      const { exponent, ...parameters } = bench.parameters
      const c = 2 ** exponent
      const ask = async (x: Argument) =>
        elementwise((await measure(lrnAcross, { x }, parameters)).y, abs)
      const x = sized(inputs.x)
      const [y, bright] = [await ask(x), await ask(changed(x, (v) => c * v))]
      const least = power(exact(c), subtract(exact(1), exact(2 * parameters.beta)))
      const times = (factor: typeof least) => elementwise(y, (v) => multiply(factor, v))
      return [between(arithmetic, '|y(c x)|', bright, times(least), times(exact(c)))]
    },
  }),
  law('additive-light', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [lrnAcross],
    title: 'light that adds changes the output: of 1, 0 the first is 1, of 2, 1 it is 2 / √5',
    kills: [acrossMean, acrossForward],
    share: 0.01,
    async holds({ arithmetic: { divide, exact, sqrt }, measure }) {
      const { y } = await measure(
        lrnAcross,
        { x: tensor([1, 1, 2, 2], [1, 0, 1, 2]) },
        { radius: 1, kappa: 0, alpha: 1, beta: 0.5 },
      )
      const root = sqrt(exact(5))
      const expected = [exact(1), exact(0), divide(exact(1), root), divide(exact(2), root)]
      return [{ label: 'y', expected: fromData([1, 1, 2, 2], expected), actual: y }]
    },
  }),
  worked('E-09', {
    of: lrnAcross,
    title: 'three times the light gives half as much again: 1/8 and 3/16 for κ = 7, α = β = 1',
    kills: [acrossIndependent],
    cases: [
      { light: 1, y: 1 / 8 },
      { light: 3, y: 3 / 16 },
    ].map(({ light, y }) => ({
      says: `x = ${light}`,
      inputs: { x: tensor([1, 1, 1, 1], [light]) },
      parameters: { radius: 0, kappa: 7, alpha: 1, beta: 1 },
      gives: { y: [y] },
    })),
  }),
)
