import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { discriminated } from '../../../reference/gan/network.ts'
import { afterTraining as reference } from '../../../reference/gan/test-time.ts'
import { afterTraining } from '../../../spec/gan/test-time.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(afterTraining, reference)

export const rejectsSamples = wrong.outputs(
  'gives the first sample for each that the discriminator rejects',
  ({ x }, { inputs }) => {
    const { logits } = discriminated(number, inputs, x)
    return { x: build(x.shape, (m, j) => x.at(logits.at(m) < 0 ? 0 : m, j)) }
  },
)

export const refinesSamples = wrong.outputs(
  'moves samples a little to where the discriminator accepts them',
  ({ x }, { inputs: { discriminatorHidden: W, discriminatorOutput: v } }) => ({
    x: build(x.shape, (m, j) =>
      v.data.reduce((moved, weight, i) => moved + 0.1 * weight * W.at(j, i), x.at(m, j)),
    ),
  }),
)

export const weighsFeatures = wrong.outputs(
  'multiplies features by the weights of the output',
  ({ features }, { inputs: { discriminatorOutput: v } }) => ({
    features: build(features.shape, (n, i) => features.at(n, i) * v.at(i)),
  }),
)

export const beforeRectifier = wrong.outputs(
  'takes hidden units before the rectifier',
  (_, { inputs }) => ({ features: discriminated(number, inputs, inputs.shown).s }),
)

export const rectifiesWholly = wrong.outputs('leaves nothing below 0', ({ features }) => ({
  features: elementwise(features, (f) => Math.max(0, f)),
}))
