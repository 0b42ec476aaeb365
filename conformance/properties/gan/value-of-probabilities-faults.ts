import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { build } from '../../../reference/arithmetic/array.ts'
import { probabilityValue as reference } from '../../../reference/gan/value-of-probabilities.ts'
import { probabilityValue } from '../../../spec/gan/value-of-probabilities.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(probabilityValue, reference)
type Numbers = NumberArray<number>

export const alwaysCutsLogarithms = wrong.parameters(
  'cuts logarithms off, whatever is asked for',
  () => ({ cut: 'logarithms' }),
)
export const alwaysCutsProbabilities = wrong.parameters(
  'cuts probabilities off, whatever is asked for',
  () => ({ cut: 'probabilities' }),
)
export const neverCuts = wrong.parameters('cuts nothing off', () => ({ cut: 'none' }))

export const addsSmallNumber = wrong.inputs(
  'adds a small number to probabilities',
  ({ real, generated }) => ({
    real: changed(real, (d) => Math.min(1, d + 1e-7)),
    generated: changed(generated, (d) => Math.max(0, d - 1e-7)),
  }),
)
export const takesGeneratedForReal = wrong.inputs(
  'takes generated samples for real ones',
  ({ generated }) => ({ generated: changed(generated, (d) => 1 - d) }),
)
export const cutsBelowOnly = wrong.answer(
  'keeps probabilities away from 0 and not from 1',
  ({ inputs, parameters, right }) => {
    const found = right(inputs, parameters)
    if (parameters.cut !== 'probabilities') return found
    const uncut = right(inputs, { cut: 'none' })
    return {
      ...found,
      onGenerated: uncut.onGenerated,
      value: scalar(found.onReal.at() + uncut.onGenerated.at()),
    }
  },
)
export const addsLosses = wrong.outputs('adds up instead of averaging', (right, { sizes }) => ({
  onReal: changed(right.onReal, (v) => v * sizes.M!),
  onGenerated: changed(right.onGenerated, (v) => v * sizes.S!),
}))
export const nothingTimesInfinity = wrong.outputs(
  'multiplies both logarithms by the class, so that 0 meets an infinity',
  (right, { inputs }) => {
    const isCertain = (D: Numbers) => D.data.some((d) => d === 0 || d === 1)
    return {
      onReal: isCertain(inputs.real) ? scalar(Number.NaN) : right.onReal,
      onGenerated: isCertain(inputs.generated) ? scalar(Number.NaN) : right.onGenerated,
    }
  },
)
export const inBits = wrong.outputs('takes logarithms to the base 2', (right) => ({
  onReal: changed(right.onReal, (v) => v / Math.LN2),
  onGenerated: changed(right.onGenerated, (v) => v / Math.LN2),
  value: changed(right.value, (v) => v / Math.LN2),
}))

export const slopesOfSum = wrong.outputs('gives the slopes of the sum', (right, { sizes }) => ({
  realSlopes: changed(right.realSlopes, (g) => g * sizes.M!),
  generatedSlopes: changed(right.generatedSlopes, (g) => g * sizes.S!),
}))
export const slopesOfLoss = wrong.outputs('gives the slopes of the loss', (right) => ({
  generatedSlopes: changed(right.generatedSlopes, (g) => -g),
}))
export const slopesByBothSides = wrong.outputs(
  'divides what is left of 1 by D (1 − D), or by 10⁻¹²',
  (_, { inputs: { real, generated } }) => {
    const slope = (d: number) => (1 - d) / Math.max(d * (1 - d), 1e-12)
    const of = (D: Numbers, sign: number, to: (d: number) => number) =>
      build(D.shape, (m) => (sign * slope(to(D.at(m)))) / D.data.length)
    return { realSlopes: of(real, 1, (d) => d), generatedSlopes: of(generated, -1, (d) => 1 - d) }
  },
)
export const slopesThroughCut = wrong.answer(
  'has a slope where it is cut off',
  ({ inputs, parameters, right }) => {
    const found = right(inputs, parameters)
    if (parameters.cut !== 'probabilities') return found
    const inside = (D: Numbers) => changed(D, (d) => Math.min(1 - 2e-7, Math.max(2e-7, d)))
    const { realSlopes, generatedSlopes } = right(
      { real: inside(inputs.real), generated: inside(inputs.generated) },
      parameters,
    )
    return { ...found, realSlopes, generatedSlopes }
  },
)
