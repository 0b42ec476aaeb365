import { payoffs as reference } from '../../../reference/gan/roles.ts'
import { payoffs } from '../../../spec/gan/roles.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(payoffs, reference)

export const swapsKinds = wrong.outputs('takes real logits for generated ones', (right) => ({
  realLogits: right.generatedLogits,
  generatedLogits: right.realLogits,
}))

export const sameSide = wrong.outputs(
  'gives both players the same in the game',
  ({ discriminator, generator }, { parameters: { loss } }) => ({
    generator: loss === 'saturating' ? discriminator : generator,
  }),
)

export const withoutReal = wrong.outputs(
  'leaves real samples out of what the generator gets in the game',
  ({ generator, realLogits }, { parameters: { loss } }) => {
    const surprise = (a: number) => Math.log1p(Math.exp(-Math.abs(a))) + Math.max(-a, 0)
    const onReal = realLogits.data.reduce((sum, a) => sum - surprise(a), 0)
    const share = loss === 'saturating' ? onReal / realLogits.data.length : 0
    return { generator: scalar(generator.at() + share) }
  },
)

export const gameAlways = wrong.parameters('plays the game, whatever the loss is', () => ({
  loss: 'saturating',
}))

export const adds = wrong.outputs('adds up over the batch', (right, { sizes: { M } }) => ({
  discriminator: changed(right.discriminator, (v) => v * M!),
  generator: changed(right.generator, (v) => v * M!),
}))

export const halves = wrong.outputs(
  'takes the mean over samples of both kinds',
  (right, { parameters: { loss } }) => ({
    discriminator: changed(right.discriminator, (v) => v / 2),
    generator: changed(right.generator, (v) => (loss === 'saturating' ? v / 2 : v)),
  }),
)

export const shiftsByBatch = wrong.outputs(
  'takes the mean of both kinds from logits, as normalization of the batch does',
  ({ realLogits, generatedLogits }) => {
    const all = [...realLogits.data, ...generatedLogits.data]
    const mean = all.reduce((sum, a) => sum + a, 0) / all.length
    return {
      realLogits: changed(realLogits, (a) => a - mean),
      generatedLogits: changed(generatedLogits, (a) => a - mean),
    }
  },
)
