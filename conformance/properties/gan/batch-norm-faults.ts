import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  batchNormGradient as gradientReference,
  batchNormInferenceGradient as inferenceGradientReference,
  batchNormInference as inferenceReference,
  batchNorm as reference,
} from '../../../reference/gan/batch-norm.ts'
import {
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
} from '../../../spec/gan/batch-norm.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(batchNorm, reference)
const wrongGradient = faultsOf(batchNormGradient, gradientReference)
const wrongInference = faultsOf(batchNormInference, inferenceReference)
const wrongInferenceGradient = faultsOf(batchNormInferenceGradient, inferenceGradientReference)
type Numbers = NumberArray<number>

/** One image of several. */
const only = (x: Numbers, n: number) =>
  build([1, ...x.shape.slice(1)], (_, h, w, k) => x.at(n, h!, w!, k!))
/** What is normalized with other statistics, from what came out with the right ones. */
const rescaled = (
  y: Numbers,
  { gamma, beta }: { readonly gamma: Numbers; readonly beta: Numbers },
  factor: (k: number) => number,
) =>
  build(y.shape, (n, h, w, k) => {
    const scaled = (y.at(n!, h!, w!, k!) - beta.at(k!)) * factor(k!)
    return (gamma.at(k!) === 0 ? 0 : scaled) + beta.at(k!)
  })

export const unbiased = wrong.outputs(
  'normalizes by the variance that is divided by one place less',
  ({ y, variance }, { inputs, parameters: { epsilon }, sizes: { N, H, W } }) => {
    const P = N! * H! * W!
    const factor = (k: number) => {
      const v = variance.at(k)
      return P === 1 ? 1 : Math.sqrt((v + epsilon) / ((v * P) / (P - 1) + epsilon))
    }
    return { y: rescaled(y, inputs, factor) }
  },
)
export const epsilonOutside = wrong.outputs(
  'adds ε to the root',
  ({ y, variance }, { inputs, parameters: { epsilon } }) => ({
    y: rescaled(y, inputs, (k) => {
      const v = variance.at(k)
      return Math.sqrt(v + epsilon) / (Math.sqrt(v) + epsilon)
    }),
  }),
)
export const imageByImage = wrong.answer(
  'normalizes each image by itself',
  ({ inputs, parameters, right }) => {
    const each = Array.from({ length: inputs.x.shape[0]! }, (_, n) =>
      right({ ...inputs, x: only(inputs.x, n) }, { ...parameters, divisor: 'n' }),
    )
    const { y: _, ...others } = right(inputs, parameters)
    return { ...others, y: build(inputs.x.shape, (n, h, w, k) => each[n!]!.y.at(0, h!, w!, k!)) }
  },
)
export const byRunningStatistics = wrong.outputs(
  'normalizes by the running statistics',
  (_, { inputs: { x, gamma, beta, runningMean, runningVariance }, parameters: { epsilon } }) => ({
    y: build(x.shape, (n, h, w, k) => {
      const off = x.at(n!, h!, w!, k!) - runningMean.at(k!)
      return (gamma.at(k!) * off) / Math.sqrt(runningVariance.at(k!) + epsilon) + beta.at(k!)
    }),
  }),
)
export const forgetsBeta = wrong.inputs('adds nothing', ({ beta }) => ({
  beta: filled(beta.shape, 0),
}))
export const forgetsGamma = wrong.inputs('multiplies by nothing', ({ gamma }) => ({
  gamma: filled(gamma.shape, 1),
}))
export const momentumOfOld = wrong.parameters(
  'takes the momentum for the share of the old statistics',
  ({ momentum }) => ({ momentum: 1 - momentum }),
)
export const runningByN = wrong.parameters('divides the running variance by n', () => ({
  divisor: 'n',
}))
export const uncentred = wrong.outputs(
  'takes the mean square for the variance',
  ({ mean, variance }) => ({
    variance: build(variance.shape, (k) => variance.at(k) + mean.at(k) ** 2),
  }),
)

