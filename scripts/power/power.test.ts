import { describe, expect, test } from 'vitest'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { tryVariations } from './alarms.ts'
import { change } from './arrays.ts'
import { careless, lasting, mistake, rightly, type ShownBy } from './mistake.ts'
import { mistakes } from './mistakes/index.ts'
import { caseShown, report } from './names.ts'
import { failuresOf, mistaken, notice, reach } from './notice.ts'
import { firstFailure, plainProperty } from './plain/suite.ts'
import { sampleOf } from './sample.ts'
import { caseThatShows } from './search.ts'
import { noticedByKind, table } from './table.ts'
import { clausesAgainst } from './together.ts'
import { variation } from './variation.ts'
import { variations } from './variations/index.ts'

const trying = { runs: 20, seed: 0 }

/** Wrong everywhere, and nowhere. */
const obvious = mistake('cnn.flip', 'logic', 'adds one', (the) => ({
  y: change(the.right.y, (v) => v + 1),
}))
const none = mistake('cnn.flip', 'logic', 'is right', () => undefined)

describe('a mistake', () => {
  test('is shown by a case on which it is wrong', async () => {
    expect(await caseThatShows(obvious)).toMatchObject({ parameters: {} })
    expect(await caseThatShows(none)).toBeNull()
  })

  test('is found when it depends on the calls before', async () => {
    const late = lasting('cnn.flip', 'state', 'is wrong from the third call on', () => {
      let calls = 0
      return (the) => (++calls > 2 ? { y: change(the.right.y, (v) => v + 1) } : undefined)
    })
    expect(await caseThatShows(late)).not.toBeNull()
  })

  test('is found when it spoils an answer that it gave before', async () => {
    const right = rightly(conv2d)
    const shared = new Float32Array(10_000)
    const aliased = careless(
      'cnn.conv2d',
      'state',
      'hands out one buffer',
      () => async (inputs, parameters) => {
        const { y } = await right(inputs, parameters)
        shared.set(y.data)
        return { y: { ...y, data: shared.subarray(0, y.data.length) } }
      },
    )
    expect(await caseThatShows(aliased)).not.toBeNull()
  })

  test('rejects what is to be rejected', () => {
    const tensor = { dtype: 'float32', shape: [1], data: new Float32Array(1) } as const
    expect(() => obvious.make()({ x: tensor }, {})).toThrow(/x is an array of shape \[1\]/)
  })

  test('keeps nothing of one implementation for the next', async () => {
    const counting = lasting('cnn.flip', 'state', 'is wrong at the first call', () => {
      let calls = 0
      return (the) => (++calls === 1 ? { y: change(the.right.y, (v) => v + 1) } : undefined)
    })
    expect((await notice(counting, trying)).cases).toBe((await notice(counting, trying)).cases)
  })
})

