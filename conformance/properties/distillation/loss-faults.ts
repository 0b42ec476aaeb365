import {
  divergenceGradient as gradientReference,
  divergence as reference,
} from '../../../reference/distillation/loss.ts'
import { divergence, divergenceGradient } from '../../../spec/distillation/loss.ts'
import { changed, filled, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(divergence, reference)
const wrongGradient = faultsOf(divergenceGradient, gradientReference)

export const exchangesRoles = wrong.inputs('measures the teacher by the student', ({ z, v }) => ({
  z: v,
  v: z,
}))

export const keepsEntropy = wrong.parameters(
  'takes the cross-entropy for the divergence of Kullback and Leibler',
  ({ measure }) => ({ measure: measure === 'kl' ? 'cross-entropy' : measure }),
)

export const takesTheRoot = wrong.outputs(
  'takes the distance for its square',
  ({ divergence }, { parameters: { measure } }) => ({
    divergence: changed(divergence, (v) => (measure === 'squares' ? Math.sqrt(v) : v)),
  }),
)

export const addsBothHalves = wrong.outputs(
  'adds both halves of the divergence of Jensen and Shannon without halving them',
  ({ divergence }, { parameters: { measure } }) => ({
    divergence: changed(divergence, (v) => (measure === 'jensen-shannon' ? 2 * v : v)),
  }),
)

export const averagesOverClasses = wrong.outputs(
  'takes the mean over the classes',
  ({ divergence }, { sizes: { C } }) => ({ divergence: changed(divergence, (v) => v / C!) }),
)

export const inBits = wrong.outputs(
  'takes logarithms to the base 2',
  ({ divergence }, { parameters: { measure } }) => ({
    divergence: changed(divergence, (v) => (measure === 'squares' ? v : v / Math.LN2)),
  }),
)

export const constantTeacher = wrongGradient.outputs(
  'takes the teacher for a constant',
  ({ dv }) => ({ dv: zeros(dv.shape) }),
)

export const movesAway = wrongGradient.outputs(
  'moves the student away from the teacher',
  ({ dz }) => ({ dz: changed(dz, (v) => -v) }),
)

export const forgetsFactor = wrongGradient.inputs(
  'ignores the gradient of what follows',
  ({ dDivergence }) => ({ dDivergence: filled(dDivergence.shape, 1) }),
)

export const forgetsTwo = wrongGradient.outputs(
  'forgets the 2 of the derivative of a square',
  ({ dz, dv }, { parameters: { measure } }) => {
    const half = (v: number) => (measure === 'squares' ? v / 2 : v)
    return { dz: changed(dz, half), dv: changed(dv, half) }
  },
)
