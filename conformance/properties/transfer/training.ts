import { denseDescriptors } from '../../../spec/transfer/feature-extractor.ts'
import { networkGradient, networkLoss } from '../../../spec/transfer/network.ts'
import {
  featuresEqualFrozenTraining,
  finetune,
  trainHead,
} from '../../../spec/transfer/training.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { numbers } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { takesResponses } from './feature-extractor-faults.ts'
import {
  gradientIgnoresRectifiers,
  gradientIgnoresSoftmax,
  gradientOfOneHot,
  gradientStops,
  gradientSums,
  lossSums,
} from './network-faults.ts'
import {
  finetuneDecaysFrozen,
  finetuneFreezesMore,
  finetuneReshuffles,
  finetuneTrainsAll,
  headForgetsMomentum,
  headKeepsBias,
  headKeepsFirst,
  headStaysInBatch,
  headSumsBatch,
} from './training-faults.ts'

const [one, none] = [tensor([1, 1], [1]), tensor([1], [0])]

/** One unit a layer, all weights 1, x = 2, target 0. */
const inputs = {
  x: tensor([1, 1], [2]),
  targets: tensor([1, 1], [0]),
  weights1: one,
  biases1: none,
  weights2: one,
  biases2: none,
  head: one,
  bias: none,
}
const common = { loss: 'squares', rate: 0.5, momentum: 0, decay: 0, batch: 1 } as const

export const trainingProperties = properties(
  featuresEqualFrozenTraining,
  agreementTwice(networkLoss, { name: 'loss', kills: [lossSums] }, { share: 0.5 }),
  agreement(networkGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientSums, gradientStops, gradientIgnoresSoftmax, gradientIgnoresRectifiers],
  }),
  agreement(networkGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientSums, gradientIgnoresRectifiers, gradientOfOneHot],
  }),
  agreement(trainHead, 'integers', {
    kills: [headKeepsBias, headForgetsMomentum, headStaysInBatch, headSumsBatch],
  }),
  agreement(trainHead, 'reals', { kills: [headKeepsBias, headSumsBatch] }),
  agreement(finetune, 'integers', {
    name: 'network-exact',
    kills: [finetuneTrainsAll, finetuneFreezesMore, finetuneDecaysFrozen, finetuneReshuffles],
    share: 0.6,
  }),
  agreement(finetune, 'reals', {
    name: 'network-bounded',
    kills: [finetuneReshuffles],
    share: 0.5,
  }),
  law('same-training', {
    of: { ...finetune, parameters: trainHead.parameters },
    asks: [trainHead, finetune, denseDescriptors],
    title: 'the head and the losses are those of the frozen network',
    kills: [headForgetsMomentum, headStaysInBatch, headSumsBatch, headKeepsFirst, takesResponses],
    share: 0.4,
    async holds({ answer, arithmetic, inputs, measure, parameters }) {
      const { targets, head, bias, ...kept } = inputs
      const { descriptors } = await answer(denseDescriptors, kept, { layer: 2 })
      const stored = { descriptors: numbers(arithmetic, descriptors), targets, head, bias }
      const alone = await measure(trainHead, stored, parameters)
      const inside = await measure(finetune, inputs, { ...parameters, frozen: 2 })
      return (['head', 'bias', 'losses'] as const).map((label) => ({
        label,
        expected: inside[label],
        actual: alone[label],
      }))
    },
  }),
  worked('worked-by-hand', {
    of: finetune,
    title: 'one unit a layer, all weights 1, x = 2, target 0: frozen and not, steps of rate 1/2',
    kills: [finetuneTrainsAll, finetuneFreezesMore],
    cases: [
      // Every layer has the gradient 4 by its weight and 2 by its bias.
      {
        inputs,
        parameters: { ...common, steps: 1, frozen: 0 },
        gives: { weights1: [-1], weights2: [-1], head: [-1] },
      },
      {
        inputs,
        parameters: { ...common, steps: 1, frozen: 1 },
        gives: { weights1: [1], weights2: [-1], head: [-1] },
      },
      {
        inputs,
        parameters: { ...common, steps: 1, frozen: 2 },
        gives: { weights1: [1], weights2: [1], head: [-1] },
      },
      // In the second step the frozen layers give 2 again, the others no longer anything.
      {
        inputs,
        parameters: { ...common, steps: 2, frozen: 0 },
        gives: { losses: [2, 0.5], head: [-1] },
      },
      {
        inputs,
        parameters: { ...common, steps: 2, frozen: 2 },
        gives: { losses: [2, 4.5], head: [2] },
      },
    ],
  }),
)
