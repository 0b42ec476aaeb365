import type { Claim } from '../../conformance/experiments/experiment.ts'
import { type Ask, tensor } from './ask.ts'
import { classes, forTest, forTraining, loadDigits, pixels } from './digits.ts'
import {
  type Network,
  probabilitiesOf,
  scoresOf,
  shareRight,
  train,
  trainingInWords,
} from './network.ts'

export const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
const [hidden, epochs, again] = [64, 12, 6]
const small = { hidden: 16, rate: 0.01 }
const temperature = 4

let loaded: ReturnType<typeof loadDigits> | undefined
/** The digits, which are read when a claim first needs them. */
function digits() {
  loaded ??= loadDigits()
  return loaded
}

function accuracy(network: Network): number {
  const { test } = digits()
  return shareRight(scoresOf(network, test), test.labels)
}

/** The network of a seed. */
export const trained = (seed: number) => train(digits().training, { seed, epochs, hidden })

const setting = `A network of ${pixels}, ${hidden} and ${classes} units, ${seeds.length} seeds, trained for ${epochs} epochs on ${classes * forTraining} digits by ${trainingInWords}; the share of ${classes * forTest} others that it reads rightly.`

/** A network without some of its weights. */
async function pruned(ask: Ask, network: Network, share: number, scope: 'layer' | 'network') {
  const weights1 = tensor([pixels, hidden], network.weights1)
  const weights2 = tensor([hidden, classes], network.weights2)
  const { mask1, mask2 } = await ask(
    'pruning.byPercentage',
    { weights1, weights2 },
    { share, scope },
  )
  const keep = (weights: Float32Array, mask: ArrayLike<number>) =>
    weights.map((w, i) => (mask[i] === 0 ? 0 : w))
  return {
    masks: [mask1!.data, mask2!.data] as const,
    network: {
      ...network,
      weights1: keep(network.weights1, mask1!.data),
      weights2: keep(network.weights2, mask2!.data),
    },
  }
}

/** The hidden layer alone without some of its weights, and then trained again. */
async function prunedLayer(ask: Ask, network: Network, share: number, seed: number) {
  const { masks, network: sparse } = await pruned(ask, network, share, 'layer')
  const onlyFirst = { ...sparse, weights2: network.weights2 }
  const ones = new Float32Array(network.weights2.length).fill(1)
  const retrained = await train(digits().training, {
    seed,
    epochs: again,
    hidden,
    from: onlyFirst,
    masks: [masks[0], ones],
  })
  return { atOnce: accuracy(onlyFirst), retrained: accuracy(retrained) }
}

/** Two thirds of a fully connected layer are said to be of no use. */
export async function twoThirds(ask: Ask, networks: readonly Network[]): Promise<Claim> {
  const whole = networks.map(accuracy)
  const without: { atOnce: number; retrained: number }[] = []
  for (const [at, network] of networks.entries()) {
    without.push(await prunedLayer(ask, network, 0.65, seeds[at]!))
  }
  return {
    id: 'two-thirds',
    title: '65 % of a fully connected layer can be removed without a loss of accuracy',
    lines: [200, 200],
    clauses: ['pruning.percentage', 'pruning.iterative-retrain'],
    setting: `${setting} Of the hidden layer, 65 % of the weights are removed, the smallest ones; then what is left is trained for ${again} epochs more.`,
    margin: 0.005,
    comparisons: [
      {
        says: 'pruned and trained again, against whole',
        of: without.map((w) => w.retrained),
        with: whole,
      },
      {
        says: 'pruned and not trained again, against whole',
        of: without.map((w) => w.atOnce),
        with: whole,
      },
    ],
  }
}

/** One threshold for the network, or one for each layer. */
export async function globalOrLayerwise(ask: Ask, networks: readonly Network[]): Promise<Claim> {
  const comparisons = []
  for (const share of [0.65, 0.8, 0.9, 0.95]) {
    const [everywhere, layers]: number[][] = [[], []]
    for (const network of networks) {
      everywhere!.push(accuracy((await pruned(ask, network, share, 'network')).network))
      layers!.push(accuracy((await pruned(ask, network, share, 'layer')).network))
    }
    comparisons.push({
      says: `${100 * share} % removed over the network, against ${100 * share} % of each layer`,
      of: everywhere!,
      with: layers!,
    })
  }
  return {
    id: 'global-or-layerwise',
    title: 'Pruning over the whole network is better than pruning layer by layer',
    lines: [187, 187],
    clauses: ['pruning.percentage'],
    setting: `${setting} The smallest weights of both layers are removed, and nothing is trained again.`,
    margin: 0,
    comparisons,
  }
}

/** A small network that a larger one teaches. */
export async function taught(networks: readonly Network[]): Promise<Claim> {
  const [byTeacher, byLabels, byEnsemble]: number[][] = [[], [], []]
  const everyone = networks.map((network) =>
    probabilitiesOf(scoresOf(network, digits().training), temperature),
  )
  const mean = everyone[0]!.map(
    (_, i) => everyone.reduce((sum, p) => sum + p[i]!, 0) / everyone.length,
  )
  for (const [at, seed] of seeds.entries()) {
    const student = { seed: 100 + seed, epochs, ...small }
    const taughtBy = (probabilities: Float32Array) =>
      train(digits().training, { ...student, teacher: { probabilities, temperature } })
    byTeacher!.push(accuracy(await taughtBy(everyone[at]!)))
    byEnsemble!.push(accuracy(await taughtBy(mean)))
    byLabels!.push(accuracy(await train(digits().training, student)))
  }
  return {
    id: 'taught',
    title: 'A small network learns more from a larger one, or from several, than from labels',
    lines: [252, 254],
    clauses: ['distillation.teacher-student', 'distillation.temperature'],
    setting: `${setting} Students of ${small.hidden} hidden units learn from the same digits for ${epochs} epochs at rate ${small.rate}, at which none diverges: from labels, from what one network says at temperature ${temperature}, or from the mean of what all ${seeds.length} say.`,
    margin: 0,
    comparisons: [
      { says: 'taught by one network, against labels', of: byTeacher!, with: byLabels! },
      { says: 'taught by all networks, against labels', of: byEnsemble!, with: byLabels! },
    ],
  }
}

/** The mean of what several networks predict. */
export function together(networks: readonly Network[]): Claim {
  const { test } = digits()
  const each = networks.map((network) => probabilitiesOf(scoresOf(network, test), 1))
  const alone = networks.map(accuracy)
  // Without one seed at a time, so that there is a spread.
  const groups = seeds.map((_, left) => {
    const members = each.filter((_, at) => at !== left)
    const mean = members[0]!.map((_, i) => members.reduce((sum, p) => sum + p[i]!, 0))
    return shareRight(mean, test.labels)
  })
  const bestOf = seeds.map((_, left) => Math.max(...alone.filter((_, at) => at !== left)))
  return {
    id: 'together',
    title: 'The mean of several predictions is better than each of them',
    lines: [250, 250],
    clauses: ['distillation.ensemble-average'],
    setting: `${setting} The probabilities of ${seeds.length - 1} networks are averaged, each seed left out once, so that the groups have most members in common.`,
    margin: 0,
    comparisons: [{ says: 'the mean, against the best of its members', of: groups, with: bestOf }],
  }
}
