import { type Random, stream } from '../../../conformance/arbitraries/random.ts'
import { adversary, type Tactics } from '../../../reference/arithmetic/adversary.ts'
import { Indeterminate } from '../../../reference/arithmetic/arithmetic.ts'
import { bounded } from '../../../reference/arithmetic/bounded.ts'
import { formats, type Precision } from '../../../reference/arithmetic/precision.ts'
import { profiles } from '../../../reference/arithmetic/profile.ts'
import { tape } from '../../../reference/arithmetic/tape.ts'
import { type Deep, lifted } from './networks.ts'

/** In what an adversary computes. */
export interface Setting {
  readonly precision: Precision
  readonly profile: keyof typeof profiles
}

/** A result of the adversary beyond its bound. */
export interface Breach extends Setting {
  readonly network: string
  readonly seed: number
  readonly output: number
  readonly difference: number
  readonly bound: number
}

/** How the bounds of one network fared. */
export interface Siege extends Setting {
  readonly network: string
  readonly trials: number
  /** Draws on which nothing was tried: a comparison is left open, or every bound is infinite. */
  readonly discarded: number
  /** Outputs whose bound is infinite, as a share of all. */
  readonly open: number
  /** The largest bound, relative to the largest output, in the middle of all draws; and of `bounded`. */
  readonly size: number
  readonly forwards: number
  /** The largest share that an output used up of the smaller of both bounds. */
  readonly worst: number
  readonly breaches: readonly Breach[]
  /** Milliseconds of one evaluation on the tape, in the middle of all draws. */
  readonly milliseconds: number
}

/** In how many ways one draw of numbers is attacked, after one evaluation on the tape, and how often in each. */
const [ways, usuallyInARow] = [4, 12]

/** The middle one; relative to what is infinite, a bound is no number, and left out. */
function median(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  return known[known.length >> 1] ?? Number.NaN
}

/** What the reference says of a draw, with the bounds of the tape, and with those that count. */
function expectation(deep: Deep, { precision, profile }: Setting, seed: number) {
  const draw = deep.draw(seed, precision)
  const start = process.cpuUsage()
  const arithmetic = tape(precision, profiles[profile])
  const outputs = deep.run(arithmetic, lifted(arithmetic, draw), seed)
  const readings = outputs.map((x) => ({ value: x.value, error: arithmetic.error(x) }))
  const { user, system } = process.cpuUsage(start)
  const forwards = forwardBounds(deep, { precision, profile }, seed)
  return { draw, readings, forwards, milliseconds: (user + system) / 1000 }
}

/** The bounds that `bounded` arrives at, of every output; none where a comparison is open. */
function forwardBounds(
  deep: Deep,
  { precision, profile }: Setting,
  seed: number,
): readonly number[] | null {
  const arithmetic = bounded(precision, profiles[profile])
  try {
    const outputs = deep.run(arithmetic, lifted(arithmetic, deep.draw(seed, precision)), seed)
    return outputs.map(arithmetic.error)
  } catch (error) {
    if (error instanceof Indeterminate) return null
    throw error
  }
}

const orders = ['at once', 'forwards', 'backwards', 'pairwise'] as const

/** One way to go about everything: an order of sums, and what is fused, rounded anew or chosen. */
function tactics(random: Random, way: number): Tactics {
  return {
    order: orders[way % orders.length]!,
    fused: random.below(2) > 0,
    anew: random.below(2) > 0,
    choose: (count) => random.below(count),
  }
}

/** A result of the adversary: which output, and what it gives for it; `null` for one of another way. */
type Shot = readonly [output: number, value: number]

/**
 * What an adversary makes of a network that goes about it in one way: errors in random directions, and
 * all in the direction that harms one output most, by its adjoints; then by those at the numbers that
 * this has led to, which differ.
 */
