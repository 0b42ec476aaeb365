import type { Comparison, Study } from '../../conformance/experiments/experiment.ts'
import type { Ask } from './ask.ts'
import { federated, type Run, type Split, splits, trainTogether } from './federated.ts'

const seeds = [1, 2, 3, 4, 5]
/** The local steps that statements are about. */
const several = 20

const short = (x: number) => Number(x.toPrecision(5))

/** What came of each split and each number of local steps, seed by seed. */
export type Runs = ReadonlyMap<Split, readonly (readonly Run[])[]>

/** All runs that both studies are about; the first one twice, which must not differ. */
export async function runsTogether(ask: Ask): Promise<Runs> {
  const runs = new Map<Split, Run[][]>()
  for (const split of splits) {
    const bySeed: Run[][] = []
    for (const seed of seeds) {
      const own: Run[] = []
      for (const L of federated.localSteps) own.push(await trainTogether(ask, split, L, seed))
      bySeed.push(own)
    }
    runs.set(split, bySeed)
  }
  const [first] = splits
  const again = await trainTogether(ask, first!, federated.localSteps[0], seeds[0]!)
  const { rounds, drift } = runs.get(first!)![0]![0]!
  if (again.rounds !== rounds || again.drift !== drift)
    throw new Error(`the same run twice gave ${drift} and ${again.drift}`)
  return runs
}

function kindsOf(runs: Runs, of: (run: Run) => number): Study['kinds'] {
  return [...runs].map(([{ name }, seeds]) => ({
    name,
    seeds: seeds.map((own) => own.map((run) => short(of(run)))),
  }))
}

const { clients, share, batch, rate, target, mostRounds, roundsOfDrift, localSteps } = federated
const at = localSteps.indexOf(several)
const setting = `${clients} clients, of whom ${100 * share} % take part in a round, train a linear model with softmax on 3000 digits of the package mnist, 14 × 14 pixels each, from zeros: batches of ${batch}, rate ${rate}, ${seeds.length} seeds, of which each draws how points are shared out, who takes part, and all batches. Each client has as many points of each digit, or shares that are drawn for each digit from a Dirichlet distribution.`

/** How many rounds training takes, by local steps. */
export function roundsToAccuracy(runs: Runs): Study {
  const kinds = kindsOf(runs, ({ rounds }) => rounds)
  const comparisons = kinds.map(
    ({ name, seeds }): Comparison => ({
      says: `rounds that ${several} local steps save, ${name}, against none`,
      of: seeds.map((rounds) => short(1 - rounds[at]! / rounds[0]!)),
      with: seeds.map(() => 0),
    }),
  )
  const saved = comparisons.map(({ of }) => of)
  return {
    topic: 'Federated training',
    axis: 'local steps of a round',
    quantity: `rounds until ${100 * target} % of the test is read rightly`,
    places: localSteps,
    kinds,
    claim: {
      id: 'rounds-to-accuracy',
      title: 'Local steps save rounds, and save more where clients have the same kinds of points',
      lines: [565, 565],
      clauses: [
        'federated.fedavg.server',
        'federated.communication-reduction',
        'federated.noniid-partition',
        'federated.client-sampling',
      ],
      setting: `${setting} Counted are rounds until the model of the server first reads ${100 * target} % of 2000 other digits rightly, up to ${mostRounds}.`,
      margin: 0,
      comparisons: [
        ...comparisons,
        ...kinds.slice(1).map(({ name }, other) => ({
          says: `rounds that ${several} local steps save, even split, against ${name}`,
          of: saved[0]!,
          with: saved[other + 1]!,
        })),
      ],
    },
  }
}

/** How far clients go apart, by local steps. */
export function clientDrift(runs: Runs): Study {
  const kinds = kindsOf(runs, ({ drift }) => drift)
  const drifts = kinds.map(({ seeds }) => seeds.map((own) => own[at]!))
  return {
    topic: 'Federated training',
    axis: 'local steps of a round',
    quantity: 'distance of clients from their mean, as a share of how far the mean moves',
    places: localSteps,
    kinds,
    claim: {
      id: 'client-drift',
      title: 'Clients drift further apart in a round where their points differ in kind',
      lines: [565, 565],
      clauses: ['federated.fedavg.server', 'federated.convergence.noniid-bias'],
      setting: `The same runs, in the first ${roundsOfDrift} rounds: the root of the mean squared distance of the models that come back from their mean, weighted by points, divided by the distance of that mean from the model that was sent; the geometric mean over rounds. Compared is what it is with ${several} local steps.`,
      margin: 0,
      comparisons: kinds.slice(1).map(({ name }, other) => ({
        says: `drift, ${name}, against even split`,
        of: drifts[other + 1]!,
        with: drifts[0]!,
      })),
    },
  }
}
