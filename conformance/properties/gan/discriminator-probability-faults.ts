import { discriminatorProbability as reference } from '../../../reference/gan/discriminator-probability.ts'
import { discriminatorProbability } from '../../../spec/gan/discriminator-probability.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(discriminatorProbability, reference)

export const generatedAsOne = wrong.inputs('takes generated samples for the class 1', (given) => ({
  logits: changed(given.logits, (a) => -a),
}))
export const halfTheLogit = wrong.inputs('takes (1 + tanh a) / 2 for the sigmoid', (given) => ({
  logits: changed(given.logits, (a) => 2 * a),
}))
export const takesFromOne = wrong.outputs(
  'takes the probability in single precision from 1',
  ({ probability }) => ({ complement: changed(probability, (d) => 1 - Math.fround(d)) }),
)
export const clips = wrong.outputs(
  'keeps probabilities 1e-7 away from 0 and 1',
  ({ probability }) => ({
    probability: changed(probability, (d) => Math.min(1 - 1e-7, Math.max(1e-7, d))),
  }),
)
export const overflows = wrong.outputs('divides eᵃ by 1 + eᵃ', (_, { inputs: { logits } }) => ({
  probability: changed(logits, (a) => {
    const odds = Math.fround(Math.exp(a))
    return odds / (1 + odds)
  }),
}))
export const givesLogits = wrong.outputs('leaves out the sigmoid', (_, { inputs }) => ({
  probability: inputs.logits,
}))
