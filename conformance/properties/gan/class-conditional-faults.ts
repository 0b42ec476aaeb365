import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  conditionalDivergence as divergenceReference,
  conditionalValue as reference,
} from '../../../reference/gan/class-conditional.ts'
import { conditionalDivergence, conditionalValue } from '../../../spec/gan/class-conditional.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(conditionalValue, reference)
const wrongDivergence = faultsOf(conditionalDivergence, divergenceReference)

/** The same row of every class: the first one. */
const first = (rows: NumberArray<number>) => build(rows.shape, (_, n) => rows.at(0, n))

export const classesAlike = wrong.inputs('weighs classes alike', ({ classes }) => ({
  classes: filled(classes.shape, 1),
}))
export const forgetsClass = wrong.inputs(
  'has one discriminator for all classes, that of the first',
  ({ logits }) => ({ logits: first(logits) }),
)
export const addsClasses = wrong.outputs('adds up over classes', ({ value }, { sizes }) => ({
  value: changed(value, (v) => v * sizes.C!),
}))
export const weighsParts = wrong.outputs(
  'gives the share of each class in the value',
  ({ ofClass }, { inputs: { classes } }) => {
    const all = classes.data.reduce((sum, w) => sum + w, 0)
    return { ofClass: changed(ofClass, (v, c) => (v * classes.at(c)) / all) }
  },
)
export const generatesAnyClass = wrong.inputs(
  'takes generated samples of the first class for all of them',
  ({ generated }) => ({ generated: first(generated) }),
)
export const exchangesPlayers = wrong.inputs(
  'exchanges data and generated samples',
  ({ data, generated }) => ({ data: generated, generated: data }),
)

export const jointForgetsClass = wrongDivergence.outputs(
  'gives the divergence of samples alone for both',
  ({ marginal }) => ({ joint: marginal }),
)
export const marginalKnowsClass = wrongDivergence.outputs(
  'gives the divergence of pairs for both',
  ({ joint }) => ({ marginal: joint }),
)
export const divergenceClassesAlike = wrongDivergence.inputs(
  'weighs classes alike',
  ({ classes }) => ({ classes: filled(classes.shape, 1) }),
)
export const divergenceInBits = wrongDivergence.outputs('gives bits', ({ joint, marginal }) => ({
  joint: changed(joint, (v) => v / Math.LN2),
  marginal: changed(marginal, (v) => v / Math.LN2),
}))
export const exchangesDivergences = wrongDivergence.outputs(
  'exchanges both divergences',
  ({ joint, marginal }) => ({ joint: marginal, marginal: joint }),
)
