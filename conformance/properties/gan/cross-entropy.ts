import { build } from '../../../reference/arithmetic/array.ts'
import {
  binaryCrossEntropy,
  binaryCrossEntropyGradient,
  isCrossEntropy,
} from '../../../spec/gan/cross-entropy.ts'
import { value } from '../../../spec/gan/value-function.ts'
import { array } from '../../../spec/language/operation.ts'
import type { Argument } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, joined, plain, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  addsLosses,
  forgetsLoss,
  givesLikelihood,
  halvesLoss,
  hardens,
  ofProbabilities,
  otherClass,
  realAlone,
  slopesByProbability,
  slopesOfSum,
  targetLessSigmoid,
} from './cross-entropy-faults.ts'
import { addsUp, averagesTogether, halves, takesGeneratedForReal } from './value-function-faults.ts'

/** Both batches as one, real samples first, with their classes. */
const together = (real: Argument, generated: Argument) => ({
  logits: joined(0, plain(real), plain(generated)),
  targets: joined(
    0,
    changed(real, () => 1),
    changed(generated, () => 0),
  ),
})

export const crossEntropyProperties = properties(
  isCrossEntropy,
  ...agreementTwice(
    binaryCrossEntropy,
    {
      kills: [addsLosses, halvesLoss, givesLikelihood, otherClass, hardens, realAlone],
      share: 0.6,
    },
    { kills: [ofProbabilities, hardens, realAlone, otherClass] },
  ),
  ...agreementTwice(binaryCrossEntropyGradient, {
    name: 'gradient',
    kills: [slopesOfSum, targetLessSigmoid, slopesByProbability, forgetsLoss],
    share: 0.5,
  }),
  law('minus-twice', {
    of: {
      dimensions: { M: value.dimensions.M },
      inputs: { real: value.inputs.real, generated: array('the logit of each generated one', 'M') },
      parameters: {},
    },
    asks: [binaryCrossEntropy, value],
    values: 'reals',
    title: 'of batches of one size the value is minus twice the loss',
    kills: [halvesLoss, addsLosses, givesLikelihood, otherClass, halves, addsUp],
    share: 0.4,
    async holds({ arithmetic: { exact, multiply }, inputs: { real, generated }, measure }) {
      const { value: found } = await measure(value, { real, generated }, {})
      const { loss } = await measure(binaryCrossEntropy, together(real, generated), {})
      return [{ label: 'V', expected: scalar(multiply(exact(-2), loss.at())), actual: found }]
    },
  }),
  law('of-both', {
    of: value,
    asks: [binaryCrossEntropy, value],
    values: 'reals',
    title: 'of other batches each mean counts as often as it has samples',
    kills: [addsLosses, otherClass, takesGeneratedForReal, averagesTogether],
    share: 0.3,
    async holds({ arithmetic, inputs: { real, generated }, measure, sizes: { M, S } }) {
      const { add, exact, multiply, negate } = arithmetic
      const { onReal, onGenerated } = await measure(value, { real, generated }, {})
      const { loss } = await measure(binaryCrossEntropy, together(real, generated), {})
      const likelihood = add(
        multiply(exact(M!), onReal.at()),
        multiply(exact(S!), onGenerated.at()),
      )
      return [
        {
          label: 'sum of losses',
          expected: scalar(negate(likelihood)),
          actual: scalar(multiply(exact(M! + S!), loss.at())),
        },
      ]
    },
  }),
  law('linear', {
    of: {
      ...binaryCrossEntropy,
      inputs: { ...binaryCrossEntropy.inputs, others: array('other targets', 'M') },
    },
    asks: [binaryCrossEntropy],
    title: 'half way between two targets it is the mean of both losses',
    kills: [hardens],
    share: 0.3,
    async holds({ arithmetic, inputs: { logits, targets, others }, measure }) {
      const { add, exact, multiply } = arithmetic
      const middle = changed(targets, (t, m) => (t + others.data[m]!) / 2)
      const at = async (targets: Argument) =>
        (await measure(binaryCrossEntropy, { logits, targets }, {})).loss
      const [one, other] = [await at(targets), await at(others)]
      return [
        {
          label: 'loss half way',
          expected: build([], () => multiply(exact(0.5), add(one.at(), other.at()))),
          actual: await at(middle),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: binaryCrossEntropy,
    title: 'no opinion and three to one against; and certain by 10,000, once wrongly',
    kills: [halvesLoss, otherClass, ofProbabilities],
    cases: [
      {
        says: '(ln 2 + ln 4) / 2',
        inputs: { logits: tensor([2], [0, 1.0986123]), targets: tensor([2], [1, 0]) },
        gives: { loss: [about('1.039721')] },
      },
      {
        says: 'certain by 10,000',
        inputs: { logits: tensor([2], [1e4, -1e4]), targets: tensor([2], [0, 0]) },
        gives: { loss: [5000] },
      },
    ],
  }),
)
