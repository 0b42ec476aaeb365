import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  crossEntropyGradient as gradientReference,
  probabilityCrossEntropyGradient as probabilityGradientReference,
  probabilityCrossEntropy as probabilityReference,
  crossEntropy as reference,
} from '../../../reference/distillation/cross-entropy.ts'
import { softmax } from '../../../reference/distillation/softmax.ts'
import {
  crossEntropy,
  crossEntropyGradient,
  probabilityCrossEntropy,
  probabilityCrossEntropyGradient,
} from '../../../spec/distillation/cross-entropy.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(crossEntropy, reference)
const wrongGradient = faultsOf(crossEntropyGradient, gradientReference)
const wrongly = faultsOf(probabilityCrossEntropy, probabilityReference)
const wronglyGradient = faultsOf(probabilityCrossEntropyGradient, probabilityGradientReference)

const countOf = ({ data }: NumberArray<number>) => data.reduce((sum, bit) => sum + bit, 0)

export const ignoresWeights = wrong.inputs('counts all classes alike', ({ weights }) => ({
  weights: filled(weights.shape, 1),
}))

export const countsEverySample = wrong.inputs(
  'counts samples that are to be ignored',
  ({ counted }) => ({ counted: filled(counted.shape, 1) }),
)

export const dividesByAll = wrong.outputs(
  'divides by all samples, whether they count or not',
  ({ loss }, { inputs: { counted }, parameters: { reduction }, sizes: { N } }) => ({
    loss: changed(loss, (v) =>
      reduction === 'mean' ? (v * Math.max(1, countOf(counted))) / N! : v,
    ),
  }),
)

export const nothingIsUndefined = wrong.outputs(
  'divides by the number of samples that count, even if it is 0',
  ({ loss }, { inputs: { counted }, parameters: { reduction } }) => ({
    loss: changed(loss, (v) => (reduction === 'mean' && countOf(counted) === 0 ? Number.NaN : v)),
  }),
)

/** All of a target on the class of which there is most. */
function hardened(targets: NumberArray<number>) {
  const [N, C] = targets.shape as [number, number]
  const rows = Array.from({ length: N }, (_, n) => targets.data.slice(n * C, (n + 1) * C))
  const most = rows.map((row) => row.indexOf(Math.max(...row)))
  return { targets: build([N, C], (n, c) => (most[n] === c ? 1 : 0)) }
}

export const takesTheLargest = wrong.inputs(
  'takes the class of which there is most for all of the target',
  ({ targets }) => hardened(targets),
)

export const gradientOfTheLargest = wrongGradient.inputs(
  'takes the class of which there is most for all of the target',
  ({ targets }) => hardened(targets),
)

export const averagesClasses = wrong.outputs(
  'takes the mean over the classes as well',
  ({ loss }, { sizes: { C } }) => ({ loss: changed(loss, (v) => v / C!) }),
)

export const takesProbabilities = wrong.inputs('takes the softmax of scores twice', ({ z }) => {
  const [N, C] = z.shape as [number, number]
  const m = Array.from({ length: N }, (_, n) => Math.max(...z.data.slice(n * C, (n + 1) * C)))
  const powers = build(z.shape, (n, c) => Math.exp(z.at(n, c) - m[n]!))
  const sums = m.map((_, n) => powers.data.slice(n * C, (n + 1) * C).reduce((sum, v) => sum + v, 0))
  return { z: build(z.shape, (n, c) => powers.at(n, c) / sums[n]!) }
})

export const gradientOnTheSimplex = wrongGradient.outputs(
  'takes weighted targets to add up to 1',
  ({ dz }, { inputs: { z, targets, weights, counted, dLoss }, parameters: { reduction } }) => {
    const [, C] = z.shape as [number, number]
    const { y } = softmax(number, { z }, { temperature: 1 })
    const total = (n: number) => weights.data.reduce((sum, w, c) => sum + w * targets.at(n, c), 0)
    const g = dLoss.at() / (reduction === 'mean' ? Math.max(1, countOf(counted)) : 1)
    return {
      dz: changed(dz, (v, at) => {
        const n = Math.floor(at / C)
        return v + g * counted.at(n) * (1 - total(n)) * y.data[at]!
      }),
    }
  },
)

export const targetsWithoutWeights = wrongGradient.outputs(
  'gives the targets a gradient without the weights of their classes',
  (_, { inputs, parameters, right }) => {
    const unit = { ...inputs, weights: filled(inputs.weights.shape, 1) }
    return { dTargets: right(unit, parameters).dTargets }
  },
)

export const weightsAreConstant = wrongGradient.outputs(
  'takes the weights for constants',
  ({ dWeights }) => ({ dWeights: filled(dWeights.shape, 0) }),
)

export const gradientCountsAll = wrongGradient.inputs(
  'moves samples that are to be ignored',
  ({ counted }) => ({ counted: filled(counted.shape, 1) }),
)

export const addsNothing = wrongly.parameters('adds 10^-7 whatever it is told', () => ({
  epsilon: 1e-7,
}))

export const forgetsSign = wrongly.outputs('gives the likelihood its own sign', ({ loss }) => ({
  loss: changed(loss, (v) => -v),
}))

export const derivesLogarithm = wronglyGradient.outputs(
  'multiplies by probabilities instead of dividing by them',
  ({ dq }, { inputs: { q }, parameters: { epsilon } }) => ({
    dq: changed(dq, (v, i) => v * (q.data[i]! + epsilon) ** 2),
  }),
)

export const probabilityTargetsFall = wronglyGradient.outputs(
  'gives the targets a gradient of the other sign',
  ({ dTargets }) => ({ dTargets: changed(dTargets, (v) => -v) }),
)

export const probabilityWeightsMean = wronglyGradient.outputs(
  'takes the mean over the samples for the weights whatever it is told',
  ({ dWeights }, { inputs: { counted }, parameters: { reduction } }) => ({
    dWeights: changed(dWeights, (v) =>
      reduction === 'sum' ? v / Math.max(1, countOf(counted)) : v,
    ),
  }),
)
