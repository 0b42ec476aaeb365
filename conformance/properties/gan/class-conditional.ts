import { fromData, memberOf, sumOfProducts } from '../../../reference/arithmetic/array.ts'
import { shares } from '../../../reference/gan/optimal-discriminator.ts'
import {
  classConditional,
  conditionalDivergence,
  conditionalValue,
} from '../../../spec/gan/class-conditional.ts'
import { jensenShannon } from '../../../spec/gan/jsd-equivalence.ts'
import { expectedValue } from '../../../spec/gan/value-function.ts'
import { free } from '../../../spec/language/operation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { plain, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsClasses,
  classesAlike,
  divergenceClassesAlike,
  divergenceInBits,
  exchangesDivergences,
  exchangesPlayers,
  forgetsClass,
  generatesAnyClass,
  jointForgetsClass,
  marginalKnowsClass,
  weighsParts,
} from './class-conditional-faults.ts'
import { addsBoth } from './jsd-equivalence-faults.ts'
import { exchangesWeights } from './value-function-faults.ts'

/** A single class. */
const one = free(1, 1, 'class')

export const classConditionalProperties = properties(
  classConditional,
  ...agreementTwice(conditionalValue, {
    kills: [
      classesAlike,
      forgetsClass,
      addsClasses,
      weighsParts,
      generatesAnyClass,
      exchangesPlayers,
    ],
    share: 0.4,
  }),
  ...agreementTwice(conditionalDivergence, {
    name: 'divergence',
    kills: [jointForgetsClass, marginalKnowsClass, divergenceClassesAlike, divergenceInBits],
    share: 0.4,
  }),
  law('decomposition', {
    of: conditionalValue,
    asks: [conditionalValue, expectedValue],
    values: 'reals',
    title: 'the value is the mean of the values of the games of each class',
    kills: [forgetsClass, addsClasses, exchangesPlayers, exchangesWeights],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, sizes: { C } }) {
      const { value, ofClass } = await measure(conditionalValue, inputs, {})
      const games: (typeof value.data)[number][] = []
      for (let c = 0; c < C!; c++) {
        const [logits, data, generated] = [inputs.logits, inputs.data, inputs.generated].map(
          (rows) => memberOf(plain(rows), c),
        )
        const game = { logits: logits!, data: data!, generated: generated! }
        games.push((await measure(expectedValue, game, {})).value.at())
      }
      const w = shares(arithmetic, array('classes'))
      const mean = sumOfProducts(
        arithmetic,
        [C!],
        (c) => w.at(c),
        (c) => games[c]!,
      )
      return [
        { label: 'values', expected: fromData([C!], games), actual: ofClass },
        { label: 'value', expected: scalar(mean), actual: value },
      ]
    },
  }),
  law('data-processing', {
    of: conditionalDivergence,
    title: 'to forget the class brings both nearer to each other, if anything',
    kills: [exchangesDivergences],
    share: 0.4,
    async holds({ arithmetic, exact, inputs, measure }) {
      const { joint, marginal } = await measure(conditionalDivergence, inputs, {})
      return [between(arithmetic, '0 ≤ marginal ≤ joint', marginal, exact(scalar(0)), joint)]
    },
  }),
  law('one-class', {
    of: { ...conditionalDivergence, dimensions: { ...conditionalDivergence.dimensions, C: one } },
    asks: [conditionalDivergence, jensenShannon],
    values: 'reals',
    title: 'with one class both are the divergence of its samples',
    kills: [divergenceInBits, addsBoth],
    share: 0.2,
    async holds({ inputs, measure }) {
      const { joint, marginal } = await measure(conditionalDivergence, inputs, {})
      const [data, generated] = [inputs.data, inputs.generated].map((w) => memberOf(plain(w), 0))
      const pair = { data: data!, generated: generated! }
      const { divergence } = await measure(jensenShannon, pair, {})
      return [
        { label: 'joint', expected: divergence, actual: joint },
        { label: 'marginal', expected: divergence, actual: marginal },
      ]
    },
  }),
  worked('by-hand', {
    of: conditionalDivergence,
    title:
      'two classes of one point each, generated the other way round: ln 2 with the class, 0 without',
    kills: [jointForgetsClass, marginalKnowsClass, divergenceInBits, exchangesDivergences],
    inputs: {
      classes: tensor([2], [1, 1]),
      data: tensor([2, 2], [1, 0, 0, 1]),
      generated: tensor([2, 2], [0, 1, 1, 0]),
    },
    gives: { joint: [Math.LN2], marginal: [0] },
  }),
)
