import { build, memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import {
  gradientPenaltyGradient as gradientReference,
  penalizedCritic as penalizedReference,
  penaltyPoints as pointsReference,
  gradientPenalty as reference,
} from '../../../reference/gan/wgan-penalty.ts'
import {
  gradientPenalty,
  gradientPenaltyGradient,
  penalizedCritic,
  penaltyPoints,
} from '../../../spec/gan/wgan-penalty.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongPoints = faultsOf(penaltyPoints, pointsReference)
const wrong = faultsOf(gradientPenalty, reference)
const wrongGradient = faultsOf(gradientPenaltyGradient, gradientReference)
const wrongCritic = faultsOf(penalizedCritic, penalizedReference)

export const exchangesShares = wrongPoints.inputs(
  'takes the share for that of the generated sample',
  ({ mix }) => ({
    mix: changed(mix, (v) => 1 - v),
  }),
)
export const oneShare = wrongPoints.inputs('takes one share for the whole batch', ({ mix }) => ({
  mix: changed(mix, () => mix.data[0]!),
}))
export const shareOfChannel = wrongPoints.outputs(
  'takes the shares for those of channels',
  (_, { inputs: { real, generated, mix } }) => ({
    x: build(real.shape, (...at) => {
      const share = mix.at(at[3]! % mix.shape[0]!)
      return share * real.at(...at) + (1 - share) * generated.at(...at)
    }),
  }),
)

const squares = (numbers: readonly number[]) => numbers.reduce((sum, v) => sum + v * v, 0)
const norm = (numbers: readonly number[]) => Math.sqrt(squares(numbers))

export const sumsPenalty = wrong.parameters(
  'adds up the penalties of a batch',
  ({ weight }, { sizes }) => ({
    weight: weight * sizes.M!,
  }),
)
export const forgetsWeight = wrong.parameters('forgets the weight', () => ({ weight: 1 }))
export const oneSided = wrong.answer(
  'penalizes longer slopes alone',
  ({ inputs: { slopes }, parameters, sizes }) => {
    const terms = Array.from({ length: sizes.M! }, (_, m) =>
      Math.max(0, norm(memberOf(slopes, m).data) - 1),
    )
    return { penalty: scalar((parameters.weight * squares(terms)) / sizes.M!) }
  },
)
export const normOfBatch = wrong.answer(
  'takes one norm of the whole batch',
  ({ inputs: { slopes }, parameters }) => ({
    penalty: scalar(parameters.weight * (norm(slopes.data) - 1) ** 2),
  }),
)
export const normOfPixels = wrong.answer(
  'takes a norm over channels alone, and the mean over pixels',
  ({ inputs: { slopes }, parameters, sizes: { K } }) => {
    const pixels = slopes.data.length / K!
    const terms = Array.from(
      { length: pixels },
      (_, at) => norm(slopes.data.slice(at * K!, (at + 1) * K!)) - 1,
    )
    return { penalty: scalar((parameters.weight * squares(terms)) / pixels) }
  },
)
export const squaredNorm = wrong.answer(
  'takes the square of the norm for the norm',
  ({ inputs: { slopes }, parameters, sizes }) => {
    const terms = Array.from({ length: sizes.M! }, (_, m) => squares(memberOf(slopes, m).data) - 1)
    return { penalty: scalar((parameters.weight * squares(terms)) / sizes.M!) }
  },
)
export const drawsToZero = wrong.answer(
  'draws slopes to 0',
  ({ inputs: { slopes }, parameters, sizes }) => ({
    penalty: scalar((parameters.weight * squares(slopes.data)) / sizes.M!),
  }),
)

export const withoutFactor = wrongGradient.outputs(
  'forgets the factor 2 of the square',
  ({ dSlopes }) => ({
    dSlopes: changed(dSlopes, (v) => v / 2),
  }),
)
export const undefinedAtZero = wrongGradient.outputs(
  'divides by the norm where it is 0',
  ({ dSlopes }, { inputs: { slopes } }) => ({
    dSlopes: build(slopes.shape, (m, ...at) =>
      norm(memberOf(slopes, m!).data) === 0 ? Number.NaN : dSlopes.at(m!, ...at),
    ),
  }),
)
export const gradientOfSum = wrongGradient.parameters(
  'does not divide by the samples',
  ({ weight }, { sizes }) => ({
    weight: weight * sizes.M!,
  }),
)
export const pushesAway = wrongGradient.parameters('pushes slopes away from 1', ({ weight }) => ({
  weight: -weight,
}))
export const undirected = wrongGradient.outputs(
  'gives the same to all numbers of a sample',
  ({ dSlopes }) => ({
    dSlopes: build(dSlopes.shape, (m) => norm(memberOf(dSlopes, m!).data)),
  }),
)

export const forgetsPenalty = wrongCritic.parameters('forgets the penalty', () => ({ weight: 0 }))
export const paysNegative = wrongCritic.parameters('climbs the penalty', ({ weight }) => ({
  weight: -weight,
}))
export const onRealOnly = wrongCritic.inputs('looks at slopes at real samples', ({ mix }) => ({
  mix: filled(mix.shape, 1),
}))
export const keepsLastWeights = wrongCritic.outputs(
  'takes the last weights for constants in the penalty',
  (_, { inputs, parameters, right }) => ({
    discriminatorOutput: right(inputs, { ...parameters, weight: 0 }).discriminatorOutput,
  }),
)
export const keepsHidden = wrongCritic.outputs(
  'takes the hidden weights for constants in the penalty',
  (_, { inputs, parameters, right }) => ({
    discriminatorHidden: right(inputs, { ...parameters, weight: 0 }).discriminatorHidden,
  }),
)
export const biasesPay = wrongCritic.outputs(
  'lets biases pay for slopes, too',
  (right, { parameters }) => ({
    discriminatorHiddenBias: changed(
      right.discriminatorHiddenBias,
      (v) => v - parameters.rate * parameters.weight,
    ),
  }),
)
export const descendsAll = wrongCritic.parameters('goes down what it should climb', ({ rate }) => ({
  rate: -rate,
}))
export const beginsAnew = wrongCritic.outputs(
  'begins every step at the start',
  (right, { sizes }) => ({
    discriminatorOutput: stacked(
      Array.from({ length: sizes.T! }, () => memberOf(right.discriminatorOutput, 0)),
    ),
  }),
)
