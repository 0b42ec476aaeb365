import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { aggregate, weightedMean } from '../../../spec/federated/aggregate.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Argument, ArgumentsOf } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, joined, part, permuted, plain, row } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNobody,
  biasesAlike,
  countsBatches,
  countsNobody,
  dividesWhole,
  halvesModel,
  leavesOutLast,
  squaresCounts,
  sums,
  weighsAlike,
  wraps,
} from './aggregate-faults.ts'

type Models = ArgumentsOf<typeof aggregate>

/** The same participants and one more. */
function withOneMore({ w, b, counts }: Models, more: Models): Models {
  const both = (some: Argument, others: Argument) => joined(0, plain(some), plain(others))
  return { w: both(w, more.w), b: both(b, more.b), counts: both(counts, more.counts) }
}

/** The first participant alone. */
function firstOf({ w, b, counts }: Models): Models {
  const first = (some: Argument) => part(plain(some), some.shape.with(0, 1))
  return { w: first(w), b: first(b), counts: first(counts) }
}

export const aggregateProperties = properties(
  weightedMean,
  ...agreementTwice(aggregate, {
    kills: [
      weighsAlike,
      countsBatches,
      halvesModel,
      dividesWhole,
      wraps,
      squaresCounts,
      countsNobody,
      leavesOutLast,
      biasesAlike,
      sums,
    ],
  }),
  law('idempotent', {
    of: aggregate,
    title: 'models that are equal stay as they are, whoever takes part',
    kills: [halvesModel, dividesWhole, wraps, sums],
    async holds({ exact, inputs, measure, parameters, sizes: { M } }) {
      const one = firstOf(inputs)
      const alike = (some: Argument) => joined(0, ...Array.from({ length: M! }, () => plain(some)))
      const same = { w: alike(one.w), b: alike(one.b), counts: inputs.counts }
      const { w, b } = await measure(aggregate, same, parameters)
      const bare = (some: Argument) => exact(fromData(some.shape.slice(1), [...some.data]))
      return [
        { label: 'w', expected: bare(one.w), actual: w },
        { label: 'b', expected: bare(one.b), actual: b },
      ]
    },
  }),
  law('between', {
    of: aggregate,
    values: 'reals',
    title: 'every parameter lies between the least and the largest that came in',
    kills: [halvesModel, wraps, sums],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { M } }) {
      const { maximum, negate } = arithmetic
      const { b } = await measure(aggregate, inputs, parameters)
      const all = array('b')
      return b.data.map((mean, o) => {
        const came = Array.from({ length: M! }, (_, k) => all.at(k, o))
        const least = negate(maximum(came.map(negate)))
        return atMost(arithmetic, `b[${o}]`, least, mean, maximum(came))
      })
    },
  }),
  equivariance('order', {
    of: aggregate,
    title: 'the order in which participants finish does not matter',
    kills: [leavesOutLast],
    inputs: ({ w, b, counts }) => {
      const last = counts.data.length - 1
      return {
        w: permuted(w, (k, i, o) => [last - k, i, o]),
        b: permuted(b, (k, o) => [last - k, o]),
        counts: permuted(counts, (k) => [last - k]),
      }
    },
  }),
  equivariance('affine', {
    of: aggregate,
    title: 'a factor and a shift of all models are those of the mean',
    kills: [halvesModel, dividesWhole, sums],
    share: 0.5,
    inputs: ({ w, b }) => ({ w: changed(w, (v) => 2 * v), b: changed(b, (v) => v + 4) }),
    outputs: ({ w, b }, { arithmetic: { add, exact, multiply } }) => ({
      w: build(w.shape, (i, o) => multiply(exact(2), w.at(i, o))),
      b: build(b.shape, (o) => add(exact(4), b.at(o))),
    }),
  }),
  law('merge', {
    of: aggregate,
    title: 'two participants with the same model count as one with the points of both',
    kills: [weighsAlike, squaresCounts],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const counts = changed(inputs.counts, (n) => n % 17)
      const given = { ...inputs, counts: changed(counts, (n, k) => (k === 0 ? n + 2 : n)) }
      const one = firstOf(inputs)
      const split = withOneMore(
        { ...inputs, counts: changed(counts, (n, k) => (k === 0 ? n + 1 : n)) },
        { ...one, counts: row(1) },
      )
      const apart = await measure(aggregate, split, parameters)
      const together = await measure(aggregate, given, parameters)
      return [
        { label: 'w', expected: together.w, actual: apart.w },
        { label: 'b', expected: together.b, actual: apart.b },
      ]
    },
  }),
  law('without-points', {
    of: aggregate,
    title: 'one more participant, who has no points, changes nothing',
    kills: [countsNobody, weighsAlike, biasesAlike],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const nobody = { ...firstOf(inputs), counts: row(0) }
      const far = { ...nobody, b: changed(nobody.b, (v) => v + 100) }
      const more = await measure(aggregate, withOneMore(inputs, far), parameters)
      const before = await measure(aggregate, inputs, parameters)
      return [
        { label: 'w', expected: before.w, actual: more.w },
        { label: 'b', expected: before.b, actual: more.b },
      ]
    },
  }),
  rejection('rejected', aggregate, invalidities(aggregate), {
    title: 'participants of whom none has a point, and points that are no counts, are rejected',
    kills: [acceptsNobody],
  }),
  worked('by-hand', {
    of: aggregate,
    title: 'models 1 and 4 of 2 points and 1 have the mean 2',
    kills: [weighsAlike, countsBatches, halvesModel, squaresCounts, biasesAlike],
    inputs: {
      w: tensor([2, 1, 1], [1, 4]),
      b: tensor([2, 1], [10, 40]),
      counts: tensor([2], [2, 1]),
    },
    gives: { w: [2], b: [20] },
  }),
  worked('many-points', {
    of: aggregate,
    title: 'five participants with 10^9 points each have the mean of their models',
    kills: [wraps],
    inputs: {
      w: tensor([5, 1, 1], [1, 2, 3, 4, 5]),
      b: tensor([5, 1], [0, 0, 0, 0, 5]),
      counts: tensor([5], [1e9, 1e9, 1e9, 1e9, 1e9]),
    },
    gives: { w: [3], b: [1] },
  }),
  worked('E-48', {
    of: aggregate,
    title: 'two of four equal clients who give back the model 1 leave it at 1',
    kills: [halvesModel],
    inputs: {
      w: tensor([2, 1, 1], [1, 1]),
      b: tensor([2, 1], [1, 1]),
      counts: tensor([2], [8, 8]),
    },
    notes: { w: [0.5], b: [0.5] },
    gives: { w: [1], b: [1] },
  }),
)
