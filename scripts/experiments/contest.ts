import { stream } from '../../conformance/arbitraries/random.ts'
import type { Claim, Comparison, Mixture, Study } from '../../conformance/experiments/experiment.ts'
import { games } from './games.ts'
import { kendall } from './kendall.ts'
import { countsOfModes, coveredModes, middles, mixture, mixtureSamples } from './mixture.ts'
import { play, playing, type Sight } from './players.ts'

const seeds = [1, 2, 3, 4, 5]
/** How many samples are shown of those that are counted. */
const shown = 400

const short = (x: number) => Number(x.toPrecision(5))

/** What was seen of each game, seed by seed. */
export type Contest = readonly (readonly (readonly Sight[])[])[]

/** All games with all seeds; the first one twice, which must not differ. */
export async function contest(): Promise<Contest> {
  const all: (readonly Sight[])[][] = []
  for (const game of games) {
    const bySeed: (readonly Sight[])[] = []
    for (const seed of seeds) bySeed.push(await play(game, seed))
    all.push(bySeed)
  }
  const again = await play(games[0]!, seeds[0]!)
  for (const [at, { generator }] of again.entries()) {
    const first = all[0]![0]![at]!.generator
    if (generator !== first) throw new Error(`the same run twice gave ${first} and ${generator}`)
  }
  return all
}

const { units, noise, batch, rate, memory, steps, every, forTest } = playing
const places = Array.from({ length: steps / every + 1 }, (_, i) => i * every)
const axis = 'steps of the generator'
const topic = 'Networks against each other'
const clauses = [
  'gan.disc-update',
  'gan.gen-update',
  'gan.gen.through-discriminator',
  'gan.wgan.critic-loss',
]

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
const covered = ({ counts }: Sight) => coveredModes(counts, forTest)
const nearby = ({ counts }: Sight) => total(counts) / forTest
const mean = (numbers: readonly number[]) => total(numbers) / numbers.length

const setting = `A generator with ${units} hidden units of tanh makes points of the plane of ${noise} normal numbers, and a discriminator with ${units} leaky rectifiers judges them beside points of ${mixture.modes} Gaussians on a circle of radius ${mixture.radius}, with deviation ${mixture.deviation}. Batches of ${batch}, Adam with rate ${rate} and β = ${memory.join(' and ')}; ${steps} steps of the generator, ${games.map(({ name, turns }) => `${turns} (${name})`).join(', ')} of the discriminator before each, whose parameters are cut off at ±${games[2]!.limit} for Wasserstein's loss; ${seeds.length} seeds, which draw weights, points and noise. Rates, initial sizes and the limit were chosen by looking at the first two of these seeds.`
const rule = `A sample belongs to a mode within ${mixture.reach} deviations of its middle, where ${(100 * (1 - Math.exp(-(mixture.reach ** 2) / 2))).toFixed(1)} % of the mixture are. A mode is covered where at least ${mixture.covers * forTest} of ${forTest} samples belong to it, a fifth of an equal share.`

function kindsOf(contest: Contest, of: (sight: Sight) => number): Study['kinds'] {
  return games.map(({ name }, at) => ({
    name,
    seeds: contest[at]!.map((sights) => sights.map((sight) => short(of(sight)))),
  }))
}

/** One number of each run: both other losses against the saturating one, and Wasserstein's against the other. */
function compared(kinds: Study['kinds'], of: (curve: readonly number[]) => number) {
  const numbers = kinds.map(({ seeds }) => seeds.map((curve) => short(of(curve))))
  const pairs = [
    [1, 0],
    [2, 0],
    [2, 1],
  ] as const
  return pairs.map(
    ([one, other]): Comparison => ({
      says: `${kinds[one]!.name}, against ${kinds[other]!.name}`,
      of: numbers[one]!,
      with: numbers[other]!,
    }),
  )
}

