import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  personalizedObjectiveGradient as gradientReference,
  personalizedOptimum as optimumReference,
  personalizedObjective as reference,
} from '../../../reference/federated/personalized.ts'
import {
  personalizedObjective,
  personalizedObjectiveGradient,
  personalizedOptimum,
} from '../../../spec/federated/personalized.ts'
import { changed, filled, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(personalizedObjective, reference)
const wrongGradient = faultsOf(personalizedObjectiveGradient, gradientReference)
const wrongOptimum = faultsOf(personalizedOptimum, optimumReference)

/** The mean of models over clients. */
function meanOf(models: Numbers): Numbers {
  const [K, ...shape] = models.shape as [number, ...number[]]
  return build(shape, (...at) => {
    let sum = 0
    for (let k = 0; k < K; k++) sum += models.at(k, ...at)
    return sum / K
  })
}

export const penaltyWithoutHalf = wrong.parameters(
  'has the factor λ/K, not λ/(2K)',
  ({ weight }) => ({
    weight: 2 * weight,
  }),
)

export const penaltySummed = wrong.parameters(
  'adds squared distances up instead of taking their mean',
  ({ weight }, { sizes }) => ({ weight: weight * sizes.K! }),
)

export const pullsToZero = wrong.outputs(
  'measures how far models are from zero',
  (_, { inputs, inputs: { w, b }, parameters, parameters: { weight }, sizes, right }) => {
    const alone = right(inputs, { ...parameters, weight: 0 }).objective.at()
    const squares = [...w.data, ...b.data].reduce((sum, x) => sum + x * x, 0)
    return { objective: scalar(alone + (weight / (2 * sizes.K!)) * squares) }
  },
)

export const weightsAlone = wrong.outputs(
  'leaves biases out of the penalty',
  ({ objective }, { inputs: { b }, parameters: { weight }, sizes }) => {
    const middle = meanOf(b)
    const squares = b.data.reduce(
      (sum, x, at) => sum + (x - middle.data[at % middle.data.length]!) ** 2,
      0,
    )
    return { objective: scalar(objective.at() - (weight / (2 * sizes.K!)) * squares) }
  },
)

export const countsPadding = wrong.inputs('counts padding as points', ({ counts }, { sizes }) => ({
  counts: filled(counts.shape, sizes.N!),
}))

export const sumsPoints = wrong.outputs(
  'adds losses of points up instead of taking their mean',
  ({ objective }, { inputs, parameters, sizes, right }) => {
    const { counts } = inputs
    let found = objective.at()
    for (let k = 0; k < sizes.K!; k++) {
      const n = counts.at(k)
      const none = changed(counts, (m, at) => (at === k ? 0 : m))
      const without = right({ ...inputs, counts: none }, parameters).objective.at()
      found += (n - 1) * (objective.at() - without) * (n > 0 ? 1 : 0)
    }
    return { objective: scalar(found) }
  },
)

export const gradientPullsToZero = wrongGradient.outputs(
  'pulls models to zero instead of their mean',
  ({ dw, db }, { inputs: { w, b, dObjective }, parameters: { weight }, sizes }) => {
    const more = (slopes: Numbers, models: Numbers) => {
      const mean = meanOf(models)
      const factor = (dObjective.at() * weight) / sizes.K!
      return build(slopes.shape, (k, ...at) => slopes.at(k, ...at) + factor * mean.at(...at))
    }
    return { dw: more(dw, w), db: more(db, b) }
  },
)

export const gradientWithoutShare = wrongGradient.inputs(
  'does not divide by the number of clients',
  ({ dObjective }, { sizes }) => ({ dObjective: scalar(dObjective.at() * sizes.K!) }),
)

export const gradientForgetsFactor = wrongGradient.inputs(
  'takes 1 for the derivative by the objective',
  () => ({ dObjective: scalar(1) }),
)

export const pushesApart = wrongGradient.parameters(
  'pushes models away from their mean',
  ({ weight }) => ({ weight: -weight }),
)

export const differentiatesMeanTwice = wrongGradient.parameters(
  'has the factor 1 − 1/K of the pull, as if the mean moved with one model alone',
  ({ weight }, { sizes }) => ({ weight: weight * (1 - 1 / sizes.K!) }),
)

export const gradientOfWeightsAlone = wrongGradient.outputs(
  'gives no gradient by biases',
  ({ db }) => ({ db: zeros(db.shape) }),
)

export const gradientCountsPadding = wrongGradient.inputs(
  'counts padding as points',
  ({ counts }, { sizes }) => ({ counts: filled(counts.shape, sizes.N!) }),
)

export const trainsAlone = wrongOptimum.outputs(
  'leaves every client where its own loss is smallest',
  (_, { inputs: { centres } }) => ({ models: centres }),
)

export const sharesOne = wrongOptimum.outputs(
  'gives the same model to all clients',
  ({ models, mean }) => ({ models: build(models.shape, (_, i) => mean.at(i)) }),
)

export const plainMean = wrongOptimum.outputs(
  'takes the mean of the minima',
  ({ models }, { inputs: { curvatures: h, centres: c }, parameters: { weight } }) => {
    const mean = meanOf(c)
    return {
      mean,
      models: build(
        models.shape,
        (k, i) => (h.at(k, i) * c.at(k, i) + weight * mean.at(i)) / (h.at(k, i) + weight),
      ),
    }
  },
)

export const byCurvatures = wrongOptimum.outputs(
  'takes the mean that an endless λ would give',
  ({ models }, { inputs: { curvatures: h, centres: c }, parameters: { weight } }) => {
    const mean = build([h.shape[1]!], (i) => {
      let [above, below] = [0, 0]
      for (let k = 0; k < h.shape[0]!; k++) {
        above += h.at(k, i) * c.at(k, i)
        below += h.at(k, i)
      }
      return above / below
    })
    return {
      mean,
      models: build(
        models.shape,
        (k, i) => (h.at(k, i) * c.at(k, i) + weight * mean.at(i)) / (h.at(k, i) + weight),
      ),
    }
  },
)

export const swapsShares = wrongOptimum.outputs(
  'takes the share of the mean for that of the own minimum',
  ({ models, mean }, { inputs: { centres: c } }) => ({
    models: build(models.shape, (k, i) => c.at(k, i) + mean.at(i) - models.at(k, i)),
  }),
)
