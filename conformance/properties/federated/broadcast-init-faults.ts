import { build, memberOf, type NumberArray, stacked } from '../../../reference/arithmetic/array.ts'
import { averagedNetwork as reference } from '../../../reference/federated/broadcast-init.ts'
import { averagedNetwork } from '../../../spec/federated/broadcast-init.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(averagedNetwork, reference)

const total = ({ data }: Numbers) => data.reduce((sum, n) => sum + n, 0)
/** The first of several arrays for each of them. */
const firstOfAll = (theta: Numbers) =>
  stacked(Array.from({ length: theta.shape[0]! }, () => memberOf(theta, 0)))

export const averagesAnswers = wrong.outputs(
  'averages what networks answer instead of their parameters',
  ({ each, averaged }, { inputs: { counts } }) => ({
    averaged: build(
      averaged.shape,
      (n, o) =>
        counts.data.reduce((sum, count, m) => sum + count * each.at(m, n, o), 0) / total(counts),
    ),
  }),
)

export const hiddenOfFirst = wrong.answer(
  'averages the last layer alone',
  ({ inputs, parameters, right }) => {
    const { hidden, hiddenBias } = inputs
    const kept = { hidden: firstOfAll(hidden), hiddenBias: firstOfAll(hiddenBias) }
    const { averaged } = right({ ...inputs, ...kept }, parameters)
    return { ...right(inputs, parameters), averaged }
  },
)

export const networksAlike = wrong.inputs('gives every network the same weight', ({ counts }) => ({
  counts: filled(counts.shape, 1),
}))

export const linear = wrong.answer('forgets the rectifier', ({ inputs }) => {
  const { x, hidden, hiddenBias, output, outputBias, counts } = inputs
  const [M, I, H] = hidden.shape as [number, number, number]
  const range = (length: number) => Array.from({ length }, (_, i) => i)
  const sum = (length: number, of: (i: number) => number) =>
    range(length).reduce((all, i) => all + of(i), 0)
  const answer = (theta: (of: Numbers, ...at: number[]) => number, n: number, o: number) =>
    theta(outputBias, o) +
    sum(
      H,
      (h) =>
        theta(output, h, o) *
        (theta(hiddenBias, h) + sum(I, (i) => x.at(n, i) * theta(hidden, i, h))),
    )
  const [N, O] = [x.shape[0]!, outputBias.shape[1]!]
  const mean = (of: Numbers, ...at: number[]) =>
    sum(M, (m) => counts.at(m) * of.at(m, ...at)) / total(counts)
  return {
    each: build([M, N, O], (m, n, o) => answer((of, ...at) => of.at(m, ...at), n, o)),
    averaged: build([N, O], (n, o) => answer(mean, n, o)),
  }
})

export const adds = wrong.answer(
  'adds parameters up and does not divide',
  ({ inputs, parameters, right }) => {
    const counts = total(inputs.counts)
    const whole = (theta: Numbers) => changed(theta, (v) => v * counts)
    const { hidden, hiddenBias, output, outputBias } = inputs
    const { averaged } = right(
      {
        ...inputs,
        hidden: whole(hidden),
        hiddenBias: whole(hiddenBias),
        output: whole(output),
        outputBias: whole(outputBias),
      },
      parameters,
    )
    return { ...right(inputs, parameters), averaged }
  },
)

export const givesMean = wrong.outputs(
  'answers with the mean for every network',
  ({ each, averaged }) => ({ each: build(each.shape, (_, n, o) => averaged.at(n, o)) }),
)

export const forgetsHiddenBias = wrong.inputs(
  'leaves the biases of hidden units out',
  ({ hiddenBias }) => ({ hiddenBias: filled(hiddenBias.shape, 0) }),
)

export const oneBias = wrong.inputs(
  'gives all hidden units the bias of the first one',
  ({ hiddenBias }) => ({ hiddenBias: build(hiddenBias.shape, (m) => hiddenBias.at(m, 0)) }),
)