/** What x comes to before γ and β, and the root that it was divided by. */
function normalizedOf(x: Numbers, epsilon: number) {
  const zeros = filled([x.shape[3]!], 0)
  const ones = filled([x.shape[3]!], 1)
  const kept = { beta: zeros, runningMean: zeros, runningVariance: zeros }
  const parameters = { epsilon, momentum: 0, divisor: 'n' } as const
  const { y, variance } = reference(number, { x, gamma: ones, ...kept }, parameters)
  return { normalized: y, root: changed(variance, (v) => Math.sqrt(v + epsilon)) }
}

export const constantStatistics = wrongGradient.outputs(
  'takes the statistics for constants',
  (_, { inputs: { x, gamma, dy }, parameters: { epsilon } }) => {
    const { root } = normalizedOf(x, epsilon)
    return {
      dx: changed(
        dy,
        (g, at) => (gamma.data[at % root.data.length]! * g) / root.data[at % root.data.length]!,
      ),
    }
  },
)
export const constantVariance = wrongGradient.outputs(
  'takes the variance for a constant',
  ({ dx, dGamma }, { inputs: { x, gamma }, parameters: { epsilon } }) => {
    const { normalized, root } = normalizedOf(x, epsilon)
    const P = x.data.length / root.data.length
    const term = (at: number, k: number) =>
      (gamma.at(k) * normalized.data[at]! * dGamma.at(k)) / (P * root.at(k))
    return { dx: changed(dx, (g, at) => g + term(at, at % root.data.length)) }
  },
)
export const gammaByImages = wrongGradient.outputs(
  'multiplies by the images as they are for γ',
  (_, { inputs: { x, dy } }) => ({
    dGamma: build([x.shape[3]!], (k) =>
      x.data.reduce((sum, v, at) => (at % x.shape[3]! === k ? sum + v * dy.data[at]! : sum), 0),
    ),
  }),
)
export const meansOfSlopes = wrongGradient.outputs(
  'averages where it should add up',
  ({ dBeta }, { inputs: { x } }) => ({
    dBeta: changed(dBeta, (g) => (g * dBeta.data.length) / x.data.length),
  }),
)
export const forgetsGammaOnTheWay = wrongGradient.inputs('multiplies by nothing', ({ gamma }) => ({
  gamma: filled(gamma.shape, 1),
}))

export const deviationForVariance = wrongInference.inputs(
  'takes the variance for a standard deviation',
  ({ variance }) => ({ variance: changed(variance, (v) => v * v) }),
)
export const statisticsOfBatch = wrongInference.answer(
  'normalizes by the statistics of the batch',
  ({ inputs: { x, gamma, beta, mean, variance }, parameters: { epsilon } }) => {
    const kept = { runningMean: mean, runningVariance: variance }
    const parameters = { epsilon, momentum: 0, divisor: 'n' } as const
    return { y: reference(number, { x, gamma, beta, ...kept }, parameters).y }
  },
)
export const forgetsMean = wrongInference.inputs('takes no mean off', ({ mean }) => ({
  mean: filled(mean.shape, 0),
}))
export const forgetsEpsilon = wrongInference.parameters('forgets ε', () => ({ epsilon: 1e-30 }))

export const slopesOfTraining = wrongInferenceGradient.outputs(
  'has the slopes of training',
  (_, { inputs: { x, gamma, dy }, parameters: { epsilon } }) => ({
    dx: gradientReference(number, { x, gamma, dy }, { epsilon, momentum: 0, divisor: 'n' }).dx,
  }),
)
export const gammaUncentred = wrongInferenceGradient.inputs(
  'takes no mean off for γ',
  ({ mean }) => ({ mean: filled(mean.shape, 0) }),
)
export const rootForgotten = wrongInferenceGradient.outputs(
  'multiplies by γ alone',
  (_, { inputs: { gamma, dy } }) => ({
    dx: changed(dy, (g, at) => g * gamma.data[at % gamma.data.length]!),
  }),
)
