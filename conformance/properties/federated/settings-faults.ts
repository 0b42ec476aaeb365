import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  iidPartition as partitionReference,
  setting as reference,
} from '../../../reference/federated/settings.ts'
import { iidPartition, setting } from '../../../spec/federated/settings.ts'
import { changed, permuted, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(setting, reference)
const wrongPartition = faultsOf(iidPartition, partitionReference)

export const stopsBefore = wrong.outputs(
  'takes a hundred clients for devices',
  ({ crossSilo }, { parameters: { clients } }) => ({
    crossSilo: changed(crossSilo, (bit) => (clients === 100 ? 0 : bit)),
  }),
)

export const oneMore = wrong.outputs(
  'takes a hundred and one clients for silos',
  (_, { parameters: { clients, reliable, available } }) => ({
    crossSilo: scalar(clients <= 101 && reliable && available ? 1 : 0),
  }),
)

export const countsAlone = wrong.parameters('looks at the number of clients alone', () => ({
  reliable: true,
  available: true,
}))

export const anyIsEnough = wrong.parameters(
  'asks that clients are reliable or available',
  ({ reliable, available }) => ({
    reliable: reliable || available,
    available: reliable || available,
  }),
)

export const upsideDown = wrong.outputs('exchanges both', ({ crossSilo }) => ({
  crossSilo: changed(crossSilo, (bit) => 1 - bit),
}))

export const doesNotShuffle = wrongPartition.inputs(
  'cuts points in the order in which they are stored',
  ({ draws }) => ({ draws: changed(draws, (_, n) => n) }),
)

export const descends = wrongPartition.inputs('takes the largest draw first', ({ draws }) => ({
  draws: changed(draws, (u) => -u),
}))

export const lastOfEqual = wrongPartition.answer(
  'of equal draws takes the higher index first',
  ({ inputs: { draws }, parameters, right }) => {
    const turned = (array: NumberArray<number>) =>
      permuted(array, (n) => [array.shape[0]! - 1 - n!])
    const { owners, counts } = right({ draws: turned(draws) }, parameters)
    return { owners: turned(owners), counts }
  },
)

/** The parts that numbers of points make, in the order of the draws. */
const cutBy = (name: string, sizes: (N: number, speeds: readonly number[]) => readonly number[]) =>
  wrongPartition.outputs(name, (_, { inputs: { draws }, parameters: { speeds } }) => {
    const N = draws.shape[0]!
    const counts = sizes(N, speeds)
    const order = [...draws.data.keys()].sort((n, m) => draws.at(n) - draws.at(m) || n - m)
    const places = counts.flatMap((count, k) => new Array<number>(count).fill(k))
    return {
      owners: build([N], (n) => places[order.indexOf(n)]!),
      counts: build([counts.length], (k) => counts[k]!),
    }
  })

const whole = (speeds: readonly number[]) => speeds.reduce((sum, c) => sum + c, 0)

export const restToLast = cutBy(
  'gives all that is left by rounding to the last worker',
  (N, speeds) => {
    const counts = speeds.map((c) => Math.floor((N * c) / whole(speeds)))
    const left = N - whole(counts)
    return counts.map((count, k) => (k === counts.length - 1 ? count + left : count))
  },
)

export const ignoresSpeeds = cutBy('gives every worker as much', (N, { length: K }) =>
  Array.from({ length: K }, (_, k) => Math.floor((N * (k + 1)) / K) - Math.floor((N * k) / K)),
)

export const largestFirst = cutBy('gives what is left to the first workers', (N, speeds) => {
  const counts = speeds.map((c) => Math.floor((N * c) / whole(speeds)))
  const left = N - whole(counts)
  return counts.map((count, k) => (k < left ? count + 1 : count))
})

export const dealsInTurn = wrongPartition.outputs(
  'deals points in turn',
  ({ owners }, { inputs: { draws }, parameters: { speeds } }) => {
    const order = [...draws.data.keys()].sort((n, m) => draws.at(n) - draws.at(m) || n - m)
    const dealt = changed(owners, (_, n) => order.indexOf(n) % speeds.length)
    return {
      owners: dealt,
      counts: build([speeds.length], (k) => dealt.data.filter((owner) => owner === k).length),
    }
  },
)

export const throwsEach = wrongPartition.outputs(
  'throws each point to a worker by itself, so that sizes are random',
  ({ owners }, { inputs: { draws }, parameters: { speeds } }) => {
    const shares = speeds.map((_, k) => whole(speeds.slice(0, k + 1)) / whole(speeds))
    const thrown = changed(owners, (_, n) => {
      const u = 1 / (1 + Math.exp(-draws.at(n)))
      return Math.min(speeds.length - 1, shares.filter((share) => share <= u).length)
    })
    return {
      owners: thrown,
      counts: build([speeds.length], (k) => thrown.data.filter((owner) => owner === k).length),
    }
  },
)
