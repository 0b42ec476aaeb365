import { describe, expect, it } from 'vitest'
import { noticedTogether, scoreOf, told, wilson } from './scores.ts'

describe("Wilson's interval", () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i of %i is what Newcombe prints', (hits, n, low, high) => {
    expect(wilson(hits, n).map((end) => end.toFixed(4))).toEqual([low.toFixed(4), high.toFixed(4)])
  })
})

const mutant = (status: string, line: number) => ({
  ...{ fileName: 'impl/x.ts', mutatorName: 'Arithmetic', replacement: 'a - b', status },
  location: { start: { line, column: 5 } },
})

describe('a score', () => {
  const found = [
    ...[mutant('Killed', 1), mutant('Timeout', 2), mutant('Survived', 3), mutant('NoCoverage', 4)],
    ...[mutant('CompileError', 5), mutant('CompileError', 6), mutant('Ignored', 7)],
  ]

  it('counts what was drawn, and of how many', () => {
    const score = scoreOf('impl/none', found, {
      ...{ commit: '', date: new Date(0), drawn: { seed: 7 } },
    })
    expect(score).toMatchObject({ killed: 2, survived: 2, score: 50 })
    expect(score.sample).toMatchObject({ of: 6, seed: 7 })
    expect(score.survivors.map(({ place }) => place)).toEqual(['impl/x.ts:3:5', 'impl/x.ts:4:5'])
    expect(told(score)).toBe('50 % (15 to 85) of 4 mutants, drawn from 6, 0 of 2 others explained')
  })

  it('of several folders is of those mutants that make a difference', () => {
    const score = scoreOf('impl/none', found, { commit: '', date: new Date(0) })
    const [first, ...others] = score.survivors
    const explained = { ...score, survivors: [{ ...first!, why: 'It is alike.' }, ...others] }
    expect(noticedTogether([score, explained])).toEqual({ killed: 4, of: 7, alike: 1 })
  })
})