describe('noticing', () => {
  test('stops at the first property that fails, and counts cases until then', async () => {
    const noticed = await notice(obvious, trying)
    expect(noticed).toMatchObject({ mistake: obvious, cases: 1 })
    expect(noticed.property).toMatch(/^cnn\.augment\.jitter\//)
  })

  test('says when nothing is noticed', async () => {
    expect((await notice(none, trying)).property).toBeNull()
    const { cases, glances } = await failuresOf(none, trying)
    expect([cases.size, glances.size]).toEqual([0, 0])
  })

  test('tells how often answers were wrong', async () => {
    const { answers, wrong } = await reach(none, trying)
    expect(wrong).toBe(0)
    expect(answers).toBeGreaterThan(0)
  })

  test('gives the elements of the case that a report shows', async () => {
    const [{ shownBy }] = await report('cnn.flip', [mistaken(obvious)], trying)
    const least = { elements: 1, least: 1, alone: true, excessive: false, needless: false }
    expect(await caseShown(shownBy!, obvious, trying)).toEqual(least)
    expect(await caseShown(shownBy!, none, trying)).toBeNull()
  })

  test('calls a case of many elements larger than it needs unless the mistake says what it needs', async () => {
    const many = (shownBy: ShownBy) =>
      mistake(
        'cnn.flip',
        'size',
        'is wrong from 65 channels on',
        ({ sizes, right }) => (sizes.K >= 65 ? { y: change(right.y, (v) => v + 1) } : undefined),
        shownBy,
      )
    const often = { runs: 100, seed: 0 }
    const [{ shownBy }] = await report('cnn.flip', [mistaken(many({}))], often)
    const unsaid = await caseShown(shownBy!, many({}), often)
    expect(unsaid).toMatchObject({ elements: 65, excessive: true, needless: true })
    const said = await caseShown(shownBy!, many({ sizes: { K: 65 } }), often)
    expect(said).toMatchObject({ elements: 65, excessive: false, needless: false })
  })

  test('needs a large one where fewer elements are still many', async () => {
    const many = mistake(
      ...(['cnn.flip', 'size', 'is wrong from 129 channels on'] as const),
      ({ sizes, right }) => (sizes.K >= 129 ? { y: change(right.y, (v) => v + 1) } : undefined),
      { fewest: 65 },
    )
    const often = { runs: 100, seed: 0 }
    const [{ shownBy }] = await report('cnn.flip', [mistaken(many)], often)
    const shown = await caseShown(shownBy!, many, often)
    expect(shown).toMatchObject({ elements: 129, excessive: true, needless: false })
  })

  test('of many plugged in at once fails the clauses of all', async () => {
    const failing = await clausesAgainst([none, obvious], { runs: 2, seed: 0 })
    expect(failing).toEqual(['cnn.augment.jitter'])
  })
})

describe('the plain suite', () => {
  test('agrees with what is right, and not with what is not', async () => {
    const right = rightly(obvious.operation)
    const property = await plainProperty(obvious.operation, right, 0, 50)
    expect(await firstFailure(property, right)).toBeNull()
    expect(await firstFailure(property, obvious.make())).toBe(1)
  })
})

describe('right variations', () => {
  test('are at least 40, each with a name of its own', () => {
    expect(new Set(variations.map(({ id }) => id)).size).toBe(variations.length)
    expect(variations.length).toBeGreaterThanOrEqual(40)
  })

  test('raise an alarm when they are wrong after all', async () => {
    const wrong = variation('cnn.flip', 'adds one', (the) => ({
      y: change(the.right.y, (v) => v + 1),
    }))
    const same = variation('cnn.flip', 'as usual', () => undefined)
    const alarms = await tryVariations([same, wrong], trying)
    expect(new Set(alarms.map((alarm) => alarm.variation))).toEqual(new Set([wrong]))
  })
})

describe('a sample', () => {
  const numbers = Array.from({ length: 1000 }, (_, i) => i)
  test('has the size that it is told, from the first to nearly the last, and each once', () => {
    const sample = sampleOf(numbers, 216)
    expect(new Set(sample).size).toBe(216)
    expect(sample[0]).toBe(0)
    expect(sample.at(-1)).toBeGreaterThan(990)
  })

  test('is all where there are no more', () => {
    expect(sampleOf(numbers, 1000)).toEqual(numbers)
  })
})

describe('the table', () => {
  test('aligns its columns', () => {
    expect(
      table([
        ['a', 'b'],
        ['long', '1'],
      ]),
    ).toBe('| a    | b |\n|------|---|\n| long | 1 |')
  })

  test('counts what was noticed by kind and seed', () => {
    const [first, second] = mistakes
    const noticed = [
      { mistake: first, property: 'p', cases: 3, milliseconds: 5 },
      { mistake: second, property: null, cases: 9, milliseconds: 9 },
    ]
    const lines = noticedByKind(new Map([[7, noticed]])).split('\n')
    expect(lines[0]).toContain('seed 7')
    expect(lines.at(-1)).toMatch(/^\| all +\| +1 of 2, 50 % \| +3, 3 \| +5, 5 \|$/)
  })
})
