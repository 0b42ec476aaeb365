import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Claim } from './experiment.ts'
import { experiments } from './index.ts'
import { differencesIn, linearRangeOf, outcomeOf, rangeOf, spreadOf } from './outcome.ts'

const curves = experiments.layers.flatMap(({ title, curves }) =>
  curves.map((curve) => ({ name: `${title}, ${curve.way}`, ...curve })),
)

const studyOf = (id: string) => experiments.studies.find(({ claim }) => claim.id === id)!

/** The first kind is compared with each of the others, by numbers that were shortened to five digits twice: 1e-4 of them. */
function expectCompared(
  { comparisons }: Claim,
  [first, ...others]: readonly (readonly number[])[],
): void {
  const near = (kept: readonly number[], made: readonly number[]) => {
    expect(kept).toHaveLength(made.length)
    for (const [at, x] of kept.entries())
      expect(Math.abs(x - made[at]!)).toBeLessThanOrEqual(1e-4 * Math.abs(x))
  }
  expect(comparisons).toHaveLength(others.length)
  for (const [at, comparison] of comparisons.entries()) {
    near(comparison.of, others[at]!)
    near(comparison.with, first!)
  }
}

describe('a spread', () => {
  it('is that of a sheet of paper', () => {
    // 1, 2, 3, 4: mean 2.5, squares 5, deviation √(5/3), half width 3.182 √(5/3) / 2.
    const { mean, deviation, low, high } = spreadOf([1, 2, 3, 4])
    const half = (3.182 * Math.sqrt(5 / 3)) / 2
    expect(mean).toBe(2.5)
    // Both sides of each are made of no more than eight roundings of numbers below 8.
    const rounding = 8 * 8 * 2 ** -53
    expect(Math.abs(deviation - Math.sqrt(5 / 3))).toBeLessThanOrEqual(rounding)
    expect(Math.abs(high - (2.5 + half))).toBeLessThanOrEqual(rounding)
    expect(Math.abs(low - (2.5 - half))).toBeLessThanOrEqual(rounding)
  })

  it('needs two values, and knows no more than twelve', () => {
    expect(() => spreadOf([1])).toThrow(RangeError)
    expect(() => spreadOf(new Array(13).fill(0))).toThrow(RangeError)
  })
})

describe('a range', () => {
  it('has its middle where ratios to both ends are the same', () => {
    const { middle, low, high } = rangeOf([8, 2])
    expect(low).toBe(2)
    expect(high).toBe(8)
    // Two logarithms, their mean and an exponential, of numbers below 8.
    expect(Math.abs(middle - 4)).toBeLessThanOrEqual(16 * 8 * 2 ** -53)
  })

  it('has 0 as its middle where one of its numbers is 0', () => {
    expect(rangeOf([0, 1])).toEqual({ middle: 0, low: 0, high: 1 })
  })

  it('has the mean as its middle on a linear scale', () => {
    expect(linearRangeOf([-1, 0, 4])).toEqual({ middle: 1, low: -1, high: 4 })
  })
})

describe('an outcome', () => {
  const against = (...of: readonly number[]) => ({ says: '', of, with: of.map(() => 1) })

  it('holds where the whole interval of the difference is at or above the margin', () => {
    expect(outcomeOf(against(1, 1, 1), 0)).toBe('holds')
    expect(outcomeOf(against(2, 2.1, 1.9), 0)).toBe('holds')
    expect(outcomeOf(against(0.99, 0.99, 0.99), 0.02)).toBe('holds')
  })

  it('does not hold where none of it is, and is undecided in between', () => {
    expect(outcomeOf(against(0.5, 0.51, 0.49), 0)).toBe('does not hold')
    expect(outcomeOf(against(0.5, 1.6, 1), 0)).toBe('undecided')
  })

  it('is taken from differences of the same seed', () => {
    expect(differencesIn({ says: '', of: [3, 5], with: [1, 2] })).toEqual([2, 3])
  })
})

