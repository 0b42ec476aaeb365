import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  shareCounts as countsReference,
  expandGradient as gradientReference,
  expand as reference,
  sharedStep as stepReference,
} from '../../../reference/compression/sharing.ts'
import {
  expand,
  expandGradient,
  shareCounts,
  sharedStep,
} from '../../../spec/compression/sharing.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(expand, reference)

export const countsFromOne = wrong.inputs('counts places from 1 on', ({ map }) => ({
  map: changed(map, (k) => Math.max(0, k - 1)),
}))

export const takesTurns = wrong.inputs(
  'gives values in turn, as a layer of repeated blocks has them',
  ({ map }, { sizes: { K } }) => ({ map: changed(map, (_, i) => i % K!) }),
)

export const cutsOffLast = wrong.inputs(
  'never reaches the last value',
  ({ map }, { sizes: { K } }) => ({ map: changed(map, (k) => Math.min(k, Math.max(0, K! - 2))) }),
)

export const acceptsAnyPlace = wrong.accepts(
  'takes a place that is not there',
  ({ theta, map }) => ({
    y: { ...map!, data: map!.data.map((k) => theta!.data[k] ?? 0) as Float32Array },
  }),
)

const wrongCounts = faultsOf(shareCounts, countsReference)

export const countsZeroValues = wrongCounts.outputs(
  'counts values that are 0 for weights that are',
  (_, { inputs: { theta } }) => ({ zeros: scalar(theta.data.filter((v) => v === 0).length) }),
)

export const sharesOut = wrongCounts.outputs(
  'takes values for equally used, so that half of them at 0 makes half of the weights 0',
  (_, { inputs: { theta, map }, sizes: { K } }) => {
    const share = theta.data.filter((v) => v === 0).length / K!
    return { zeros: scalar(Math.round(share * map.data.length)) }
  },
)

export const storesUsed = wrongCounts.outputs(
  'stores none of the values that nobody has',
  (right) => ({
    stored: scalar(right.uses.data.filter((n) => n > 0).length),
  }),
)

export const storesAll = wrongCounts.outputs('stores a number for each connection', (right) => ({
  stored: right.connections,
}))

export const marksUsed = wrongCounts.outputs(
  'says which values are used, not how often',
  (right) => ({
    uses: changed(right.uses, (n) => Math.min(1, n)),
  }),
)

const wrongGradient = faultsOf(expandGradient, gradientReference)

/** How many connections have each value. */
const usesOf = (map: Numbers, K: number) =>
  build([K], (k) => map.data.filter((place) => place === k).length)

export const takesMean = wrongGradient.outputs(
  'takes the mean of the derivatives of a group',
  ({ dTheta }, { inputs: { map }, sizes: { K } }) => {
    const uses = usesOf(map, K!)
    return { dTheta: changed(dTheta, (d, k) => d / Math.max(1, uses.at(k))) }
  },
)

export const lastWins = wrongGradient.outputs(
  'overwrites: the last connection of a group is its derivative',
  ({ dTheta }, { inputs: { map, dy } }) => ({
    dTheta: changed(dTheta, (_, k) => dy.data[map.data.lastIndexOf(k)] ?? 0),
  }),
)

export const gathers = wrongGradient.outputs(
  'gathers where it should scatter',
  ({ dTheta }, { inputs: { map, dy } }) => ({
    dTheta: changed(dTheta, (_, k) => dy.data[map.data[k] ?? 0] ?? 0),
  }),
)

export const acceptsAnyGroup = wrongGradient.accepts(
  'takes a place that is not there',
  (_, { values }) => ({ dTheta: tensor([values], Array(values).fill(0)) }),
)

const wrongStep = faultsOf(sharedStep, stepReference)

export const stepsByMean = wrongStep.inputs(
  'steps by the mean of the derivatives of a group',
  ({ gradient, map }, { sizes: { K } }) => {
    const uses = usesOf(map, K!)
    return { gradient: changed(gradient, (g, i) => g / uses.at(map.data[i]!)) }
  },
)

export const letsWeightsPart = wrongStep.outputs(
  'lets each weight go its own way from the value that it began with',
  (right, { inputs: { theta, velocity, map, gradient }, parameters: p }) => ({
    weights: changed(right.weights, (_, i) => {
      const k = map.data[i]!
      const v = p.momentum * velocity.data[k]! + gradient.data[i]! + p.decay * theta.data[k]!
      return theta.data[k]! - p.rate * v
    }),
  }),
)

export const decaysByUse = wrongStep.outputs(
  'lets a value decay once for each connection',
  (right, { inputs: { theta, map }, parameters: p, sizes: { K } }) => {
    const uses = usesOf(map, K!)
    const more = changed(theta, (v, k) => (uses.at(k) - 1) * p.decay * v)
    const moved = changed(right.theta, (v, k) => v - p.rate * more.at(k))
    return {
      theta: moved,
      velocity: changed(right.velocity, (v, k) => v + more.at(k)),
      weights: changed(right.weights, (_, i) => moved.at(map.data[i]!)),
    }
  },
)

export const givesOldWeights = wrongStep.outputs(
  'gives the weights before the step',
  (_, { inputs: { theta, map } }) => ({ weights: changed(map, (k) => theta.at(k)) }),
)

export const forgetsMomentum = wrongStep.parameters('forgets momentum', () => ({ momentum: 0 }))

export const skipsUnused = wrongStep.outputs(
  'leaves values alone that no connection has',
  (right, { inputs: { theta, velocity, map }, sizes: { K } }) => {
    const uses = usesOf(map, K!)
    return {
      theta: changed(right.theta, (v, k) => (uses.at(k) === 0 ? theta.at(k) : v)),
      velocity: changed(right.velocity, (v, k) => (uses.at(k) === 0 ? velocity.at(k) : v)),
    }
  },
)
