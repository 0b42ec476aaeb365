import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { aggregate } from '../../../spec/federated/aggregate.ts'
import { meanBreakdown, trimmedMean } from '../../../spec/federated/robustness.ts'
import type { Argument } from '../../engine/property.ts'
import { filled, joined, plain } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { leavesOutLast, sums, weighsAlike } from './aggregate-faults.ts'
import { honestSpace, places } from './robustness-attacked.ts'
import { trimsOneMore } from './robustness-faults.ts'

/** What the attacker wants every number of the common model to be. */
const aim = 1024

/** Models of honest clients, of a weight each, and the one that moves their mean to the aim, of the weight 1. */
function steered(honest: Argument, weight: number) {
  const [K, ...shape] = honest.shape as [number, ...number[]]
  const all = weight * K + 1
  const sent = places(honest).map(
    (numbers) => all * aim - weight * numbers.reduce((sum, x) => sum + x, 0),
  )
  return joined(0, plain(honest), fromData([1, ...shape], sent))
}

export const meanBreakdownProperties = properties(
  meanBreakdown,
  law('by-points', {
    of: honestSpace(1),
    asks: [aggregate],
    title: 'a client with a single point, beside others with three, moves the mean where it wants',
    kills: [weighsAlike, leavesOutLast, sums],
    share: 0.5,
    async holds({ exact, inputs: { w, b }, measure }) {
      const K = w.shape[0]!
      const counts = build([K + 1], (k) => (k === K ? 1 : 3))
      const mean = await measure(aggregate, { w: steered(w, 3), b: steered(b, 3), counts }, {})
      return [
        { label: 'w', expected: exact(filled(mean.w.shape, aim)), actual: mean.w },
        { label: 'b', expected: exact(filled(mean.b.shape, aim)), actual: mean.b },
      ]
    },
  }),
  law('alike', {
    of: honestSpace(1),
    asks: [trimmedMean],
    title: 'of clients that weigh alike, where none is left out, any one does',
    kills: [trimsOneMore],
    share: 0.5,
    async holds({ exact, inputs: { w, b }, measure }) {
      const mean = await measure(trimmedMean, { w: steered(w, 1), b: steered(b, 1) }, { trim: 0 })
      return [
        { label: 'w', expected: exact(filled(mean.w.shape, aim)), actual: mean.w },
        { label: 'b', expected: exact(filled(mean.b.shape, aim)), actual: mean.b },
      ]
    },
  }),
)
