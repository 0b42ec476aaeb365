import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  expectedValueGradient as expectedGradientReference,
  expectedValue as expectedReference,
  valueGradient as gradientReference,
  value as reference,
} from '../../../reference/gan/value-function.ts'
import {
  expectedValue,
  expectedValueGradient,
  value,
  valueGradient,
} from '../../../spec/gan/value-function.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(value, reference)
const wrongGradient = faultsOf(valueGradient, gradientReference)
const wrongExpected = faultsOf(expectedValue, expectedReference)
const wrongExpectedGradient = faultsOf(expectedValueGradient, expectedGradientReference)

type Outputs = ReturnType<typeof reference<number>>
const f = Math.fround
const sigmoid = (a: number) => f(1 / f(1 + f(Math.exp(-a))))
const opposite = (a: NumberArray<number>) => changed(a, (v) => -v)

/** Both expectations from numbers of their own. */
function of(onReal: number, onGenerated: number): Outputs {
  return {
    value: scalar(onReal + onGenerated),
    onReal: scalar(onReal),
    onGenerated: scalar(onGenerated),
  }
}
const each = ({ onReal, onGenerated }: Outputs, change: (mean: number) => number) =>
  of(change(onReal.at()), change(onGenerated.at()))

/** Means of another function of the logits in place of ln σ. */
const byLogarithm = (name: string, logSigmoid: (a: number) => number) =>
  wrong.answer(name, ({ inputs: { real, generated } }) => {
    const mean = (a: NumberArray<number>) =>
      a.data.reduce((sum, v) => sum + logSigmoid(v), 0) / a.data.length
    return of(mean(real), mean(opposite(generated)))
  })

export const addsUp = wrong.outputs('adds up instead of averaging', (right, { sizes }) =>
  of(right.onReal.at() * sizes.M!, right.onGenerated.at() * sizes.S!),
)
export const averagesTogether = wrong.outputs(
  'divides both sums by the number of all samples, as the mean over one batch of both',
  ({ onReal, onGenerated }, { sizes }) => {
    const [M, S] = [sizes.M!, sizes.S!]
    return of((2 * onReal.at() * M) / (M + S), (2 * onGenerated.at() * S) / (M + S))
  },
)
export const halves = wrong.outputs('gives the mean of both expectations', ({ value }) => ({
  value: changed(value, (v) => v / 2),
}))
export const givesLoss = wrong.outputs('gives the loss, which is the negative', (right) =>
  each(right, (v) => -v),
)
export const countsBits = wrong.outputs('takes logarithms to the base of 2', (right) =>
  each(right, (v) => v / Math.LN2),
)
export const takesGeneratedForReal = wrong.inputs(
  'takes the logarithm of D for generated samples as well',
  ({ generated }) => ({ generated: opposite(generated) }),
)
export const swaps = wrong.outputs('exchanges both expectations', ({ onReal, onGenerated }) => ({
  onReal: onGenerated,
  onGenerated: onReal,
}))
export const logOfSigmoid = byLogarithm('takes the logarithm of the sigmoid', (a) =>
  Math.log(sigmoid(a)),
)
export const addsEpsilon = byLogarithm('adds 1e-8 to the sigmoid before the logarithm', (a) =>
  Math.log(sigmoid(a) + 1e-8),
)
export const cutsLogarithms = byLogarithm('cuts logarithms off at −100', (a) =>
  Math.max(-100, Math.log(sigmoid(a))),
)
export const gradientOfLoss = wrongGradient.inputs('gives the gradient of the loss', (given) => ({
  dValue: opposite(given.dValue),
}))
export const gradientOfSums = wrongGradient.outputs(
  'gives the gradient of the sums',
  ({ dReal, dGenerated }, { sizes: { M, S } }) => ({
    dReal: changed(dReal, (g) => g * M!),
    dGenerated: changed(dGenerated, (g) => g * S!),
  }),
)
export const ascendsGenerated = wrongGradient.outputs(
  'gives the gradient of ln D for generated samples, with 1 − D',
  (_, { inputs: { generated, dValue }, sizes: { S } }) => ({
    dGenerated: changed(generated, (a) => ((1 - sigmoid(a)) * dValue.at()) / S!),
  }),
)
export const byProbability = wrongGradient.outputs(
  'gives the derivative by the probability, without that of the sigmoid',
  ({ dReal, dGenerated }, { inputs: { real, generated } }) => ({
    dReal: changed(dReal, (g, m) => g / (sigmoid(real.at(m)) * sigmoid(-real.at(m)))),
    dGenerated: changed(
      dGenerated,
      (g, s) => g / (sigmoid(generated.at(s)) * sigmoid(-generated.at(s))),
    ),
  }),
)
export const stopsAtCertain = wrongGradient.outputs(
  'has no gradient where a probability is less than 1e-7, as behind a clip',
  ({ dReal }, { inputs: { real } }) => ({
    dReal: changed(dReal, (g, m) => (sigmoid(real.at(m)) < 1e-7 ? 0 : g)),
  }),
)

