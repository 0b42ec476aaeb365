import { build } from '../../../reference/arithmetic/array.ts'
import { dirichletPartition, noniid } from '../../../spec/federated/noniid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  countsClients,
  firstOfNothing,
  ignoresDraws,
  lastFirst,
  ofEachClient,
  oneForAll,
  raisesCuts,
  roundsCuts,
} from './noniid-faults.ts'

export const noniidProperties = properties(
  noniid,
  agreementTwice(dirichletPartition, {
    kills: [
      ignoresDraws,
      oneForAll,
      ofEachClient,
      firstOfNothing,
      lastFirst,
      roundsCuts,
      raisesCuts,
      countsClients,
    ],
  }),
  law('covers', {
    of: dirichletPartition,
    title: 'every point has a client, and counts are those of the owners',
    kills: [countsClients],
    share: 0.5,
    async holds({ arithmetic, exact, inputs, measure, parameters }) {
      const { owners, counts } = await measure(dirichletPartition, inputs, parameters)
      const held = owners.data.map(arithmetic.toNumber)
      const found = build(
        counts.shape,
        (c, k) => held.filter((owner, n) => owner === k && inputs.labels.data[n] === c).length,
      )
      return [{ label: 'counts', expected: exact(found), actual: counts }]
    },
  }),
  equivariance('proportions', {
    of: dirichletPartition,
    title: 'four times the draws of every class give the same parts',
    kills: [ofEachClient],
    share: 0.5,
    inputs: ({ gammas }) => {
      const K = gammas.shape[1]!
      // Another factor for each class, so that nothing can be shared between them.
      return { gammas: changed(gammas, (g, at) => g * 4 ** (1 + (Math.floor(at / K) % 3))) }
    },
  }),
  law('alone', {
    of: dirichletPartition,
    title: 'where one client outweighs all others it has the class alone',
    kills: [ignoresDraws, oneForAll],
    share: 0.5,
    async holds({ exact, inputs, measure, parameters }) {
      const { classes: C, clients: K } = parameters
      const gammas = build([C, K], (c, k) => (k === c % K ? 1 : 0))
      const { owners } = await measure(dirichletPartition, { ...inputs, gammas }, parameters)
      return [
        { label: 'owners', expected: exact(changed(inputs.labels, (c) => c % K)), actual: owners },
      ]
    },
  }),
  law('alike', {
    of: dirichletPartition,
    title: 'where draws are alike clients have as many points of a class, give or take one',
    kills: [roundsCuts, lastFirst],
    share: 0.5,
    async holds({ exact, inputs, measure, parameters }) {
      const { classes: C, clients: K } = parameters
      const gammas = filled([C, K], 3)
      const { owners } = await measure(dirichletPartition, { ...inputs, gammas }, parameters)
      const labels = Array.from(inputs.labels.data)
      const expected = changed(inputs.labels, (c, n) => {
        const ofClass = labels.filter((label) => label === c).length
        const r = labels.slice(0, n).filter((label) => label === c).length
        return Array.from({ length: K }, (_, k) => k).find(
          (k) => r < Math.floor((ofClass * (k + 1)) / K),
        )!
      })
      return [{ label: 'owners', expected: exact(expected), actual: owners }]
    },
  }),
  worked('four-points', {
    of: dirichletPartition,
    title:
      'three points with the shares 1/3 and 2/3, and one of another class for the first client',
    kills: [ignoresDraws, lastFirst, oneForAll],
    inputs: { labels: tensor([4], [0, 0, 0, 1]), gammas: tensor([2, 2], [1, 2, 4, 0]) },
    parameters: { classes: 2, clients: 2 },
    gives: { owners: [0, 1, 1, 0], counts: [1, 2, 1, 0] },
  }),
)
