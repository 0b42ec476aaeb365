import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  ensembleCrossEntropyGradient as crossEntropyGradientReference,
  ensembleCrossEntropy as crossEntropyReference,
  ensembleGradient as gradientReference,
  ensemble as reference,
} from '../../../reference/distillation/ensemble-average.ts'
import {
  ensemble,
  ensembleCrossEntropy,
  ensembleCrossEntropyGradient,
  ensembleGradient,
} from '../../../spec/distillation/ensemble-average.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(ensemble, reference)
const wrongLog = faultsOf(ensembleCrossEntropy, crossEntropyReference)
const wrongGradient = faultsOf(ensembleGradient, gradientReference)
const wrongLogGradient = faultsOf(ensembleCrossEntropyGradient, crossEntropyGradientReference)

export const betterThanTheBest = wrong.outputs(
  'E-30 read literally: gives the ensemble no more error than its best member',
  ({ error, errors }) => {
    const T = errors.shape[0]!
    const best = (n: number) => Math.min(...Array.from({ length: T }, (_, m) => errors.at(m, n)))
    return { error: changed(error, (v, n) => Math.min(v, best(n))) }
  },
)

export const unbiased = wrong.outputs(
  'divides the ambiguity by one member less',
  ({ ambiguity }, { sizes: { T } }) => ({
    ambiguity: changed(ambiguity, (v) => (T! > 1 ? (v * T!) / (T! - 1) : v)),
  }),
)

export const sumsMembers = wrong.outputs(
  'adds the predictions up',
  ({ average }, { sizes: { T } }) => ({ average: changed(average, (v) => v * T!) }),
)

export const firstCountsTwice = wrong.inputs(
  'takes the first member for the last as well',
  ({ predictions }) => {
    const T = predictions.shape[0]!
    return {
      predictions: build(predictions.shape, (m, n, c) =>
        predictions.at(m === T - 1 ? 0 : m!, n!, c!),
      ),
    }
  },
)

export const ambiguityFromTarget = wrong.outputs(
  'takes the ambiguity around the target',
  ({ ambiguity, errors }, { sizes: { T } }) => ({
    ambiguity: changed(
      ambiguity,
      (_, n) =>
        Array.from({ length: T! }, (_, m) => errors.at(m, n)).reduce((sum, e) => sum + e, 0) / T!,
    ),
  }),
)

export const averagesLosses = wrongLog.outputs(
  'gives the mean of the losses for that of the ensemble',
  ({ loss, losses }) => {
    const T = losses.shape[0]!
    return {
      loss: changed(
        loss,
        (_, n) =>
          Array.from({ length: T }, (_, m) => losses.at(m, n)).reduce((sum, e) => sum + e, 0) / T,
      ),
    }
  },
)

export const averagesScores = wrongLog.answer(
  'averages the scores',
  ({ inputs: { z, targets }, right }) => {
    const [T, N, C] = z.shape as [number, number, number]
    const average = build([1, N, C], (_, n, c) => {
      const each = Array.from({ length: T }, (_, m) => memberOf(z, m).at(n, c))
      return each.reduce((sum, v) => sum + v, 0) / T
    })
    return { ...right({ z, targets }, {}), loss: right({ z: average, targets }, {}).loss }
  },
)

export const addsProbabilities = wrongLog.outputs(
  'forgets to divide the sum of the probabilities',
  ({ loss }, { inputs: { targets }, sizes: { T, C } }) => ({
    loss: changed(loss, (v, n) => {
      const whole = Array.from({ length: C! }, (_, c) => targets.at(n, c))
      return v - whole.reduce((sum, t) => sum + t, 0) * Math.log(T!)
    }),
  }),
)

export const multipliesProbabilities = wrongLog.outputs(
  'multiplies the probabilities of the members',
  ({ losses }, { sizes: { T, N } }) => ({
    loss: build([N!], (n) =>
      Array.from({ length: T! }, (_, m) => losses.at(m, n)).reduce((sum, e) => sum + e, 0),
    ),
  }),
)

export const gradientKeepsMembers = wrongGradient.inputs(
  'gives each member the whole gradient of the mean',
  ({ dAverage, dError, dAmbiguity, predictions }) => {
    const T = predictions.shape[0]!
    const whole = (d: typeof dError) => changed(d, (g) => g * T)
    return { dAverage: whole(dAverage), dError: whole(dError), dAmbiguity: whole(dAmbiguity) }
  },
)

export const gradientWithoutAmbiguity = wrongGradient.inputs(
  'takes the ambiguity for a constant',
  ({ dAmbiguity }) => ({ dAmbiguity: changed(dAmbiguity, () => 0) }),
)

export const gradientWithoutAverage = wrongGradient.inputs(
  'leaves the derivative by the average itself out',
  ({ dAverage }) => ({ dAverage: changed(dAverage, () => 0) }),
)

export const targetsAreConstants = wrongGradient.outputs(
  'takes the targets for constants',
  ({ dTargets }) => ({ dTargets: changed(dTargets, () => 0) }),
)

export const sharesEvenly = wrongLogGradient.answer(
  'gives all members as much of the gradient, whatever they said',
  ({ inputs, right }) => {
    const { z, targets, dLoss, dLosses } = inputs
    const T = z.shape[0]!
    const even = changed(dLosses, (g, at) => g + dLoss.data[at % dLoss.data.length]! / T)
    const none = changed(dLoss, () => 0)
    const { dz } = right({ z, targets, dLoss: none, dLosses: even }, {})
    return { ...right(inputs, {}), dz }
  },
)

export const forgetsMembersLosses = wrongLogGradient.inputs(
  'leaves the losses of the members out',
  ({ dLosses }) => ({ dLosses: changed(dLosses, () => 0) }),
)

export const targetsOfClasses = wrongLogGradient.outputs(
  'takes the targets for constants',
  ({ dTargets }) => ({ dTargets: changed(dTargets, () => 0) }),
)

export const forgetsNormalization = wrongLogGradient.answer(
  'goes back through the logarithms of probabilities, not through the softmax',
  ({ inputs, right }) => {
    const answer = right(inputs, {})
    const { z, targets, dLoss, dLosses } = inputs
    const [T, N, C] = z.shape as [number, number, number]
    const size = (m: number, n: number, c: number) => Math.exp(z.at(m, n, c))
    const whole = (m: number, n: number) =>
      Array.from({ length: C }, (_, c) => size(m, n, c)).reduce((sum, e) => sum + e, 0)
    const p = build([T, N, C], (m, n, c) => size(m!, n!, c!) / whole(m!, n!))
    const all = (n: number, c: number) =>
      Array.from({ length: T }, (_, m) => p.at(m, n, c)).reduce((sum, e) => sum + e, 0)
    return {
      ...answer,
      dz: build([T, N, C], (m, n, c) => {
        const share = p.at(m!, n!, c!) / all(n!, c!)
        return -targets.at(n!, c!) * (dLoss.at(n!) * share + dLosses.at(m!, n!))
      }),
    }
  },
)