function* attack(
  deep: Deep,
  { precision, profile }: Setting,
  seed: number,
  draw: ReturnType<Deep['draw']>,
  way: number,
): Generator<readonly Shot[]> {
  const random = stream(seed, `way ${way}`)
  const arithmetic = adversary(precision, profiles[profile], tactics(random, way))
  const { program } = arithmetic
  const outputs = deep.run(arithmetic, lifted(arithmetic, draw), seed).map(arithmetic.outputOf)
  const signs = new Int8Array(program.roundings)
  const shot = (at: readonly number[]): readonly Shot[] => {
    const came = program.run(signs)
    if (came === 'another way') return []
    // Bounds that promised a decision were wrong.
    const wrong = came === 'decided otherwise' ? Number.NaN : 0
    return at.map((output) => [output, program.value[outputs[output]!]! + wrong])
  }
  const everyOutput = outputs.map((_, output) => output)
  for (;;) {
    for (let i = 0; i < signs.length; i++) signs[i] = random.unit() < 0.5 ? -1 : 1
    yield shot(everyOutput)
    const target = random.below(outputs.length)
    const direction = random.below(2) > 0 ? 1 : -1
    signs.fill(0)
    program.run(signs)
    for (let again = 0; again < 2; again++) {
      const worth = program.adjoints(outputs[target]!)
      for (let i = 0; i < signs.length; i++) signs[i] = direction * Math.sign(worth[i]!)
      yield shot([target])
    }
  }
}

/** Besieges the bounds of a network with some number of trials. */
export function besiege(deep: Deep, setting: Setting, trials: number, firstSeed: number): Siege {
  const { inARow = usuallyInARow } = deep
  const breaches: Breach[] = []
  const sizes: number[] = []
  const forwardSizes: number[] = []
  const times: number[] = []
  let [tried, discarded, open, outputs, worst] = [0, 0, 0, 0, 0]
  for (let seed = firstSeed; tried < trials && discarded * ways * inARow < trials; seed++) {
    let known: ReturnType<typeof expectation>
    try {
      known = expectation(deep, setting, seed)
    } catch (error) {
      if (!(error instanceof Indeterminate)) throw error
      discarded++
      continue
    }
    const { draw, readings, forwards, milliseconds } = known
    times.push(milliseconds)
    const largest = Math.max(...readings.map(({ value }) => Math.abs(value)))
    sizes.push(Math.max(...readings.map(({ error }) => error)) / largest)
    forwardSizes.push(Math.max(...(forwards ?? [Number.POSITIVE_INFINITY])) / largest)
    outputs += readings.length
    const unbounded = readings.filter(({ error }) => !Number.isFinite(error)).length
    open += unbounded
    if (unbounded === readings.length) {
      discarded++
      continue
    }
    for (let way = 0; way < ways; way++) {
      const shots = attack(deep, setting, seed, draw, way)
      for (let trial = 0; trial < inARow && tried < trials; trial++, tried++) {
        for (const [output, value] of shots.next().value as readonly Shot[]) {
          const { value: expected, error } = readings[output]!
          // As in a run, the smaller of both counts.
          const bound = Math.min(error, forwards?.[output] ?? error)
          if (!Number.isFinite(bound)) continue
          const difference = Math.abs(value - expected)
          if (!(difference <= bound)) {
            breaches.push({ ...setting, network: deep.title, seed, output, difference, bound })
          } else if (bound > 0) worst = Math.max(worst, difference / bound)
        }
      }
    }
  }
  return {
    ...setting,
    network: deep.title,
    trials: tried,
    discarded,
    open: outputs > 0 ? open / outputs : 0,
    size: median(sizes),
    forwards: median(forwardSizes),
    worst,
    breaches,
    milliseconds: median(times),
  }
}

/** The formats in which a double can play the adversary, and a profile that leaves a choice of ways. */
export const settings: readonly Setting[] = [
  ...(Object.keys(formats) as Precision[])
    .filter((precision) => precision !== 'float64')
    .flatMap((precision) => (['ieee', 'wgsl'] as const).map((profile) => ({ precision, profile }))),
  { precision: 'float32', profile: 'library' },
]
