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
import { fault, mapArray } from '../../kit/fault.ts'

type Numbers = NumberArray<number>

export const averagesAll = fault(
  totalLoss,
  totalReference,
  'takes the mean of all losses',
  ({ inputs }) => {
    const all = [inputs.main.at(), ...inputs.auxiliary.data]
    return { loss: fromData([], [all.reduce((a, b) => a + b) / all.length]) }
  },
)

export const countsAllFully = fault(
  totalLoss,
  totalReference,
  'adds auxiliary losses in full',
  ({ inputs }) => {
    const all = [inputs.main.at(), ...inputs.auxiliary.data]
    return { loss: fromData([], [all.reduce((a, b) => a + b)]) }
  },
)

export const interpolates = fault(
  totalLoss,
  totalReference,
  'takes the weight away from the main loss',
  ({ inputs, parameters, right }) => {
    const { loss } = right(inputs, parameters)
    return { loss: fromData([], [loss.at() - parameters.weight * inputs.main.at()]) }
  },
)

export const onlyFirstAuxiliary = fault(
  totalLoss,
  totalReference,
  'leaves out all auxiliary losses but the first',
  ({ inputs, parameters, right }) =>
    right(
      { ...inputs, auxiliary: mapArray(inputs.auxiliary, (e, a) => (a === 0 ? e : 0)) },
      parameters,
    ),
)

export const forgetsHalf = fault(
  trainingLoss,
  lossReference,
  'takes the squared distance instead of half of it',
  ({ inputs, parameters, right }) => {
    const { loss, losses } = right(inputs, parameters)
    return { loss: mapArray(loss, (e) => 2 * e), losses: mapArray(losses, (e) => 2 * e) }
  },
)

export const favoursFirst = fault(
  trainingLoss,
  lossReference,
  'weights the last loss instead of the first ones',
  ({ inputs, parameters, right }) => {
    const { losses } = right(inputs, parameters)
    const [first, second, main] = losses.data as [number, number, number]
    return { losses, loss: fromData([], [first + second + parameters.weight * main]) }
  },
)

export const tapsInput = fault(
  trainingLoss,
  lossReference,
  'taps each stage at its entry',
  ({ inputs, parameters, right }) => {
    const { trunk } = inputs
    const late = build(trunk.shape, (s, i, j) => (s > 0 ? trunk.at(s - 1, i, j) : i === j ? 1 : 0))
    return right({ ...inputs, trunk: late }, parameters)
  },
)

export const gradientWithoutAuxiliary = fault(
  trainingGradient,
  gradientReference,
  'sends nothing back from the auxiliary classifiers into the trunk',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const main = right(inputs, { ...parameters, weight: 0 })
    return { ...main, dHeads: answer.dHeads }
  },
)

export const gradientUnweighted = fault(
  trainingGradient,
  gradientReference,
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

export const gradientReachesAbove = fault(
  trainingGradient,
  gradientReference,
  'lets an auxiliary gradient into the stage above its tap',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { dTrunk } = answer
    return {
      ...answer,
      dTrunk: build(dTrunk.shape, (s, i, j) =>
        s === 2 ? dTrunk.at(2, i, j) + parameters.weight * dTrunk.at(1, i, j) : dTrunk.at(s, i, j),
      ),
    }
  },
)

export const gradientStopsAtTap = fault(
  trainingGradient,
  gradientReference,
  'lets the main gradient end where an auxiliary classifier joins',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { heads } = inputs
    const auxiliary = build(heads.shape, (s, k, q) => (s === 2 ? 0 : heads.at(s, k, q)))
    return { ...answer, dx: right({ ...inputs, heads: auxiliary }, parameters).dx }
  },
)

export const gradientIgnoresSlope = fault(
  trainingGradient,
  gradientReference,
  'leaves out the slope of tanh',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, activation: 'linear' }),
)

export const votes = fault(
  inference,
  inferenceReference,
  'takes the mean of the answers of all classifiers',
  ({ inputs, parameters, right }) => {
    const answers = [0, 1, 2].map((tap) => tapped(inputs, tap, (it) => right(it, parameters).z))
    const [first, second, main] = answers as [Numbers, Numbers, Numbers]
    return { z: mapArray(main, (z, k) => (z + first.data[k]! + second.data[k]!) / 3) }
  },
)

export const addsAuxiliary = fault(
  inference,
  inferenceReference,
  'adds three tenths of the auxiliary answers, as in training',
  ({ inputs, parameters, right }) => {
    const answers = [0, 1, 2].map((tap) => tapped(inputs, tap, (it) => right(it, parameters).z))
    const [first, second, main] = answers as [Numbers, Numbers, Numbers]
    return { z: mapArray(main, (z, k) => z + 0.3 * (first.data[k]! + second.data[k]!)) }
  },
)

export const firstClassifier = fault(
  inference,
  inferenceReference,
  'answers with the first classifier',
  ({ inputs, parameters, right }) => {
    const { heads } = inputs
    const exchanged = build(heads.shape, (s, k, q) => heads.at(2 - s, k, q))
    return right({ ...inputs, heads: exchanged }, parameters)
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