/** How many modes are covered, by steps. */
export function modeCoverage(contest: Contest): Study {
  const kinds = kindsOf(contest, covered)
  return {
    topic,
    axis,
    quantity: `modes of ${mixture.modes} that are covered`,
    places,
    isLinear: true,
    kinds,
    claim: {
      id: 'mode-coverage',
      title:
        'The non-saturating loss covers more modes than the saturating one, and Wasserstein’s more than both',
      lines: [706, 713],
      clauses,
      setting: `${setting} ${rule} Compared is the share of the modes that is covered, in the mean over all measurements after the first.`,
      margin: 0,
      comparisons: compared(kinds, (curve) => mean(curve.slice(1)) / mixture.modes),
    },
  }
}

/** How many samples belong to a mode, by steps. */
export function modeQuality(contest: Contest): Study {
  const kinds = kindsOf(contest, nearby)
  return {
    topic,
    axis,
    quantity: 'share of the samples that belong to a mode',
    places,
    isLinear: true,
    kinds,
    claim: {
      id: 'mode-quality',
      title:
        'The non-saturating loss makes better samples than the saturating one, and Wasserstein’s better ones than both',
      lines: [709, 713],
      clauses,
      setting: `The same runs. Compared is the share of ${forTest} samples that belong to a mode after the last step.`,
      margin: 0,
      comparisons: compared(kinds, (curve) => curve.at(-1)!),
    },
  }
}

/** Whether losses tell how good samples are. */
export function lossAndQuality(contest: Contest): Claim {
  const ranked = (at: number, loss: (sight: Sight) => number) =>
    contest[at]!.map((sights) => {
      const later = sights.slice(1)
      return short(
        kendall(
          later.map(loss),
          later.map((sight) => 1 - nearby(sight)),
        ),
      )
    })
  const ofCritic = ranked(2, ({ discriminator }) => -discriminator)
  const ofGenerators = games.slice(0, 2).map((_, at) => ranked(at, ({ generator }) => generator))
  return {
    id: 'loss-and-quality',
    title: 'What a critic measures follows the quality of samples more closely than losses do',
    lines: [702, 713],
    clauses,
    setting: `The runs of “${topic}” below. Kendall’s τ of two rankings of the measurements after the first: by the share of samples that belong to no mode, and by what Wasserstein’s critic measures, or by the loss of the generator. It is 100 % where both are the same, −100 % where one is the reverse, and 0 where neither tells of the other.`,
    margin: 0,
    comparisons: ofGenerators.map((ofGenerator, at) => ({
      says: `Wasserstein, against ${games[at]!.name}`,
      of: ofCritic,
      with: ofGenerator,
    })),
  }
}

const pointsOf = (samples: Float32Array) =>
  Array.from({ length: shown }, (_, n) =>
    [samples[2 * n]!, samples[2 * n + 1]!].map((x) => Math.round(100 * x)).join(' '),
  ).join(',')

/** Samples after the last step, and both losses by steps. */
export function mixtureOf(contest: Contest): Mixture {
  const itself = mixtureSamples(stream(seeds[0]!, 'the mixture itself'), forTest)
  const curvesOf = (at: number, loss: (sight: Sight) => number) =>
    contest[at]!.map((sights) => sights.map((sight) => short(loss(sight))))
  return {
    axis,
    places,
    middles: middles.map(([x, y]) => [short(x), short(y)]),
    reach: short(mixture.reach * mixture.deviation),
    seed: seeds[0]!,
    samples: forTest,
    games: games.map(({ name }, at) => {
      const { counts, samples } = contest[at]![0]!.at(-1)!
      return {
        name,
        discriminator: curvesOf(at, ({ discriminator }) => discriminator),
        generator: curvesOf(at, ({ generator }) => generator),
        counts,
        points: pointsOf(samples),
      }
    }),
    itself: { name: 'the mixture', counts: countsOfModes(itself), points: pointsOf(itself) },
  }
}
