import {
  criticLossGradient as gradientReference,
  lineDistance as lineReference,
  criticLoss as reference,
  sampleDistance as sampleReference,
} from '../../../reference/gan/wgan-critic-loss.ts'
import {
  criticLoss,
  criticLossGradient,
  lineDistance,
  sampleDistance,
} from '../../../spec/gan/wgan-critic-loss.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(criticLoss, reference)
const wrongGradient = faultsOf(criticLossGradient, gradientReference)
const wrongSamples = faultsOf(sampleDistance, sampleReference)
const wrongLine = faultsOf(lineDistance, lineReference)

const mean = (numbers: readonly number[]) => numbers.reduce((sum, v) => sum + v, 0) / numbers.length

export const maximizesGenerated = wrong.outputs(
  'exchanges what is to be more and what less',
  (right) => ({
    estimate: changed(right.estimate, (v) => -v),
    critic: changed(right.critic, (v) => -v),
  }),
)
export const sumsBatch = wrong.outputs(
  'adds up without dividing by the samples',
  (right, { sizes }) => ({
    estimate: changed(right.estimate, (v) => v * sizes.M!),
    critic: changed(right.critic, (v) => v * sizes.M!),
  }),
)
export const generatorHelps = wrong.outputs(
  'lets the generator minimize what it should maximize',
  (right) => ({
    generator: changed(right.generator, (v) => -v),
  }),
)
export const throughSigmoid = wrong.inputs(
  'sends what the critic gives through a sigmoid',
  (inputs) => ({
    real: changed(inputs.real, (v) => 1 / (1 + Math.exp(-v))),
    generated: changed(inputs.generated, (v) => 1 / (1 + Math.exp(-v))),
  }),
)
export const crossEntropy = wrong.answer(
  'takes the cross-entropy of a discriminator',
  ({ inputs: { real, generated } }) => {
    const softplus = (v: number) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))
    const critic = mean(real.data.map((v) => softplus(-v))) + mean(generated.data.map(softplus))
    return {
      estimate: scalar(-critic),
      critic: scalar(critic),
      generator: scalar(mean(generated.data.map((v) => softplus(-v)))),
    }
  },
)
export const bounded = wrong.outputs(
  'measures nothing above the number of samples',
  (right, { sizes }) => ({
    estimate: changed(right.estimate, (v) => Math.min(v, sizes.M!)),
  }),
)
export const sameLoss = wrong.outputs(
  'E-83 read literally: divides by the largest difference, so that the factor of the critic is gone',
  (right, { inputs: { real, generated } }) => {
    const all = [...real.data, ...generated.data]
    const range = Math.max(...all) - Math.min(...all)
    return { estimate: changed(right.estimate, (v) => (range === 0 ? v : v / range)) }
  },
)

export const slopeUndivided = wrongGradient.outputs(
  'does not divide by the samples',
  (right, { sizes }) => ({
    dReal: changed(right.dReal, (v) => v * sizes.M!),
    dGenerated: changed(right.dGenerated, (v) => v * sizes.M!),
  }),
)
export const forgetsGenerator = wrongGradient.inputs('forgets the loss of the generator', () => ({
  dGenerator: scalar(0),
}))
export const forgetsEstimate = wrongGradient.inputs('forgets what is measured', () => ({
  dEstimate: scalar(0),
}))
export const bothUp = wrongGradient.outputs(
  'lets the critic give more for generated samples, too',
  (right) => ({
    dGenerated: changed(right.dGenerated, (v) => -v),
  }),
)

export const unsorted = wrongSamples.answer(
  'pairs samples as they come',
  ({ inputs: { real, generated } }) => ({
    distance: scalar(mean(real.data.map((v, i) => Math.abs(v - generated.data[i]!)))),
  }),
)
export const ofMeans = wrongSamples.answer(
  'gives the distance of the means',
  ({ inputs: { real, generated } }) => ({
    distance: scalar(Math.abs(mean(real.data) - mean(generated.data))),
  }),
)
const paired = (of: (distances: readonly number[]) => number) =>
  function distance({
    inputs: { real, generated },
  }: {
    inputs: { real: { data: readonly number[] }; generated: { data: readonly number[] } }
  }) {
    const [x, y] = [real, generated].map(({ data }) => data.toSorted((a, b) => a - b))
    return { distance: scalar(of(x!.map((v, i) => Math.abs(v - y![i]!)))) }
  }
export const quadratic = wrongSamples.answer(
  'gives the root of the mean square, the distance of order 2',
  paired((distances) => Math.sqrt(mean(distances.map((d) => d * d)))),
)
export const squared = wrongSamples.answer(
  'gives the mean square of the distances',
  paired((distances) => mean(distances.map((d) => d * d))),
)
export const largest = wrongSamples.answer(
  'gives the largest distance',
  paired((distances) => Math.max(...distances)),
)
export const sortsOneWay = wrongSamples.answer(
  'sorts the generated samples from the largest on',
  ({ inputs: { real, generated } }) => {
    const x = real.data.toSorted((a, b) => a - b)
    const y = generated.data.toSorted((a, b) => b - a)
    return { distance: scalar(mean(x.map((v, i) => Math.abs(v - y[i]!)))) }
  },
)

export const ignoresMasses = wrongLine.inputs(
  'lets all points weigh alike',
  ({ data, generated }) => ({
    data: filled(data.shape, 1),
    generated: filled(generated.shape, 1),
  }),
)
export const notNormalized = wrongLine.outputs(
  'measures in units of the mass of the data',
  (right, { inputs: { data } }) => ({
    distance: changed(right.distance, (v) => v * data.data.reduce((sum, mass) => sum + mass, 0)),
  }),
)
export const signedArea = wrongLine.answer(
  'lets areas of either sign cancel',
  ({ inputs: { places, data, generatedPlaces, generated } }) => {
    const centre = (at: typeof places, masses: typeof data) =>
      at.data.reduce((sum, v, i) => sum + v * masses.data[i]!, 0) /
      masses.data.reduce((sum, mass) => sum + mass, 0)
    return { distance: scalar(Math.abs(centre(places, data) - centre(generatedPlaces, generated))) }
  },
)
export const lastOfPlace = wrongLine.inputs(
  'keeps the last mass of a place that comes twice',
  ({ places, data }) => ({
    data: changed(data, (mass, i) => (places.data.lastIndexOf(places.data[i]!) === i ? mass : 0)),
  }),
)
export const nextAlways = wrongLine.inputs(
  'reads places as if they were in ascending order',
  ({ places }) => {
    const sorted = places.data.toSorted((a, b) => a - b)
    return { places: changed(places, (_, i) => sorted[i]!) }
  },
)
