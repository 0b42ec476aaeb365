import {
  smoothedDiscriminator as discriminatorReference,
  smoothedValueGradient as gradientReference,
  smoothedValue as reference,
} from '../../../reference/gan/label-smoothing.ts'
import {
  smoothedDiscriminator,
  smoothedValue,
  smoothedValueGradient,
} from '../../../spec/gan/label-smoothing.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(smoothedValue, reference)
const wrongGradient = faultsOf(smoothedValueGradient, gradientReference)
const wrongBest = faultsOf(smoothedDiscriminator, discriminatorReference)

export const smoothsBoth = wrong.parameters(
  'smooths generated samples as much as real ones',
  ({ realTarget }) => ({ generatedTarget: 1 - realTarget }),
)
export const smoothsNothing = wrong.parameters('does not smooth', () => ({
  realTarget: 1,
  generatedTarget: 0,
}))
export const weighsReal = wrong.answer(
  'weighs the logarithm of D by the target, and leaves out what is left of 1',
  ({ inputs: { real, generated }, parameters: { realTarget, generatedTarget }, right }) => {
    const hard = { realTarget: 1, generatedTarget }
    const both = right({ real, generated }, hard).value
    // A discriminator that is certain of all real samples leaves the expectation of generated ones.
    const rest = right({ real: changed(real, () => 1e4), generated }, hard).value.at()
    return { value: changed(both, (v) => rest + realTarget * (v - rest)) }
  },
)
export const exchangesTargets = wrong.parameters(
  'exchanges both targets',
  ({ realTarget, generatedTarget }) => ({
    realTarget: generatedTarget,
    generatedTarget: realTarget,
  }),
)
export const smoothedAddsUp = wrong.outputs(
  'adds up over real samples',
  ({ value }, { sizes }) => ({
    value: changed(value, (v) => v * sizes.M!),
  }),
)

export const slopesUnsmoothed = wrongGradient.parameters('does not smooth', () => ({
  realTarget: 1,
  generatedTarget: 0,
}))
export const slopesScaled = wrongGradient.outputs(
  'multiplies the slope without smoothing by the target',
  (_, { inputs, parameters: { realTarget }, right }) => {
    const { dReal } = right(inputs, { realTarget: 1, generatedTarget: 0 })
    return { dReal: changed(dReal, (g) => g * realTarget) }
  },
)
export const descends = wrongGradient.inputs('gives the gradient of the loss', ({ dValue }) => ({
  dValue: changed(dValue, (v) => -v),
}))

export const bestUnsmoothed = wrongBest.parameters('does not smooth', () => ({
  realTarget: 1,
  generatedTarget: 0,
}))
export const forgetsGenerated = wrongBest.parameters('smooths on one side alone', () => ({
  generatedTarget: 0,
}))
export const cutsBest = wrongBest.outputs(
  'cuts the best discriminator off at the targets',
  (_, { inputs, parameters: { realTarget, generatedTarget }, right }) => {
    const { probability } = right(inputs, { realTarget: 1, generatedTarget: 0 })
    return {
      probability: changed(probability, (d) => Math.min(realTarget, Math.max(generatedTarget, d))),
    }
  },
)
export const sharesOfSmoothed = wrongBest.outputs(
  'divides by the smoothed shares',
  ({ probability }, { inputs, parameters: { realTarget, generatedTarget }, right }) => {
    const opposite = right(inputs, {
      realTarget: 1 - generatedTarget,
      generatedTarget: 1 - realTarget,
    })
    return {
      probability: changed(probability, (d, n) => d / (d + opposite.probability.at(n))),
    }
  },
)
