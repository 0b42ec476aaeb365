import { build, memberOf, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { convergence, distributionDescent } from '../../../spec/gan/convergence-of-pg.ts'
import { diracSteps } from '../../../spec/gan/hyperparameter-sensitivity.ts'
import { real } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, row } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  additive,
  climbs,
  exchangesParts,
  fullSteps,
  inBits,
  notNormalized,
  onceTheDivergence,
  perMass,
  startsAnew,
  startsUniform,
  withoutConstant,
} from './convergence-of-pg-faults.ts'
import { climbs as weightsClimb } from './hyperparameter-sensitivity-faults.ts'

const kills = [
  climbs,
  fullSteps,
  notNormalized,
  exchangesParts,
  withoutConstant,
  onceTheDivergence,
  inBits,
  startsUniform,
  additive,
]

/** One number in every place. */
const everywhere = <T>(shape: readonly number[], value: T) => build(shape, () => value)

export const convergenceProperties = properties(
  convergence,
  ...agreementTwice(distributionDescent, { kills, share: 0.4 }, { kills, share: 0.6 }),
  stepwise(distributionDescent, {
    states: 'generated',
    step: distributionDescent,
    carry: { start: 'start' },
    ask: ({ before: { start }, inputs: { data }, parameters }) => ({
      inputs: { data: data!, start: start! },
      parameters: { ...parameters, steps: 1 },
    }),
    gives: ({ generated }) => ({ generated: memberOf(generated!, 0) }),
    kills: [startsAnew, additive],
    share: 0.3,
  }),
  law('half-way', {
    of: distributionDescent,
    title: 'with the rate 1 each step ends half way to the data',
    kills: [climbs, notNormalized, additive, exchangesParts],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, divide, exact, multiply, total } = arithmetic
      const given = { ...parameters, rate: 1 }
      const { generated } = await measure(distributionDescent, inputs, given)
      const shares = (masses: NumberArray<ReturnType<typeof exact>>) => {
        const whole = total(masses.data)
        return build(masses.shape, (x) => divide(masses.at(x), whole))
      }
      const [p, q] = [shares(array('data')), shares(array('start'))]
      const before = (t: number, x: number) => (t === 0 ? q.at(x) : generated.at(t - 1, x))
      return [
        {
          label: 'generated',
          expected: build(generated.shape, (t, x) =>
            multiply(exact(0.5), add(p.at(x), before(t, x))),
          ),
          actual: generated,
        },
      ]
    },
  }),
  law('no-step-worse', {
    of: distributionDescent,
    values: 'reals',
    title: 'no step makes the value of the game larger, and none less than −ln 4',
    kills: [climbs],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { exact, log, negate } = arithmetic
      const { criterion } = await measure(distributionDescent, inputs, parameters)
      const least = negate(log(exact(4)))
      const after = criterion.data.slice(1)
      return [
        between(arithmetic, 'least value', criterion, everywhere(criterion.shape, least), null),
        ...(after.length === 0
          ? []
          : [
              between(
                arithmetic,
                'value after each step',
                row(...after),
                null,
                row(...criterion.data.slice(0, -1)),
              ),
            ]),
      ]
    },
  }),
  law('how-fast', {
    of: withParameters(distributionDescent, {
      rate: real({ min: 0.05, max: 1, from: 0.05, to: 1, values: [1, 0.5, 0.1] }),
    }),
    asks: [distributionDescent],
    values: 'reals',
    title: 'after t steps the value is within KL / (η t) of the least one',
    kills: [climbs, withoutConstant],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, divide, exact, log, multiply, negate, total } = arithmetic
      const { criterion } = await measure(distributionDescent, inputs, parameters)
      const [data, start] = [array('data'), array('start')]
      const [ofData, ofStart] = [total(data.data), total(start.data)]
      const terms = data.data.flatMap((mass, x) => {
        if (inputs.data.data[x] === 0) return []
        const p = divide(mass, ofData)
        return [multiply(p, log(divide(p, divide(start.at(x), ofStart))))]
      })
      const divergence = total(terms)
      const least = negate(log(exact(4)))
      const after = Array.from({ length: parameters.steps }, (_, t) =>
        add(least, divide(divergence, exact(parameters.rate * (t + 1)))),
      )
      return [between(arithmetic, 'value after each step', criterion, null, row(...after))]
    },
  }),
  law('at-rest', {
    of: distributionDescent,
    title: 'what is generated as the data are stays so, at the value −ln 4',
    kills: [additive, withoutConstant, inBits],
    share: 0.3,
    async holds({ arithmetic, exact: lifted, inputs, measure, parameters }) {
      const { divide, exact, log, negate, total } = arithmetic
      const asked = { data: inputs.start, start: inputs.start }
      const { generated, criterion } = await measure(distributionDescent, asked, parameters)
      const p = lifted(inputs.start)
      const whole = total(p.data)
      const least = negate(log(exact(4)))
      return [
        {
          label: 'generated',
          expected: build(generated.shape, (_, x) => divide(p.at(x), whole)),
          actual: generated,
        },
        { label: 'value', expected: everywhere(criterion.shape, least), actual: criterion },
      ]
    },
  }),
  equivariance('no-unit', {
    of: distributionDescent,
    title: 'four times the mass of the data, and half of what is generated, change nothing',
    kills: [perMass],
    share: 0.15,
    inputs: ({ data, start }) => ({
      data: changed(data, (v) => 4 * v),
      start: changed(start, (v) => v / 2),
    }),
  }),
  worked('by-hand', {
    of: distributionDescent,
    title: 'from one half to ¾ and ⅞ where all data are',
    kills: [climbs, notNormalized, additive, withoutConstant, inBits],
    inputs: { data: tensor([2], [1, 0]), start: tensor([2], [1, 1]) },
    parameters: { rate: 1, steps: 2 },
    gives: {
      generated: [0.75, 0.25, 0.875, 0.125],
      criterion: [about('-1.195089'), about('-1.295481')],
    },
  }),
  worked('E-70', {
    of: diracSteps,
    title: 'two steps of weights lead away from the equilibrium',
    kills: [weightsClimb],
    inputs: { theta: tensor([1], [1]), psi: tensor([1], [0]) },
    parameters: { rate: 1, penalty: 0, steps: 2, loss: 'saturating' },
    notes: { theta: [0, 0], psi: [0, 0] },
    gives: { theta: [1, about('0.81123')], psi: [-0.5, about('-0.877541')] },
  }),
)
