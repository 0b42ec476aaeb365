import { describe, expect, it } from 'vitest'
import { profiles } from '../../reference/arithmetic/profile.ts'
import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import { properties } from '../properties/index.ts'
import type { Checked } from './candidate.ts'
import { Checking } from './checking.ts'
import { referenceImplementation } from './fault.ts'
import type { Implementation, Inputs } from './implementation.ts'

const right = referenceImplementation(operations, referencesById)
const property = properties.find(({ id }) => id === 'rnn.forward.hidden/bounded')!

/** The longest axis of each case that a property asks about, in order, however often it asks. */
async function longestAxes(shortFirst: boolean, cases: number): Promise<readonly number[]> {
  const asked: number[] = []
  const noting = Object.entries(right.operations).map(([id, evaluate]) => {
    const noted = (inputs: Inputs, parameters: object) => {
      const sizes = Object.values(inputs).flatMap((tensor) => tensor?.shape ?? [])
      const longest = Math.max(...sizes)
      if (asked.at(-1) !== longest) asked.push(longest)
      return evaluate!(inputs, parameters)
    }
    return [id, noted]
  })
  const implementation: Implementation = { ...right, operations: Object.fromEntries(noting) }
  const candidate = {
    implementation,
    runs: cases,
    seed: 0,
    deadline: null,
    kept: [],
    shrink: false,
  }
  const checking = new Checking(property, [candidate], referencesById, 0)
  if (shortFirst) checking.shortFirst()
  await checking.tryUpTo(cases)
  checking.close()
  return asked
}

describe('cases without a long axis', () => {
  it('come before the others among the next few where that is wanted, and all come', async () => {
    const planned = await longestAxes(false, 8)
    const ordered = await longestAxes(true, 8)
    expect(ordered).not.toEqual(planned)
    expect(ordered.toSorted()).toEqual(planned.toSorted())
    const isLong = ordered.map((axis) => axis > 17)
    expect(isLong).toEqual(isLong.toSorted((a, b) => Number(a) - Number(b)))
    expect(new Set(isLong).size).toBe(2)
  })
})

describe('what is left of a checking', () => {
  const leftOf = (implementation: Implementation) => {
    const byHand = properties.find(({ id }) => id === 'cnn.conv2d.forward/E-01')!
    const candidate = { implementation, runs: 20, seed: 0, deadline: null, kept: [], shrink: false }
    return new Checking(byHand, [candidate], referencesById, 0)
  }

  it('is what was worked by hand, until that was tried', async () => {
    const checking = leftOf(right)
    expect([checking.left, checking.cases]).toEqual([1, 0])
    await checking.tryUpTo(1)
    expect([checking.left, checking.cases]).toEqual([0, 1])
  })

  it('is nothing where the operation is not provided', () => {
    expect(leftOf({ ...right, operations: {} }).left).toBe(0)
  })
})

describe('cases in a limited time', () => {
  it.each([
    ['rnn.forward.hidden/bounded', 0],
    // On a graphics unit its first ones are open: their bounds are as wide as what they bound.
    ['gan.test-time/bounded', 1],
  ])('of %s are tried until one counts', async (id, openAtLeast) => {
    const property = properties.find((each) => each.id === id)!
    const implementation: Implementation = {
      ...right,
      precision: 'float32',
      profile: profiles.wgsl,
    }
    const candidate = { implementation, runs: 50, seed: 0, deadline: null, kept: [], shrink: false }
    const checking = new Checking(property, [candidate], referencesById, 0)
    await checking.tryUpTo(24, 0)
    const [{ open }] = checking.checked() as [Checked]
    checking.close()
    expect(checking.cases).toBe(1)
    expect(open).toBeGreaterThanOrEqual(openAtLeast)
  })
})
