import { build } from '../../../reference/arithmetic/array.ts'
import {
  trainingGradient as gradientReference,
  inference as inferenceReference,
  trainingLoss as lossReference,
  totalLoss as totalReference,
} from '../../../reference/inception/auxiliary.ts'
import {
  inference,
  totalLoss,
  trainingGradient,
  trainingLoss,
} from '../../../spec/inception/auxiliary.ts'
import { changed, permuted, scalar } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

const wrongTotal = faultsOf(totalLoss, totalReference)
const wrongLoss = faultsOf(trainingLoss, lossReference)
const wrongGradient = faultsOf(trainingGradient, gradientReference)
const wrongInference = faultsOf(inference, inferenceReference)

export const averagesAll = wrongTotal.answer(
  'takes the mean of all losses',
  ({ inputs: { main, auxiliary }, sizes: { A } }) => ({
    loss: scalar(auxiliary.data.reduce((a, b) => a + b, main.at()) / (A + 1)),
  }),
)

export const countsAllFully = wrongTotal.answer(
  'adds auxiliary losses in full',
  ({ inputs: { main, auxiliary } }) => ({
    loss: scalar(auxiliary.data.reduce((a, b) => a + b, main.at())),
  }),
)

export const interpolates = wrongTotal.outputs(
  'takes the weight away from the main loss',
  ({ loss }, { inputs: { main }, parameters: { weight } }) => ({
    loss: scalar(loss.at() - weight * main.at()),
  }),
)

export const onlyFirstAuxiliary = wrongTotal.inputs(
  'leaves out all auxiliary losses but the first',
  ({ auxiliary }) => ({ auxiliary: changed(auxiliary, (e, a) => (a === 0 ? e : 0)) }),
)

export const acceptsAnyWeight = wrongTotal.accepts(
  'lets an auxiliary loss count as much as the main one',
  ({ main }) => ({ loss: main! }),
)

export const forgetsHalf = wrongLoss.outputs(
  'takes the squared distance instead of half of it',
  ({ loss, losses }) => ({
    loss: changed(loss, (e) => 2 * e),
    losses: changed(losses, (e) => 2 * e),
  }),
)

export const favoursFirst = wrongLoss.outputs(
  'weights the last loss instead of the first ones',
  ({ losses }, { parameters: { weight } }) => ({
    loss: scalar(losses.at(0) + losses.at(1) + weight * losses.at(2)),
  }),
)

export const tapsInput = wrongLoss.inputs('taps each stage at its entry', ({ trunk }) => ({
  trunk: build(trunk.shape, (s, i, j) => (s > 0 ? trunk.at(s - 1, i, j) : i === j ? 1 : 0)),
}))

export const gradientWithoutAuxiliary = wrongGradient.outputs(
  'sends nothing back from the auxiliary classifiers into the trunk',
  ({ dHeads }, { inputs, parameters, right }) => ({
    ...right(inputs, { ...parameters, weight: 0 }),
    dHeads,
  }),
)

export const gradientUnweighted = wrongGradient.outputs(
  'does not weight the gradients of the auxiliary classifiers',
  ({ dHeads }, { parameters: { weight } }) => ({
    dHeads: build(dHeads.shape, (s, ...at) => dHeads.at(s, ...at) / (s === 2 ? 1 : weight || 1)),
  }),
)

export const gradientReachesAbove = wrongGradient.outputs(
  'lets an auxiliary gradient into the stage above its tap',
  ({ dTrunk }, { parameters: { weight } }) => ({
    dTrunk: build(
      dTrunk.shape,
      (s, i, j) => dTrunk.at(s, i, j) + (s === 2 ? weight * dTrunk.at(1, i, j) : 0),
    ),
  }),
)

export const gradientStopsAtTap = wrongGradient.outputs(
  'lets the main gradient end where an auxiliary classifier joins',
  (_, { inputs, parameters, right }) => {
    const heads = build(inputs.heads.shape, (s, ...at) => (s === 2 ? 0 : inputs.heads.at(s, ...at)))
    return { dx: right({ ...inputs, heads }, parameters).dx }
  },
)

export const gradientIgnoresSlope = wrongGradient.parameters(
  'leaves out the slope of tanh',
  () => ({
    activation: 'linear',
  }),
)

/** The answer of one of the classifiers, as if it were the main one. */
function answerOf(tap: number, { inputs, parameters, right }: Question<typeof inference>) {
  const heads = permuted(inputs.heads, (s, k, q) => [s === 2 ? tap : s, k, q])
  return right({ ...inputs, heads }, parameters).z
}

export const votes = wrongInference.outputs(
  'takes the mean of the answers of all classifiers',
  ({ z }, question) => {
    const [first, second] = [answerOf(0, question), answerOf(1, question)]
    return { z: build(z.shape, (...at) => (z.at(...at) + first.at(...at) + second.at(...at)) / 3) }
  },
)

export const addsAuxiliary = wrongInference.outputs(
  'adds three tenths of the auxiliary answers, as in training',
  ({ z }, question) => {
    const [first, second] = [answerOf(0, question), answerOf(1, question)]
    const others = (...at: number[]) => first.at(...at) + second.at(...at)
    return { z: build(z.shape, (...at) => z.at(...at) + 0.3 * others(...at)) }
  },
)

export const firstClassifier = wrongInference.inputs(
  'answers with the first classifier',
  ({ heads }) => ({ heads: permuted(heads, (s, k, q) => [2 - s, k, q]) }),
)
