import * as tf from '@tensorflow/tfjs-core'
import { stream } from '../../conformance/arbitraries/random.ts'
import type { Comparison, Study } from '../../conformance/experiments/experiment.ts'
import { addingSequences, inputs, varianceOfSums } from './adding.ts'
import { seeds } from './claims.ts'
import { errorsWhileLearning, learning } from './learning.ts'
import { normals } from './random.ts'
import { type Layer, layers } from './recurrent.ts'

const reach = { steps: 60, units: 32, sequences: 16, every: 5 } as const
const seedsOfLearning = [1, 2, 3]

/** Five digits are more than a plot or a table shows. */
const short = (x: number) => Number(x.toPrecision(5))

/** 0, every, 2 every, … up to a number. */
const placesUpTo = (most: number, every: number) =>
  Array.from({ length: most / every + 1 }, (_, i) => i * every)

/** What is measured of each kind of layer, seed by seed. */
async function measured(
  seeds: readonly number[],
  measure: (layer: Layer, seed: number) => Promise<readonly number[]>,
): Promise<Study['kinds']> {
  const kinds = []
  for (const layer of layers) {
    const curves: number[][] = []
    for (const seed of seeds) curves.push((await measure(layer, seed)).map(short))
    kinds.push({ name: layer.name, seeds: curves })
  }
  return kinds
}

/** Every kind of layer against the first one, by one number of each seed. */
function againstFirst(
  [first, ...others]: Study['kinds'],
  numberOf: (curve: readonly number[]) => number,
): readonly Comparison[] {
  const numbersOf = ({ seeds }: Study['kinds'][number]) => seeds.map(numberOf).map(short)
  return others.map((kind) => ({
    says: `${kind.name}, against ${first!.name}`,
    of: numbersOf(kind),
    with: numbersOf(first!),
  }))
}

/** The norms of a gradient that arrives at the last state, by how many steps earlier a state is. */
async function normsByDistance(layer: Layer, seed: number): Promise<readonly number[]> {
  const { steps, units, sequences, every } = reach
  const profile = tf.tidy(() => {
    const { x } = addingSequences(stream(seed, 'sequences'), steps, sequences)
    const direction = tf.tensor(normals(seed, 'arriving', sequences * units), [sequences, units])
    const dLast = tf.div(direction, tf.norm(direction))
    return layer.profile(tf.tensor(x, [steps, sequences, inputs]), layer.begin(seed, units), dLast)
  })
  const norms = await profile.data()
  profile.dispose()
  return placesUpTo(steps, every).map((distance) => norms[steps - distance]!)
}

/** How far back gradients reach in layers as they begin. */
export async function gradientReach(): Promise<Study> {
  const { steps, units, sequences, every } = reach
  const kinds = await measured(seeds, normsByDistance)
  return {
    topic: 'Gradients through time',
    axis: 'steps back from the last state',
    quantity: 'norm of the gradient by a state',
    places: placesUpTo(steps, every),
    kinds,
    claim: {
      id: 'gradient-reach',
      title:
        'Rectifiers, the identity as weights, and gates each pass on more of a gradient than tanh',
      lines: [403, 419],
      clauses: ['bptt.gradient-profile', 'lstm.bptt-gradient', 'gru.forward.gradient'],
      setting: `Layers of ${units} units as they begin, ${seeds.length} seeds, on ${sequences} sequences of ${steps} steps of the adding problem below. Where nothing else is said, weights are uniform between ±1/√${units} and biases 0; the bias of the forget gate is 1, and weights from the input are normal with a deviation of 1/1000 where those of the state are the identity. A gradient of norm 1 arrives at the last state, and the norm of what comes back to earlier ones is measured: to state and cell together, of long short-term memory. Compared is the share that a step passes on, in the geometric mean over all ${steps} steps.`,
      margin: 0,
      comparisons: againstFirst(kinds, (curve) => curve.at(-1)! ** (1 / steps)),
    },
  }
}

/** What layers learn where the answer depends on inputs that lie far back. */
export async function addingProblem(): Promise<Study> {
  const { steps, units, batch, updates, every, threshold, forTest } = learning
  const kinds = await measured(seedsOfLearning, errorsWhileLearning)
  const rates = layers.map(({ name, rate }) => `${rate} (${name})`).join(', ')
  return {
    topic: 'Gradients through time',
    axis: 'steps of training',
    quantity: 'mean square of the error',
    places: placesUpTo(updates, every),
    kinds,
    baseline: { says: 'the error of always answering 1, the mean', value: short(varianceOfSums) },
    claim: {
      id: 'adding-problem',
      title:
        'Rectifiers, the identity as weights, and gates learn more than tanh where what matters lies far back',
      lines: [395, 419],
      clauses: [
        'rnn.forward.gradient',
        'lstm.bptt-gradient',
        'gru.forward.gradient',
        'bptt.clipping',
      ],
      setting: `After Hochreiter and Schmidhuber (1997): of ${steps} numbers between 0 and 1, two are marked, one in each half, and after the last one the sum of both is asked for. Layers of ${units} units, which begin as above, ${seedsOfLearning.length} seeds, ${updates} steps of Adam on ${batch} new sequences each, gradients clipped by one norm of ${threshold}; learning rates ${rates}. Compared is the share of the variance of the sums, 1/6, that the answers to ${forTest} other sequences explain, which is below 0 where they are worse than the mean.`,
      margin: 0,
      comparisons: againstFirst(kinds, (curve) => 1 - curve.at(-1)! / varianceOfSums),
    },
  }
}
