import { build } from '../../../reference/arithmetic/array.ts'
import { doubles, half, inOrder, single, toBits } from '../arithmetics.ts'
import { change, scalar, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what diagnoses training. */
export const trainingMistakes: readonly Mistake[] = [
  mistake(
    'training.quadratic',
    'shape',
    'takes the matrix for a diagonal one from three coordinates on',
    (the) => {
      if (the.sizes.D >= 3)
        return the.but({ matrix: change(the.inputs.matrix, (a, i, j) => (i === j ? a : 0)) })
    },
    { sizes: { D: 3 } },
  ),
  mistake(
    'training.quadratic',
    'size',
    'coordinates from the ninth on count as being at the minimum',
    (the) =>
      the.but({ x: change(the.inputs.x, (v, i) => (i >= 8 ? the.inputs.minimum.at(i) : v)) }),
    { sizes: { D: 9 } },
  ),
  mistake('training.quadratic', 'numeric', 'multiplies in half precision', (the) =>
    the.in(doubles({ multiply: (a, b) => half(half(a) * half(b)) })),
  ),
  mistake(
    'training.quadraticGradient',
    'term',
    'of a matrix that is not symmetric, takes the upper half for both',
    (the) => {
      const { matrix } = the.inputs
      return the.but({ matrix: change(matrix, (a, i, j) => (i > j ? matrix.at(j, i) : a)) })
    },
    { sizes: { D: 2 } },
  ),
  mistake(
    'training.quadraticGradient',
    'logic',
    'takes a negative gradient of what follows for 0, as behind a rectifier',
    (the) => the.but({ dLoss: scalar(Math.max(0, the.inputs.dLoss.at())) }),
  ),
  mistake(
    'training.descend',
    'range',
    'a rate of 0 is taken for 0.01',
    (the) => {
      if (the.parameters.rate === 0) return the.but({}, { rate: 0.01 })
    },
    { parameters: { rate: 0, steps: 2 } },
  ),
  mistake(
    'training.descend',
    'size',
    'from the fourth step on halves the rate',
    (the) => {
      const { rate, steps } = the.parameters
      const { trajectory } = the.right
      if (steps < 4) return
      const gentle = the.but(
        { start: build([the.sizes.D], (d) => trajectory.at(3, d)) },
        { rate: rate / 2, steps: steps - 3 },
      ).trajectory
      return { trajectory: change(trajectory, (v, t, d) => (t > 3 ? gentle.at(t - 3, d) : v)) }
    },
    { parameters: { steps: 4 } },
  ),
  mistake('training.descend', 'numeric', 'keeps the points in bfloat16', (the) => ({
    trajectory: change(the.right.trajectory, (v, t) => (t > 0 ? toBits(8)(v) : v)),
  })),
  mistake(
    'training.stepsToShrink',
    'special',
    'counts one step more where the number of steps is a power of 2',
    (the) => {
      const { steps } = the.right
      if (Number.isInteger(Math.log2(steps.at()))) return { steps: change(steps, (v) => v + 1) }
    },
  ),
  mistake(
    'training.stepsToShrink',
    'numeric',
    'takes two terms of the series of ln(1 − ηλ)',
    (the) => {
      const { rate, curvature, shrink } = the.parameters
      const step = rate * curvature
      return { exact: scalar(Math.log(shrink) / (-step - step ** 2 / 2)) }
    },
  ),
  mistake(
    'training.diagnoseRate',
    'size',
    'looks for rises in the first six epochs',
    (the) => {
      const { losses } = the.inputs
      return the.but({
        losses: change(losses, (v, t) =>
          t >= 6 && t < losses.shape[0] - 1 && Number.isFinite(v) ? losses.at(5) : v,
        ),
      })
    },
    { sizes: { T: 9 } },
  ),
  mistake(
    'training.diagnoseRate',
    'special',
    'calls a loss of exactly c₁ times the first diverging',
    (the) => {
      const { losses } = the.inputs
      if (losses.at(losses.shape[0] - 1) === the.parameters.growth * losses.at(0))
        return { diagnosis: scalar(0) }
    },
    { sizes: { T: 3 }, parameters: { growth: 1 }, elements: { losses: () => 2 } },
  ),
  mistake(
    'training.diagnoseRate',
    'special',
    'takes ∞ for a loss that was not measured',
    (the) => {
      const { losses } = the.inputs
      if (losses.data.some((v) => v === Number.POSITIVE_INFINITY)) return { diagnosis: scalar(2) }
    },
    { elements: { losses: (v, at) => (at === 0 ? Number.POSITIVE_INFINITY : v) } },
  ),
  mistake(
    'training.overfitGap',
    'special',
    'calls a gap of exactly τ₁ none',
    (the) => {
      const { gaps } = the.right
      if (gaps.at(gaps.shape[0] - 1) === the.parameters.little) return { diagnosis: scalar(0) }
    },
    {
      sizes: { T: 1 },
      parameters: { metric: 'accuracy', little: 2, strong: 4 },
      elements: { training: () => 3, validation: () => 1 },
    },
  ),
  mistake(
    'training.overfitGap',
    'range',
    'takes a negative threshold for 0',
    (the) => {
      const { little, strong } = the.parameters
      return the.but({}, { little: Math.max(0, little), strong: Math.max(little, 0, strong) })
    },
    { parameters: { little: -1, strong: 0.5 } },
  ),
  mistake(
    'training.turningPoint',
    'special',
    'an epoch that is better by less than 1e-4 is no better',
    (the) => {
      const { validation } = the.inputs
      let stop = 0
      for (let t = 1; t < validation.shape[0]; t++)
        if (validation.at(t) > validation.at(stop) + 1e-4) stop = t
      return { stop: scalar(stop) }
    },
    { elements: { validation: (_, at) => 1 + at * 2 ** -15 } },
  ),
  mistake(
    'training.turningPoint',
    'size',
    'stops at the eighth epoch at the latest',
    (the) => ({
      stop: change(the.right.stop, (v) => Math.min(v, 7)),
    }),
    { sizes: { T: 10 } },
  ),
  mistake(
    'training.turningPoint',
    'logic',
    'calls training that ends where it was an improvement',
    (the) => {
      const { training, validation } = the.inputs
      const [end, stop] = [training.shape[0] - 1, the.right.stop.at()]
      const falls =
        stop > 0 && stop < end && validation.at(end) < validation.at(stop) - the.parameters.drop
      if (falls && training.at(end) === training.at(stop))
        return { overparametrized: scalar(1), remedies: build([3], () => 1) }
    },
    {
      sizes: { T: 3 },
      parameters: { drop: 0 },
      elements: { training: () => 1, validation: (_, at) => at % 2 },
    },
  ),
  mistake('training.decayedLoss', 'range', 'takes a decay above 1 for 1', (the) =>
    the.but({}, { decay: Math.min(1, the.parameters.decay) }),
  ),
  mistake(
    'training.decayedLoss',
    'numeric',
    'expands the square of each miss, so that it cancels',
    (the) => {
      const { x, targets, weights } = the.inputs
      const answers = build(targets.shape, (n) =>
        weights.data.reduce((z, w, d) => z + x.at(n, d) * w, 0),
      )
      const terms = answers.data.flatMap((z, n) => [
        z * z,
        -2 * z * targets.at(n),
        targets.at(n) ** 2,
      ])
      const trainingError = inOrder(single)(terms.map(single)) / 2
      return { trainingError: scalar(trainingError) }
    },
    {
      sizes: { N: 2, D: 1 },
      elements: { x: () => 1, weights: () => 1000, targets: (v) => 1000 + v / 100 },
    },
  ),
  mistake(
    'training.decayedLossGradient',
    'term',
    'a batch of several samples: the decay counts once a sample',
    (the) => {
      const { decay } = the.parameters
      return { dWeights: the.but({}, { decay: decay * the.sizes.N }).dWeights }
    },
  ),
  mistake(
    'training.decayedLossGradient',
    'shape',
    'one feature: the gradient by the targets has the sign of that by the answers',
    (the) => {
      if (the.sizes.D === 1) return { dTargets: times(the.right.dTargets, -1) }
    },
  ),
  mistake('training.ridge', 'numeric', 'solves in bfloat16', (the) => {
    const { weights } = the.right
    return { weights: change(weights, toBits(8)) }
  }),
  mistake(
    'training.ridge',
    'size',
    'from three features on, does not penalize the third',
    (the) => {
      const { decay } = the.parameters
      const { weights } = the.right
      if (the.sizes.D >= 3 && decay > 0)
        return { weights: change(weights, (w, d) => (d === 2 ? w * (1 + decay) : w)) }
    },
    { sizes: { D: 3, N: 4 }, parameters: { decay: 1 } },
  ),
  mistake('training.ridge', 'term', 'gives the norm instead of its square', (the) => ({
    norm: change(the.right.norm, Math.sqrt),
  })),
]
