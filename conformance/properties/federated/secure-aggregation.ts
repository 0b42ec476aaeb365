import { build } from '../../../reference/arithmetic/array.ts'
import { secureAggregation, secureSum } from '../../../spec/federated/secure-aggregation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  countsDropouts,
  everybodyAdds,
  forgetsDropouts,
  masksItself,
  negativeRemainders,
  sendsPlainly,
  sumsBeyond,
  takesOwnOrder,
} from './secure-aggregation-faults.ts'

export const secureAggregationProperties = properties(
  secureAggregation,
  agreementTwice(secureSum, {
    kills: [
      everybodyAdds,
      takesOwnOrder,
      masksItself,
      forgetsDropouts,
      countsDropouts,
      sendsPlainly,
      negativeRemainders,
      sumsBeyond,
    ],
  }),
  law('cancels', {
    of: secureSum,
    title: 'with everybody there, what is sent adds up to what there is, and so is the sum',
    kills: [everybodyAdds, masksItself, sumsBeyond],
    share: 0.5,
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { modulus: R } = parameters
      const present = filled(inputs.present.shape, 1)
      const { uploads, sum } = await answer(secureSum, { ...inputs, present }, parameters)
      const residues = (numbers: { readonly shape: readonly number[] }, each: number[]) => {
        const [K, P] = numbers.shape as [number, number]
        return build([P], (i) => {
          let total = 0
          for (let k = 0; k < K; k++) total += each[k * P + i]!
          return total % R
        })
      }
      const whole = exact(residues(inputs.values, Array.from(inputs.values.data)))
      const sent = uploads.data.map(arithmetic.toNumber)
      return [
        { label: 'sum', expected: whole, actual: sum },
        { label: 'uploads, added up', expected: whole, actual: exact(residues(uploads, sent)) },
      ]
    },
  }),
  equivariance('hides', {
    of: secureSum,
    title:
      'another value with another mask sends the same: who sees an upload learns nothing of it',
    kills: [sendsPlainly],
    share: 0.5,
    inputs: ({ values, masks }, { parameters: { modulus: R }, sizes: { K } }) => {
      // One number more for the first client, and one less in its mask with the last one.
      const more = K === 1 ? 0 : 1
      const P = values.shape[1]!
      return {
        values: changed(values, (v, at) => (at < P ? (v + more) % R : v)),
        masks: build(masks.shape, (k, l, i) =>
          k === 0 && l === K! - 1 ? (masks.at(k, l, i) + R - more) % R : masks.at(k, l, i),
        ),
      }
    },
    compared: ({ uploads }, { sizes: { P } }) => ({
      uploads: build([1, P!], (k, i) => uploads.at(k, i)),
    }),
    toTheBit: true,
  }),
  equivariance('without-those-gone', {
    of: secureSum,
    title: 'what clients have that dropped out, and their masks, leave the sum as it is',
    kills: [forgetsDropouts, countsDropouts],
    share: 0.5,
    inputs: ({ values, masks, present }, { parameters: { modulus: R } }) => {
      const gone = (k: number) => present.at(k) === 0
      const other = (x: number) => R - 1 - x
      return {
        values: build(values.shape, (k, i) => (gone(k) ? other(values.at(k, i)) : values.at(k, i))),
        masks: build(masks.shape, (k, l, i) =>
          gone(k) || gone(l) ? other(masks.at(k, l, i)) : masks.at(k, l, i),
        ),
      }
    },
    compared: ({ sum }) => ({ sum }),
    toTheBit: true,
  }),
  worked('two', {
    of: secureSum,
    title: 'modulo 10, two clients send 3 + 9 and 4 − 9; alone, the first one still adds up to 3',
    kills: [negativeRemainders, everybodyAdds, forgetsDropouts],
    cases: [[1, 1] as const, [1, 0] as const].map((present) => ({
      inputs: {
        values: tensor([2, 1], [3, 4]),
        masks: tensor([2, 2, 1], [5, 9, 6, 7]),
        present: tensor([2], present),
      },
      parameters: { modulus: 10 },
      gives: { uploads: [2, 5], sum: [present[1] === 1 ? 7 : 3] },
    })),
  }),
)