describe('what was measured', () => {
  it('is of two layers, three ways each', () => {
    expect(experiments.layers).toHaveLength(2)
    expect(curves).toHaveLength(6)
  })

  it.each(curves)(
    '$name: no error is above its bound, but for rounding in single precision',
    ({ points }) => {
      // The outputs are of weights that were rounded to 24 bits, of no more than 1024 terms a sum.
      const roundings = 1024 * 2 ** -24
      for (const { error, bound } of points) expect(error).toBeLessThanOrEqual(bound + roundings)
    },
  )

  it.each(curves)('$name: less is never nearer', ({ way, points }) => {
    const sorted = points.toSorted((a, b) => (way === 'sparsity' ? b.at - a.at : a.at - b.at))
    const bounds = sorted.map(({ bound }) => bound)
    expect(bounds).toEqual(bounds.toSorted((a, b) => b - a))
    const rates = sorted.map(({ rate }) => rate)
    expect(rates).toEqual(rates.toSorted((a, b) => b - a))
  })

  it.each(experiments.studies)(
    '$claim.id: is a positive number for every place, kind and seed, or 0 on a linear scale',
    ({ places, kinds, isLinear }) => {
      const least = isLinear ? 0 : Number.MIN_VALUE
      expect(new Set(kinds.map(({ seeds }) => seeds.length)).size).toBe(1)
      for (const curve of kinds.flatMap(({ seeds }) => seeds)) {
        expect(curve).toHaveLength(places.length)
        expect(curve.filter((value) => !(value >= least && value < Infinity))).toEqual([])
      }
    },
  )

  describe('of how far gradients reach', () => {
    const { places, kinds, claim } = studyOf('gradient-reach')

    it('is 1 where the gradient arrives, in five digits', () => {
      for (const [first] of kinds.flatMap(({ seeds }) => seeds)) expect(first).toBe(1)
    })

    it('never grows on the way back where the weights are the identity', () => {
      const { seeds } = kinds.find(({ name }) => name === 'rectifier with the identity')!
      // Gradients are passed on to the bit or not at all. Norms are rounded, as sums of 16 × 32 squares, and
      // two of them are kept to five digits.
      const rounding = 1 + 16 * 32 * 2 ** -24 + 1e-4
      for (const curve of seeds)
        for (const [at, norm] of curve.slice(1).entries())
          expect(norm).toBeLessThanOrEqual(curve[at]! * rounding)
    })

    it('is what is compared, step by step', () => {
      const shares = kinds.map(({ seeds }) =>
        seeds.map((each) => each.at(-1)! ** (1 / places.at(-1)!)),
      )
      expectCompared(claim, shares)
    })
  })

  describe('of the adding problem', () => {
    const { kinds, claim, baseline } = studyOf('adding-problem')

    it('has the variance of two uniform numbers as what is to be beaten', () => {
      expect(baseline!.value).toBe(Number((1 / 12 + 1 / 12).toPrecision(5)))
    })

    it('is what is compared, after the last step', () => {
      const shares = kinds.map(({ seeds }) => seeds.map((each) => 1 - 6 * each.at(-1)!))
      expectCompared(claim, shares)
    })
  })

  describe('of clients that train together', () => {
    const [rounds, drift] = [studyOf('rounds-to-accuracy'), studyOf('client-drift')]
    const at = rounds.places.indexOf(20)

    it('is whole numbers of rounds, with as many seeds as there are of how far clients drift', () => {
      const counted = rounds.kinds.flatMap(({ seeds }) => seeds.flat())
      expect(counted.filter((count) => !Number.isInteger(count))).toEqual([])
      const sizes = ({ kinds, places }: typeof rounds) => [
        places,
        kinds.map(({ name, seeds }) => [name, seeds.length]),
      ]
      expect(sizes(rounds)).toEqual(sizes(drift))
    })

    it('is what is compared, with 20 local steps and with one', () => {
      const saved = rounds.kinds.map(({ seeds }) => seeds.map((own) => 1 - own[at]! / own[0]!))
      const nothing = saved[0]!.map(() => 0)
      const { comparisons } = rounds.claim
      const againstNone = comparisons.slice(0, saved.length)
      expectCompared({ ...rounds.claim, comparisons: againstNone }, [nothing, ...saved])
      const turned = comparisons
        .slice(saved.length)
        .map((each) => ({ ...each, of: each.with, with: each.of }))
      expectCompared({ ...rounds.claim, comparisons: turned }, saved)
      const drifts = drift.kinds.map(({ seeds }) => seeds.map((own) => own[at]!))
      expectCompared(drift.claim, drifts)
    })
  })

  describe('of networks against each other', () => {
    const { mixture } = experiments
    const { kinds, claim, places } = studyOf('mode-coverage')
    const quality = studyOf('mode-quality')
    const lastOf = (at: number) => quality.kinds[at]!.seeds.map((curve) => curve.at(-1)!)

    it('is what is compared: the mean of the modes covered, and the share of samples near one', () => {
      const shares = kinds.map(({ seeds }) =>
        seeds.map(
          (curve) => curve.slice(1).reduce((sum, x) => sum + x, 0) / (places.length - 1) / 8,
        ),
      )
      const pairs = [
        [1, 0],
        [2, 0],
        [2, 1],
      ] as const
      for (const [at, [one, other]] of pairs.entries()) {
        const compared = (of: Claim) => ({ ...of, comparisons: [of.comparisons[at]!] })
        expectCompared(compared(claim), [shares[other]!, shares[one]!])
        expectCompared(compared(quality.claim), [lastOf(other), lastOf(one)])
      }
    })

    it('counts the samples of the seed that is shown as the curves do', () => {
      for (const [at, { counts }] of mixture.games.entries()) {
        const near = counts.reduce((sum, count) => sum + count, 0) / mixture.samples
        expect(near).toBe(lastOf(at)[0])
        expect(counts.filter((count) => count >= mixture.samples / 40)).toHaveLength(
          kinds[at]!.seeds[0]!.at(-1)!,
        )
      }
    })

    it('has finite losses at each place, of each seed', () => {
      for (const { discriminator, generator } of mixture.games)
        for (const curve of [...discriminator, ...generator]) {
          expect(curve).toHaveLength(mixture.places.length)
          expect(curve.filter((loss) => !Number.isFinite(loss))).toEqual([])
        }
    })
  })

  it('has pictures of sixteen grays, and ends of the way that are themselves', () => {
    const { grid, between, nearest, shares, fromFirst, fromLast, places, generator } =
      experiments.drawings
    for (const { width, height, gray } of [grid, between]) {
      expect(gray).toHaveLength(width * height)
      expect(gray).toMatch(/^[0-9a-f]+$/)
    }
    expect(nearest).toHaveLength((grid.width * grid.height) / 28 ** 2)
    expect([shares[0], fromFirst[0]]).toEqual([0, 0])
    expect([shares.at(-1), fromLast.at(-1)]).toEqual([1, 0])
    expect(generator).toHaveLength(places.length)
  })

  it('names clauses that there are, and as many seeds on both sides', () => {
    const known = new Set<string>(clauses.map(({ id }) => id))
    const all = [...experiments.claims, ...experiments.studies.map(({ claim }) => claim)]
    const named = [experiments.drawings, ...all].flatMap(({ clauses }) => clauses)
    expect(named.filter((id) => !known.has(id))).toEqual([])
    for (const { comparisons } of all) {
      for (const { of, with: other } of comparisons) expect(of).toHaveLength(other.length)
    }
  })

  it('comes from the versions of the packages that are installed', () => {
    const { devDependencies } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    )
    for (const name of ['@vladmandic/face-api', 'mnist']) {
      const version = devDependencies[name].replace('^', '')
      expect(experiments.layers.some(({ source }) => source.includes(`${name} ${version}`))).toBe(
        true,
      )
    }
  })
})
