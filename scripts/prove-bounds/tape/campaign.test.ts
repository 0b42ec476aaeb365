import { describe, expect, test } from 'vitest'
import { highestFloor } from '../../../conformance/engine/floor.ts'
import { adversary } from '../../../reference/arithmetic/adversary.ts'
import { ieee } from '../../../reference/arithmetic/profile.ts'
import { tape } from '../../../reference/arithmetic/tape.ts'
import { besiege, settings } from './campaign.ts'
import { type Deep, lifted, networks } from './networks.ts'
import { throughTime } from './recurrent.ts'

const named = (title: string) => networks.find((deep) => deep.title === title)!
const float32 = { precision: 'float32', profile: 'ieee' } as const

describe('an adversary who errs as much as it may', () => {
  test.each(networks)('never exceeds the bounds of: $title', (deep) => {
    const { breaches, worst, open } = besiege(deep, float32, 4, 1)
    expect(breaches).toEqual([])
    expect(worst).toBeGreaterThan(0)
    expect(open).toBeLessThan(0.5)
  })

  test.each(settings)('never exceeds those of $precision with $profile', (setting) => {
    for (const title of ['random expressions', 'recurrent layer, 16 units, 5 steps']) {
      expect(besiege(named(title), setting, 40, 7).breaches).toEqual([])
    }
  })
})

test('through fifty steps bounds stay near what an adversary can do, where others reach the range', () => {
  const deep = named('recurrent layer, 16 units, 50 steps')
  const { size, forwards, worst } = besiege(deep, float32, 8, 0)
  // Those of tanh, carried forwards, end at its range; those of what has none would not.
  expect(forwards).toBeGreaterThan(1)
  // Small enough for a property to say something.
  expect(size).toBeLessThan(highestFloor('float32'))
  expect(worst).toBeGreaterThan(0.8)
})

/** How much of the bounds an adversary uses up who runs the forward pass of a gradient twice. */
function usedByRepeating(deep: Deep, allowed: boolean): number {
  let worst = 0
  for (let seed = 0; seed < 2; seed++) {
    const draw = deep.draw(seed, 'float32')
    const reference = tape('float32', ieee)
    const expected = throughTime(reference, lifted(reference, draw), allowed)
    const theirs = adversary('float32', ieee, {
      order: 'at once',
      fused: false,
      anew: true,
      choose: () => 1,
    })
    const outputs = throughTime(theirs, lifted(theirs, draw)).map(theirs.outputOf)
    const { program } = theirs
    const calm = new Int8Array(program.roundings)
    for (let output = 0; output < expected.length; output += 9) {
      program.run(calm)
      program.run(Int8Array.from(program.adjoints(outputs[output]!), Math.sign))
      const x = expected[output]!
      const difference = Math.abs(program.value[outputs[output]!]! - x.value)
      worst = Math.max(worst, difference / reference.error(x))
    }
  }
  return worst
}

describe('a gradient whose forward pass is run twice with other roundings', () => {
  const deep = named('gradients through time, 8 units, 50 steps')
  test('exceeds the bounds of a reference that runs it once', () => {
    expect(usedByRepeating(deep, false)).toBeGreaterThan(1)
  })
  test('stays within those of a reference that says so', () => {
    const used = usedByRepeating(deep, true)
    expect(used).toBeGreaterThan(0.5)
    expect(used).toBeLessThanOrEqual(1)
  })
})
