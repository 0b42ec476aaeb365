import { type Random, stream } from '../../../conformance/arbitraries/random.ts'
import {
  type AdversaryArithmetic,
  adversary,
  type Hostile,
  type Tactics,
} from '../../../reference/arithmetic/adversary.ts'
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
  /** The largest share of its bound that an output used up. */
  readonly worst: number
  readonly breaches: readonly Breach[]
  /** Milliseconds of one evaluation on the tape, in the middle of all draws. */
  readonly milliseconds: number
}

/** Trials that share one draw of numbers, and so one evaluation on the tape. */
const trialsPerDraw = 20

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** What the reference says of a draw, with the bounds of the tape. */
function expectation(deep: Deep, { precision, profile }: Setting, seed: number) {
  const draw = deep.draw(seed, precision)
  const start = process.cpuUsage()
  const arithmetic = tape(precision, profiles[profile])
  const outputs = deep.run(arithmetic, lifted(arithmetic, draw), seed)
  const readings = outputs.map((x) => ({ value: x.value, error: arithmetic.error(x) }))
  const { user, system } = process.cpuUsage(start)
  return { draw, readings, milliseconds: (user + system) / 1000 }
}

/** The largest bound that `bounded` arrives at. */
function forwardBound(deep: Deep, { precision, profile }: Setting, seed: number): number {
  const arithmetic = bounded(precision, profiles[profile])
  try {
    const outputs = deep.run(arithmetic, lifted(arithmetic, deep.draw(seed, precision)), seed)
    return Math.max(...outputs.map(arithmetic.error))
  } catch (error) {
    if (error instanceof Indeterminate) return Number.POSITIVE_INFINITY
    throw error
  }
}

function tactics(random: Random, sign: Tactics['sign'], choices: string): Tactics {
  const orders = ['forwards', 'backwards', 'pairwise', 'at once'] as const
  const [order, fused, anew] = [orders[random.below(4)]!, random.below(2) > 0, random.below(2) > 0]
  // The same ways are taken however often one set of tactics is put to use.
  const chosen = stream(random.below(2 ** 30), choices)
  return { sign, order, fused, anew, choose: (count) => chosen.below(count) }
}

/** The adversary's outputs, its errors in random directions or all in the one that harms an output most. */
function attack(
  deep: Deep,
  { precision, profile }: Setting,
  seed: number,
  draw: ReturnType<Deep['draw']>,
  trial: number,
): readonly (readonly [output: number, value: number])[] {
  const random = stream(seed, `trial ${trial}`)
  const run = (plan: Tactics): [AdversaryArithmetic, Hostile[]] => {
    const arithmetic = adversary(precision, profiles[profile], plan)
    return [arithmetic, deep.run(arithmetic, lifted(arithmetic, draw), seed)]
  }
  const planned = (sign: Tactics['sign']) =>
    tactics(stream(seed, `tactics ${trial}`), sign, 'choices')
  if (trial % 2 === 0) {
    const [arithmetic, outputs] = run(planned(() => (random.unit() < 0.5 ? -1 : 1)))
    return outputs.map((x, output) => [output, arithmetic.toNumber(x)])
  }
  const [calm, targets] = run(planned(() => 0))
  const target = random.below(targets.length)
  const adjoints = calm.adjoints(targets[target]!)
  const direction = random.below(2) > 0 ? 1 : -1
  const [fierce, outputs] = run(planned((k) => direction * Math.sign(adjoints[k] ?? 0)))
  return [[target, fierce.toNumber(outputs[target]!)]]
}

/** Besieges the bounds of a network with some number of trials. */
export function besiege(deep: Deep, setting: Setting, trials: number, firstSeed: number): Siege {
  const breaches: Breach[] = []
  const sizes: number[] = []
  const forwards: number[] = []
  const times: number[] = []
  let [tried, discarded, open, outputs, worst] = [0, 0, 0, 0, 0]
  for (let seed = firstSeed; tried < trials && discarded * trialsPerDraw < trials; seed++) {
    let known: ReturnType<typeof expectation>
    try {
      known = expectation(deep, setting, seed)
    } catch (error) {
      if (!(error instanceof Indeterminate)) throw error
      discarded++
      continue
    }
    const { draw, readings, milliseconds } = known
    times.push(milliseconds)
    const largest = Math.max(...readings.map(({ value }) => Math.abs(value)))
    sizes.push(Math.max(...readings.map(({ error }) => error)) / largest)
    forwards.push(forwardBound(deep, setting, seed) / largest)
    outputs += readings.length
    const unbounded = readings.filter(({ error }) => !Number.isFinite(error)).length
    open += unbounded
    if (unbounded === readings.length) {
      discarded++
      continue
    }
    for (let trial = 0; trial < trialsPerDraw && tried < trials; trial++, tried++) {
      for (const [output, value] of attack(deep, setting, seed, draw, trial)) {
        const { value: expected, error: bound } = readings[output]!
        if (!Number.isFinite(bound)) continue
        const difference = Math.abs(value - expected)
        if (!(difference <= bound)) {
          breaches.push({ ...setting, network: deep.title, seed, output, difference, bound })
        } else if (bound > 0) worst = Math.max(worst, difference / bound)
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
    forwards: median(forwards),
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
