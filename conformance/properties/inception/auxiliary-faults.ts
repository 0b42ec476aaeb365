import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
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
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrongTotalLoss = faultsOf(totalLoss, totalReference)
const wrongTrainingLoss = faultsOf(trainingLoss, lossReference)
const wrongTrainingGradient = faultsOf(trainingGradient, gradientReference)
const wrongInference = faultsOf(inference, inferenceReference)

export const averagesAll = wrongTotalLoss.answer('takes the mean of all losses', ({ inputs }) => {
  const all = [inputs.main.at(), ...inputs.auxiliary.data]
  return { loss: fromData([], [all.reduce((a, b) => a + b) / all.length]) }
})

export const countsAllFully = wrongTotalLoss.answer(
  'adds auxiliary losses in full',
  ({ inputs }) => {
    const all = [inputs.main.at(), ...inputs.auxiliary.data]
    return { loss: fromData([], [all.reduce((a, b) => a + b)]) }
  },
)

export const interpolates = wrongTotalLoss.outputs(
  'takes the weight away from the main loss',
  ({ loss }, { inputs, parameters }) => {
    return { loss: fromData([], [loss.at() - parameters.weight * inputs.main.at()]) }
  },
)

export const onlyFirstAuxiliary = wrongTotalLoss.inputs(
  'leaves out all auxiliary losses but the first',
  ({ auxiliary }) => ({ auxiliary: changed(auxiliary, (e, a) => (a === 0 ? e : 0)) }),
)

export const forgetsHalf = wrongTrainingLoss.outputs(
  'takes the squared distance instead of half of it',
  ({ loss, losses }) => {
    return { loss: changed(loss, (e) => 2 * e), losses: changed(losses, (e) => 2 * e) }
  },
)

export const favoursFirst = wrongTrainingLoss.outputs(
  'weights the last loss instead of the first ones',
  ({ losses }, { parameters }) => {
    const [first, second, main] = losses.data as [number, number, number]
    return { losses, loss: fromData([], [first + second + parameters.weight * main]) }
  },
)

export const tapsInput = wrongTrainingLoss.inputs('taps each stage at its entry', ({ trunk }) => {
  const late = build(trunk.shape, (s, i, j) => (s > 0 ? trunk.at(s - 1, i, j) : i === j ? 1 : 0))
  return { trunk: late }
})

export const gradientWithoutAuxiliary = wrongTrainingGradient.answer(
  'sends nothing back from the auxiliary classifiers into the trunk',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const main = right(inputs, { ...parameters, weight: 0 })
    return { ...main, dHeads: answer.dHeads }
  },
)

export const gradientUnweighted = wrongTrainingGradient.answer(
  'does not weight the gradients of the auxiliary classifiers',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { weight } = parameters
    if (weight === 0) return answer
    const dHeads = build(answer.dHeads.shape, (s, k, q) =>
      s === 2 ? answer.dHeads.at(s, k, q) : answer.dHeads.at(s, k, q) / weight,
    )
    return { ...answer, dHeads }
  },
)

export const gradientReachesAbove = wrongTrainingGradient.outputs(
  'lets an auxiliary gradient into the stage above its tap',
  (answer, { parameters }) => {
    const { dTrunk } = answer
    return {
      dTrunk: build(dTrunk.shape, (s, i, j) =>
        s === 2 ? dTrunk.at(2, i, j) + parameters.weight * dTrunk.at(1, i, j) : dTrunk.at(s, i, j),
      ),
    }
  },
)

export const gradientStopsAtTap = wrongTrainingGradient.outputs(
  'lets the main gradient end where an auxiliary classifier joins',
  (_, { inputs, parameters, right }) => {
    const { heads } = inputs
    const auxiliary = build(heads.shape, (s, k, q) => (s === 2 ? 0 : heads.at(s, k, q)))
    return { dx: right({ ...inputs, heads: auxiliary }, parameters).dx }
  },
)

export const gradientIgnoresSlope = wrongTrainingGradient.parameters(
  'leaves out the slope of tanh',
  () => ({ activation: 'linear' }),
)

export const votes = wrongInference.answer(
  'takes the mean of the answers of all classifiers',
  ({ inputs, parameters, right }) => {
    const answers = [0, 1, 2].map((tap) => tapped(inputs, tap, (it) => right(it, parameters).z))
    const [first, second, main] = answers as [Numbers, Numbers, Numbers]
    return { z: changed(main, (z, k) => (z + first.data[k]! + second.data[k]!) / 3) }
  },
)

export const addsAuxiliary = wrongInference.answer(
  'adds three tenths of the auxiliary answers, as in training',
  ({ inputs, parameters, right }) => {
    const answers = [0, 1, 2].map((tap) => tapped(inputs, tap, (it) => right(it, parameters).z))
    const [first, second, main] = answers as [Numbers, Numbers, Numbers]
    return { z: changed(main, (z, k) => z + 0.3 * (first.data[k]! + second.data[k]!)) }
  },
)

export const firstClassifier = wrongInference.inputs(
  'answers with the first classifier',
  ({ heads }) => {
    const exchanged = build(heads.shape, (s, k, q) => heads.at(2 - s, k, q))
    return { heads: exchanged }
  },
)

interface Network {
  readonly x: Numbers
  readonly trunk: Numbers
  readonly heads: Numbers
}

/** The answer with the weights of another classifier in the place of the main one. */
function tapped(inputs: Network, tap: number, ask: (inputs: Network) => Numbers): Numbers {
  const { heads } = inputs
  const moved = build(heads.shape, (s, k, q) => heads.at(s === 2 ? tap : s, k, q))
  return ask({ ...inputs, heads: moved })
}
