import {
  gradientDiagnosis as diagnosisReference,
  overflowStep as stepReference,
} from '../../../reference/bptt/explosion-detectable.ts'
import { gradientDiagnosis, overflowStep } from '../../../spec/bptt/explosion-detectable.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(gradientDiagnosis, diagnosisReference)
const wrongStep = faultsOf(overflowStep, stepReference)

export const lastNormOnly = wrong.outputs(
  'looks at the last norm only',
  ({ finite }, { inputs: { norms }, parameters: { limit } }) => ({
    exploding: scalar(finite.at() === 0 || norms.data.at(-1)! > limit ? 1 : 0),
  }),
)

export const comparesOnly = wrong.outputs(
  'compares norms with the limit, by which NaN is not above it',
  (_, { inputs: { norms }, parameters: { limit } }) => ({
    exploding: scalar(norms.data.some((p) => p > limit) ? 1 : 0),
  }),
)

export const unnoticed = wrong.outputs(
  'E-90 taken at its word: never says that gradients vanish',
  () => ({ vanishing: scalar(0) }),
)

export const absolutelySmall = wrong.outputs(
  'takes gradients for vanishing where the first one is small, whatever the last one is',
  ({ finite }, { inputs: { norms }, parameters: { faded } }) => ({
    vanishing: scalar(finite.at() === 1 && norms.at(0) < faded ? 1 : 0),
  }),
)

export const lastFades = wrong.outputs(
  'takes the last norm for the earliest',
  ({ finite }, { inputs: { norms }, parameters: { faded } }) => ({
    vanishing: scalar(finite.at() === 1 && norms.data.at(-1)! < faded * norms.at(0) ? 1 : 0),
  }),
)

export const limitExplodes = wrong.outputs(
  'takes a norm at the limit for one above it',
  ({ finite }, { inputs: { norms }, parameters: { limit } }) => ({
    exploding: scalar(finite.at() === 0 || norms.data.some((p) => p >= limit) ? 1 : 0),
  }),
)

export const infinityIsFinite = wrong.outputs(
  'takes infinity for a number',
  (_, { inputs: { norms } }) => ({
    finite: scalar(norms.data.some(Number.isNaN) ? 0 : 1),
  }),
)

export const roundsDown = wrongStep.outputs(
  'rounds down: the last step that is finite',
  ({ steps }, { parameters: { growth } }) => ({
    steps: changed(steps, (n) => (Number.isInteger(Math.log2(growth)) ? n : n - 1)),
  }),
)

export const naturalLogarithm = wrongStep.outputs(
  'divides by the natural logarithm',
  ({ steps }) => ({ steps: changed(steps, (n) => Math.ceil(n / Math.LN2)) }),
)

export const alwaysSingle = wrongStep.parameters('takes every format for single precision', () => ({
  format: 'float32',
}))

export const bitsOfSignificand = wrongStep.outputs(
  'counts the bits of the significand in place of the exponents',
  (_, { parameters: { growth } }) => ({ steps: scalar(Math.ceil(24 / Math.log2(growth))) }),
)
