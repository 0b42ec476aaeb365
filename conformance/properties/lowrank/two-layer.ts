import { build, sum } from '../../../reference/arithmetic/array.ts'
import { dense } from '../../../reference/layers/dense.ts'
import { twoLayer, twoLayers, twoLayersCost } from '../../../spec/lowrank/two-layer.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { zeros } from '../../kit/arrays.ts'
import { truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import {
  absorbsIntoBoth,
  acceptsMore,
  breaksEven,
  costsStorage,
  dropsLastValue,
  forgetsBias,
  forgetsValues,
  keepsBias,
  makesMatrix,
  multipliesSquare,
  rectifies,
  scalesForFree,
} from './two-layer-faults.ts'

export const twoLayerProperties = properties(
  twoLayer,
  agreementTwice(twoLayers, {
    kills: [forgetsValues, absorbsIntoBoth, rectifies, forgetsBias, keepsBias, dropsLastValue],
  }),
  agreement(twoLayersCost, 'integers', {
    name: 'cost',
    kills: [multipliesSquare, scalesForFree, costsStorage, makesMatrix, breaksEven],
  }),
  law('one-layer', {
    of: twoLayers,
    title: 'the layers are one with the product of all factors for its matrix',
    kills: [forgetsValues, absorbsIntoBoth, rectifies, dropsLastValue],
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { H, W, R } }) {
      const { multiply } = arithmetic
      const [U, S, V] = [array('U'), array('S'), array('V')]
      const matrix = build([H!, W!], (i, j) =>
        sum(arithmetic, [R!], (l) => multiply(U.at(i, l), multiply(S.at(l), V.at(j, l)))),
      )
      const { y } = await measure(twoLayers, { ...inputs, bias: zeros([W!]) }, parameters)
      return [{ label: 'y', expected: dense(arithmetic, array('x'), matrix, null), actual: y }]
    },
  }),
  law('wherever-absorbed', {
    of: twoLayers,
    title: 'it does not matter which layer takes the diagonal in, or whether one does',
    kills: [absorbsIntoBoth],
    share: 0.5,
    async holds({ inputs, measure }) {
      const { y: expected } = await measure(twoLayers, inputs, { absorbed: 'neither' })
      const comparisons = []
      for (const absorbed of ['left', 'right'] as const) {
        const { y: actual } = await measure(twoLayers, inputs, { absorbed })
        comparisons.push({ label: `absorbed in the ${absorbed} factor`, expected, actual })
      }
      return comparisons
    },
  }),
  law('break-even', {
    of: twoLayersCost,
    title: 'with as many values two layers cost less than one, with one more they do not',
    kills: [costsStorage, makesMatrix, breaksEven],
    async holds({ answer, arithmetic, parameters }) {
      const { rows, columns } = parameters
      const { most } = await answer(twoLayersCost, {}, parameters)
      const kept = arithmetic.toNumber(most.at())
      const largest = Math.min(rows, columns)
      const cheaper = async (kept: number) => {
        const cost = await answer(twoLayersCost, {}, { ...parameters, kept })
        return arithmetic.toNumber(cost.absorbed.at()) < arithmetic.toNumber(cost.whole.at())
      }
      const possible = Number.isInteger(kept) && kept >= 0 && kept <= largest
      return [
        truths(
          arithmetic,
          'no other number of values is the most',
          possible,
          possible && (kept === 0 || (await cheaper(kept))),
          possible && (kept === largest || !(await cheaper(kept + 1))),
        ),
      ]
    },
  }),
  worked('by-hand', {
    of: twoLayersCost,
    title: 'two samples through a layer of 4 × 5 with one value, by hand',
    kills: [makesMatrix, costsStorage, scalesForFree],
    parameters: { samples: 2, rows: 4, columns: 5, kept: 1 },
    gives: { whole: [40], factors: [2 * (4 + 1 + 5)], absorbed: [18], most: [2] },
  }),
  rejection('rejected', twoLayersCost, invalidities(twoLayersCost), {
    title: 'more kept values than there are is rejected',
    kills: [acceptsMore],
    share: 0.3,
  }),
)
