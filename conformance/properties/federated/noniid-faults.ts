import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { dirichletPartition as reference } from '../../../reference/federated/noniid.ts'
import { dirichletPartition } from '../../../spec/federated/noniid.ts'
import { changed, filled, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(dirichletPartition, reference)

export const ignoresDraws = wrong.inputs('shares every class out alike', ({ gammas }) => ({
  gammas: filled(gammas.shape, 1),
}))

export const oneForAll = wrong.inputs('shares every class out as the first', ({ gammas }) => ({
  gammas: build(gammas.shape, (_, k) => gammas.at(0, k)),
}))

export const ofEachClient = wrong.inputs(
  'divides by what was drawn for a client instead of a class',
  ({ gammas }) => {
    const [C] = gammas.shape as [number]
    const whole = (k: number) => {
      let sum = 0
      for (let c = 0; c < C; c++) sum += gammas.at(c, k)
      return sum
    }
    return {
      gammas: build(gammas.shape, (c, k) => (whole(k) === 0 ? 0 : gammas.at(c, k) / whole(k))),
    }
  },
)

export const firstOfNothing = wrong.inputs(
  'gives a class of which nothing was drawn to the first client',
  ({ gammas }) => {
    const [, K] = gammas.shape as [number, number]
    const nothing = (c: number) => gammas.data.slice(c * K, (c + 1) * K).every((g) => g === 0)
    return {
      gammas: build(gammas.shape, (c, k) => (nothing(c) && k === 0 ? 1 : gammas.at(c, k))),
    }
  },
)

export const lastFirst = wrong.answer(
  'cuts from the last point on',
  ({ inputs: { labels, gammas }, parameters, right }) => {
    const turned = (array: Numbers) => permuted(array, (n) => [array.shape[0]! - 1 - n!])
    const { owners, counts } = right({ labels: turned(labels), gammas }, parameters)
    return { owners: turned(owners), counts }
  },
)

/** The cuts of each class in another place. */
const cutBy = (name: string, cut: (exact: number) => number) =>
  wrong.outputs(
    name,
    ({ counts }, { inputs: { labels, gammas }, parameters: { classes, clients } }) => {
      const owners = zeros(labels.shape).data.slice()
      for (let c = 0; c < classes; c++) {
        const row = gammas.data.slice(c * clients, (c + 1) * clients)
        const G = row.some((g) => g > 0) ? row : row.map(() => 1)
        const own = [...labels.data.keys()].filter((n) => labels.at(n) === c)
        const sum = (k: number) => G.slice(0, k + 1).reduce((s, g) => s + g, 0)
        const ends = G.map((_, k) => cut((own.length * sum(k)) / sum(clients - 1)))
        for (const [r, n] of own.entries()) {
          const owner = ends.findIndex((end) => r < end)
          owners[n] = owner < 0 ? clients - 1 : owner
        }
      }
      return {
        owners: build(labels.shape, (n) => owners[n]!),
        counts: build(
          counts.shape,
          (c, k) => owners.filter((owner, n) => owner === k && labels.at(n) === c).length,
        ),
      }
    },
  )

export const roundsCuts = cutBy('rounds cuts to the nearest point', Math.round)
export const raisesCuts = cutBy('rounds cuts up', Math.ceil)

export const countsClients = wrong.outputs(
  'counts the points of a client in every class',
  ({ counts }) => {
    const [C] = counts.shape as [number]
    return {
      counts: changed(counts, (_, at) => {
        let all = 0
        for (let c = 0; c < C; c++) all += counts.at(c, at % counts.shape[1]!)
        return all
      }),
    }
  },
)
