import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { averagedNetwork, sameStart } from '../../../spec/federated/broadcast-init.ts'
import { fedAvg } from '../../../spec/federated/fedavg.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { memberAt } from '../../kit/along.ts'
import { permuted, plain } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  adds,
  averagesAnswers,
  forgetsHiddenBias,
  givesMean,
  hiddenOfFirst,
  linear,
  networksAlike,
  oneBias,
} from './broadcast-init-faults.ts'
import { passesOn, startsLate } from './fedavg-faults.ts'

/** An array of every network as that of the first one. */
const copied = (theta: NumberArray<number>) => build(theta.shape, (_, ...at) => theta.at(0, ...at))

export const broadcastProperties = properties(
  sameStart,
  ...agreementTwice(averagedNetwork, {
    kills: [
      averagesAnswers,
      hiddenOfFirst,
      networksAlike,
      linear,
      adds,
      givesMean,
      forgetsHiddenBias,
      oneBias,
    ],
    share: 0.5,
  }),
  law('same-start', {
    of: fedAvg,
    title: 'whoever trains on the same points and batches in a round sends the same model back',
    kills: [startsLate, passesOn],
    share: 0.15,
    async holds({ inputs, measure, parameters }) {
      const [participants, batches] = [plain(inputs.participants), plain(inputs.batches)]
      const { clientW, clientB } = await measure(
        fedAvg,
        {
          ...inputs,
          participants: build(participants.shape, (t) => participants.at(t, 0)),
          batches: build(batches.shape, (t, _, l, n) => batches.at(t, 0, l, n)),
        },
        parameters,
      )
      return [
        {
          label: 'weights that are sent',
          expected: build(clientW.shape, (t, _, i, o) => clientW.at(t, 0, i, o)),
          actual: clientW,
        },
        {
          label: 'biases that are sent',
          expected: build(clientB.shape, (t, _, o) => clientB.at(t, 0, o)),
          actual: clientB,
        },
      ]
    },
  }),
  law('copies', {
    of: averagedNetwork,
    title: 'networks that are the same average to themselves',
    kills: [adds],
    share: 0.3,
    async holds({ inputs, measure }) {
      const { hidden, hiddenBias, output, outputBias } = inputs
      const { each, averaged } = await measure(
        averagedNetwork,
        {
          ...inputs,
          hidden: copied(plain(hidden)),
          hiddenBias: copied(plain(hiddenBias)),
          output: copied(plain(output)),
          outputBias: copied(plain(outputBias)),
        },
        {},
      )
      return [{ label: 'answers', expected: memberAt(each, 0, 0), actual: averaged }]
    },
  }),
  equivariance('units-of-all', {
    of: averagedNetwork,
    title: 'the same order of hidden units in all networks changes nothing',
    kills: [oneBias],
    share: 0.3,
    inputs: ({ hidden, hiddenBias, output }) => {
      const last = hiddenBias.shape[1]! - 1
      return {
        hidden: permuted(hidden, (m, i, h) => [m, i, last - h]),
        hiddenBias: permuted(hiddenBias, (m, h) => [m, last - h]),
        output: permuted(output, (m, h, o) => [m, last - h, o]),
      }
    },
  }),
  equivariance('units-of-one', {
    of: averagedNetwork,
    title: 'another order of hidden units in the first network changes nothing in what it answers',
    kills: [givesMean],
    share: 0.3,
    inputs: ({ hidden, hiddenBias, output }) => {
      const last = hiddenBias.shape[1]! - 1
      const from = (m: number, h: number) => (m === 0 ? last - h : h)
      return {
        hidden: permuted(hidden, (m, i, h) => [m, i, from(m, h)]),
        hiddenBias: permuted(hiddenBias, (m, h) => [m, from(m, h)]),
        output: permuted(output, (m, h, o) => [m, from(m, h), o]),
      }
    },
    compared: ({ each }) => ({ each }),
  }),
  law('same-units', {
    of: averagedNetwork,
    title: 'of networks with the same hidden units the mean answers the mean of their answers',
    kills: [networksAlike, adds],
    share: 0.3,
    async holds({ arithmetic, inputs, measure }) {
      const { divide, exact, multiply, total } = arithmetic
      const units = {
        hidden: copied(plain(inputs.hidden)),
        hiddenBias: copied(plain(inputs.hiddenBias)),
      }
      const { each, averaged } = await measure(averagedNetwork, { ...inputs, ...units }, {})
      const counts = Array.from(inputs.counts.data, (n) => exact(n))
      const all = total(counts)
      return [
        {
          label: 'answers',
          expected: build(averaged.shape, (n, o) =>
            divide(total(counts.map((count, m) => multiply(count, each.at(m, n, o)))), all),
          ),
          actual: averaged,
        },
      ]
    },
  }),
  worked('exchanged-units', {
    of: averagedNetwork,
    title: '|x| as a sum of two units and of the same in the other order average to 0',
    kills: [averagesAnswers, linear],
    inputs: {
      x: tensor([1, 1], [3]),
      hidden: tensor([2, 1, 2], [1, -1, -1, 1]),
      hiddenBias: tensor([2, 2], [0, 0, 0, 0]),
      output: tensor([2, 2, 1], [1, 1, 1, 1]),
      outputBias: tensor([2, 1], [0, 0]),
      counts: tensor([2], [1, 1]),
    },
    gives: { each: [3, 3], averaged: [0] },
  }),
)
