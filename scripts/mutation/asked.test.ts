import { describe, expect, it } from 'vitest'
import { askedOf, UsageError } from './asked.ts'

describe('what the mutation script is asked for', () => {
  it('is folders, a sample and its seed', () => {
    expect(askedOf(['reference/gru', 'impl:index.ts', '--sample', '40', '--seed=3'])).toEqual({
      folders: ['reference/gru', 'impl:index.ts'],
      sample: 40,
      seed: 3,
      help: false,
    })
  })

  it('is all mutants of no folder where nothing is said', () => {
    expect(askedOf([])).toEqual({ folders: [], sample: undefined, seed: 0, help: false })
  })

  it.each([
    [['reference/nowhere'], 'there is no folder reference/nowhere'],
    [['--sample', 'few', 'impl'], '--sample takes a whole number from 1 on, not few'],
    [['--sample=0'], '--sample takes a whole number from 1 on, not 0'],
    [['--seed='], '--seed takes a whole number from 0 on, not '],
    [['--samples', '4'], "Unknown option '--samples'"],
  ])('is refused in words where it makes no sense: %j', (words, says) => {
    expect(() => askedOf(words)).toThrow(UsageError)
    expect(() => askedOf(words)).toThrow(says)
  })
})
