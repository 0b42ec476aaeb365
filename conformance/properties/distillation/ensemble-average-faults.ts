import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  ensembleCrossEntropy as crossEntropyReference,
  ensemble as reference,
} from '../../../reference/distillation/ensemble-average.ts'
import { ensemble, ensembleCrossEntropy } from '../../../spec/distillation/ensemble-average.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(ensemble, reference)
const wrongLog = faultsOf(ensembleCrossEntropy, crossEntropyReference)

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
