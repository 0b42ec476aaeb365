import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { referencesById } from '../../../reference/index.ts'
import { operations } from '../../../spec/index.ts'
import type { Capsule } from '../../engine/capsule.ts'
import { caseIn } from '../../engine/encapsulate.ts'
import { referenceImplementation } from '../../engine/fault.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { propertiesOf } from '../../properties/loaded.ts'
import { causeIn } from '../problems.ts'
import { type HuntOptions, hunt } from './hunt.ts'
import { beginning, readState, statesIn, together, writeState } from './state.ts'
import '../../properties/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-hunt-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const right = referenceImplementation(operations, referencesById)

/** Off by one where images have three channels. */
const wrong: Implementation = {
  ...right,
  name: 'wrong',
  operations: {
    ...right.operations,
    'cnn.maxPool': async (inputs, parameters) => {
      const { y } = await right.operations['cnn.maxPool']!(inputs, parameters)
      const by = inputs.x!.shape[3] === 3 ? 1 : 0
      return { y: { ...y!, data: y!.data.map((value) => value + by) } }
    },
  },
}

const properties = ['cnn.flatten', 'cnn.pool.max'].flatMap(propertiesOf)

interface Seen {
  readonly turns: string[]
  readonly found: { readonly isNew: boolean; readonly capsule: Capsule | null }[]
}

/** Hunts for so many turns, from a state on. */
async function huntFor(turns: number, more: Partial<HuntOptions> = {}, from = beginning('x', 5)) {
  const seen: Seen = { turns: [], found: [] }
  const stop = new AbortController()
  const state = await hunt(from, {
    properties,
    implementations: [wrong],
    choosing: [' -i wrong'],
    place: { index: 1, count: 1 },
    deadline: Number.POSITIVE_INFINITY,
    kept: {},
    signal: stop.signal,
    onTurn: (turn, { id }) => seen.turns.push(`${turn} ${id}`),
    onFound: (_, capsule, isNew) => seen.found.push({ capsule, isNew }),
    onState: (state) => {
      if (state.turns - from.turns >= turns) stop.abort()
    },
    ...more,
  })
  return { state, ...seen }
}

describe('a hunt', () => {
  it('finds a mistake once, however often it comes upon it, and tries its case first from then on', async () => {
    const { state, found } = await huntFor(properties.length)
    expect(state.problems).toHaveLength(1)
    const [problem] = state.problems
    expect(problem).toMatchObject({ operation: 'cnn.maxPool', says: 'wrong values' })
    expect(problem!.turns).toBeGreaterThan(1)
    expect(problem!.properties.length).toBeGreaterThan(1)
    expect(found.map(({ isNew }) => isNew).indexOf(true)).toBe(0)
    expect(found.filter(({ isNew }) => isNew)).toHaveLength(1)
    const capsule = found[0]!.capsule!
    expect(capsule.sizes).toMatchObject({ N: 1, K: 3 })
    const kept = { [capsule.property]: [caseIn(capsule)] }
    const again = await huntFor(0, { kept })
    expect(again.turns).toEqual([])
    expect(again.state.problems.map(({ key }) => key)).toEqual([problem!.key])
    const mended = await huntFor(0, { kept, implementations: [right] })
    expect(mended.state.problems).toEqual([])
  })

  it('takes a mistake that is small in one turn and large in another for one, and says the large', async () => {
    const { state } = await huntFor(properties.length)
    const [large] = state.problems
    const small = { ...large!, says: 'values nearly right, rounded more than they may be' }
    expect(causeIn(small.says)).toBe(causeIn(large!.says))
    for (const both of [
      [small, large!],
      [large!, small],
    ]) {
      expect(together(both).map(({ says }) => says)).toEqual(['wrong values'])
    }
  })

  it('goes on where it was, and begins elsewhere and with other seeds beside others', async () => {
    const whole = await huntFor(4, { implementations: [right] })
    const first = await huntFor(2, { implementations: [right] })
    const second = await huntFor(2, { implementations: [right] }, first.state)
    expect([...first.turns, ...second.turns]).toEqual(whole.turns)
    expect(second.state.cases).toBe(whole.state.cases)
    const beside = { implementations: [right], place: { index: 2, count: 2 } }
    expect((await huntFor(1, beside)).turns[0]).not.toBe(whole.turns[0])
  })

  it('leaves its state in a file, that no other hunt goes on with', async () => {
    const { state } = await huntFor(1)
    const file = join(folder, 'hunt-1-of-2.json')
    expect(readState(file, 'x')).toBeNull()
    writeState(state, file)
    expect(readState(file, 'x')).toEqual(state)
    expect(statesIn(folder)).toEqual([state])
    expect(() => readState(file, 'y')).toThrow('is of another hunt')
    writeFileSync(file, '{')
    expect(() => readState(file, 'x')).toThrow('is no state of a hunt')
  })
})
