import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  metropolisWeights as metropolisReference,
  gossip as reference,
} from '../../../reference/federated/gossip.ts'
import { gossip, metropolisWeights } from '../../../spec/federated/gossip.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(gossip, reference)
const wrongWeights = faultsOf(metropolisWeights, metropolisReference)

const areNeighbours = (graph: Numbers, k: number, l: number) =>
  k !== l && (graph.at(k, l) === 1 || graph.at(l, k) === 1)

/** Weights of neighbours by their numbers of neighbours; the rest of 1 is kept. */
const weighedBy = (name: string, weight: (dk: number, dl: number, K: number) => number) =>
  wrongWeights.outputs(name, (_, { inputs: { graph } }) => {
    const K = graph.shape[0]!
    const clients = Array.from({ length: K }, (_, k) => k)
    const d = clients.map((k) => clients.filter((l) => areNeighbours(graph, k, l)).length)
    const between = (k: number, l: number) =>
      areNeighbours(graph, k, l) ? weight(d[k]!, d[l]!, K) : 0
    const kept = (k: number) => 1 - clients.reduce((sum, l) => sum + between(k, l), 0)
    return { weights: build([K, K], (k, l) => (k === l ? kept(k) : between(k, l))) }
  })

export const localDegrees = weighedBy(
  'takes one over the larger degree, without the 1',
  (dk, dl) => 1 / Math.max(dk, dl),
)
export const ownDegree = weighedBy('looks at its own neighbours alone', (dk) => 1 / (1 + dk))
export const smallerDegree = weighedBy(
  'takes the smaller degree',
  (dk, dl) => 1 / (1 + Math.min(dk, dl)),
)
export const sharesAmongAll = weighedBy(
  'gives neighbours one over all clients',
  (_, __, K) => 1 / K,
)

export const keepsNothing = wrongWeights.outputs('keeps nothing for itself', ({ weights }) => ({
  weights: changed(weights, (p, at) => (at % (weights.shape[0]! + 1) === 0 ? 0 : p)),
}))

export const oneDirection = wrongWeights.inputs(
  'looks at one direction of an edge alone',
  ({ graph }) => ({
    graph: build(graph.shape, (k, l) => (k < l ? graph.at(k, l) : 0)),
  }),
)

export const countsItself = wrongWeights.outputs(
  'counts a client as its own neighbour where the diagonal says so',
  ({ weights }, { inputs: { graph } }) => {
    const K = graph.shape[0]!
    const clients = Array.from({ length: K }, (_, k) => k)
    const d = clients.map(
      (k) => clients.filter((l) => areNeighbours(graph, k, l)).length + graph.at(k, k),
    )
    const between = build([K, K], (k, l) =>
      areNeighbours(graph, k, l) ? 1 / (1 + Math.max(d[k]!, d[l]!)) : 0,
    )
    return {
      weights: build(weights.shape, (k, l) =>
        k === l ? 1 - clients.reduce((sum, j) => sum + between.at(k, j), 0) : between.at(k, l),
      ),
    }
  },
)

export const transposes = wrong.inputs('reads columns for rows', ({ weights }) => ({
  weights: build(weights.shape, (k, l) => weights.at(l, k)),
}))

export const inPlace = wrong.outputs(
  'uses new models of other clients in the same round',
  (_, { inputs: { weights: P, w, b }, parameters: { rounds } }) => {
    const all = (start: Numbers) => {
      const [K, ...shape] = start.shape as [number, ...number[]]
      const size = start.data.length / K
      const models = Array.from({ length: K }, (_, k) => start.data.slice(k * size, (k + 1) * size))
      const states: number[] = []
      for (let t = 0; t < rounds; t++) {
        for (let k = 0; k < K; k++) {
          models[k] = models[k]!.map((_, at) =>
            models.reduce((sum, model, l) => sum + P.at(k, l) * model[at]!, 0),
          )
        }
        states.push(...models.flat())
      }
      return build([rounds, K, ...shape], (t, ...at) => {
        let position = t
        for (const [axis, i] of at.entries()) position = position * start.shape[axis]! + i
        return states[position]!
      })
    }
    return { w: all(w), b: all(b) }
  },
)

export const oneRound = wrong.outputs(
  'gives the models after the first round for those after all',
  ({ w, b }) => ({
    w: build(w.shape, (_, ...at) => w.at(0, ...at)),
    b: build(b.shape, (_, ...at) => b.at(0, ...at)),
  }),
)

export const keepsOwnBiases = wrong.outputs(
  'leaves biases as they are',
  ({ b: after }, { inputs: { b } }) => ({ b: build(after.shape, (_, ...at) => b.at(...at)) }),
)

export const slipsOnce = wrong.outputs(
  'is off by 2e-4 in the first number after the second round and later ones',
  ({ w }) => ({
    w: build(
      w.shape,
      (t, ...at) => w.at(t, ...at) * (t > 0 && at.every((i) => i === 0) ? 1.0002 : 1),
    ),
  }),
)
