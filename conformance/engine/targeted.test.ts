import { describe, expect, it } from 'vitest'
import { lift } from '../../reference/arithmetic/array.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import { Pairs } from '../arbitraries/factors.ts'
import { mapValues } from '../base/records.ts'
import { properties } from '../properties/index.ts'
import { casesOf } from './cases.ts'
import { Checking } from './checking.ts'
import { boundedBy } from './expectations.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation } from './implementation.ts'
import type { Property } from './property.ts'
import { TargetedCases } from './targeted.ts'

const right = referenceImplementation(operations, referencesById)

const pool = properties.find(
  ({ agrees, values, operations: [asked] }) =>
    agrees && values === 'reals' && asked!.id === 'cnn.averagePool',
)!

/** Signs in no order that any distribution has. */
const pattern = [...'+--+-+++---+-++--+-+'].map((sign) => (sign === '+' ? 1 : -1))

/**
 * Off by a part of what rounding may explain: by the part of the elements whose signs are those of a pattern.
 * Only where nearly all of some twenty are, it is more than rounding explains.
 */
const nearlyRight: Evaluate = async (inputs, parameters) => {
  const { y } = await right.operations['cnn.averagePool']!(inputs, parameters)
  const arithmetic = boundedBy(right.precision, right.profile)
  const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
  const exact = referencesById['cnn.averagePool']!(arithmetic, arrays, parameters, () => {})
  const { data } = inputs.x!
  const some = Math.min(data.length, pattern.length)
  const like = pattern.filter((sign, i) => i < some && Math.sign(data[i]!) === sign).length
  const share = 1.08 * (like / pattern.length)
  const bounds = (exact.y!.data as readonly Bounded[]).map((element) => arithmetic.error(element))
  // Less than that by what rounding the result makes of it.
  const off = (value: number, i: number) =>
    value + Math.max(0, share * bounds[i]! - 2 ** -23 * Math.abs(value))
  return { y: { ...y!, data: Float32Array.from(y!.data as Float32Array, off) } }
}

/** How many cases of some are tried until one fails; all of them where none does. */
async function triedUntilFailure(
  property: Property,
  implementation: Implementation,
  runs: number,
  targeted: boolean,
  seed: number,
): Promise<number> {
  const steered = new TargetedCases(property, referencesById, seed)
  const candidate = {
    implementation,
    runs: Math.ceil(runs / property.share),
    deadline: null,
    kept: [],
    shrink: false,
    untilFirst: true,
    ...(targeted && { onTrial: steered.learn.bind(steered) }),
  }
  const cases = targeted ? steered.cases() : casesOf(property, referencesById, seed)
  const checking = new Checking(property, [candidate], referencesById, seed, cases)
  await checking.tryUpTo(Number.POSITIVE_INFINITY)
  const { cases: tried, failed } = checking
  checking.close()
  return failed ? tried : runs
}

describe('cases that are steered', () => {
  it('find what is wrong only near a bound, which as many planned cases do not', async () => {
    const wrong: Implementation = {
      ...right,
      operations: { ...right.operations, 'cnn.averagePool': nearlyRight },
    }
    const runs = 700
    for (const seed of [2]) {
      const planned = await triedUntilFailure(pool, wrong, runs, false, seed)
      const steered = await triedUntilFailure(pool, wrong, runs, true, seed)
      expect(planned).toBe(runs)
      expect(steered).toBeLessThan(runs)
    }
  })

  it('blame nothing that is right', async () => {
    expect(await triedUntilFailure(pool, right, 200, true, 1)).toBe(200)
  })

  it('leave fewer pairs that were met but once, or never', () => {
    const pairs = new Pairs(pool.space)
    const rareAfter = (cases: Iterable<{ readonly value: Parameters<Pairs['of']>[0] }>) => {
      const met = new Uint32Array(pairs.count)
      let left = 120
      for (const { value } of cases) {
        for (const pair of pairs.of(value)) met[pair]!++
        if (--left === 0) break
      }
      return [...met].filter((times) => times < 2).length
    }
    for (const seed of [1, 2]) {
      const planned = rareAfter(casesOf(pool, referencesById, seed))
      const steered = rareAfter(new TargetedCases(pool, referencesById, seed).cases())
      expect(steered).toBeLessThan(planned)
    }
  })
})