export const weighsAlike = wrongExpected.inputs('weighs points alike', ({ data, generated }) => ({
  data: filled(data.shape, 1),
  generated: filled(generated.shape, 1),
}))
export const weighsByData = wrongExpected.inputs(
  'weighs generated samples as the data',
  ({ data }) => ({ generated: data }),
)
export const exchangesWeights = wrongExpected.inputs(
  'exchanges both distributions',
  ({ data, generated }) => ({ data: generated, generated: data }),
)
export const addsWeighted = wrongExpected.outputs(
  'does not divide by the weights',
  ({ value }, { inputs: { data } }) => ({
    value: changed(value, (v) => v * data.data.reduce((sum, p) => sum + p, 0)),
  }),
)
export const nothingTimesInfinity = wrongExpected.answer(
  'takes logarithms of probabilities, so that weights of 0 meet infinities',
  ({ inputs: { logits, data, generated } }) => {
    const all = (weights: NumberArray<number>) => weights.data.reduce((sum, w) => sum + w, 0)
    const term = (w: number, a: number) => w * Math.log(sigmoid(a))
    const onReal = logits.data.reduce((sum, a, n) => sum + term(data.at(n), a), 0)
    const onGenerated = logits.data.reduce((sum, a, n) => sum + term(generated.at(n), -a), 0)
    return { value: scalar(onReal / all(data) + onGenerated / all(generated)) }
  },
)

export const climbsBoth = wrongExpectedGradient.outputs(
  'adds what generated samples pull',
  ({ dLogits }, { inputs, right }) => {
    const { dLogits: ofOpposite } = right(
      { ...inputs, logits: filled(dLogits.shape, 1e4), generated: inputs.generated },
      {},
    )
    // Where the discriminator is certain that all is real, generated samples pull by their shares.
    return {
      dLogits: changed(dLogits, (g, n) => g - 2 * sigmoid(inputs.logits.at(n)) * ofOpposite.at(n)),
    }
  },
)
export const gradientUnweighted = wrongExpectedGradient.inputs(
  'weighs points alike',
  ({ data, generated }) => ({
    data: filled(data.shape, 1),
    generated: filled(generated.shape, 1),
  }),
)
export const gradientUndivided = wrongExpectedGradient.outputs(
  'does not divide by the weights',
  ({ dLogits }, { inputs: { data } }) => ({
    dLogits: changed(dLogits, (g) => g * data.data.reduce((sum, p) => sum + p, 0)),
  }),
)
export const forgetsUpstream = wrongExpectedGradient.inputs(
  'forgets the derivative by the value',
  ({ dValue }) => ({ dValue: filled(dValue.shape, 1) }),
)
export const takesNegative = wrongExpected.outputs('gives the loss', ({ value }) => ({
  value: changed(value, (v) => -v),
}))
