import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { constructions } from './construction.ts'
import { operations } from './index.ts'
import type { Space } from './language/operation.ts'

/** What a signature has to draw from. */
function sourcesOfChance({ inputs, parameters }: Pick<Space, 'inputs' | 'parameters'>) {
  return Object.keys({ ...inputs, ...parameters }).filter((name) =>
    /^(seed|rng|random\w*)$/i.test(name),
  )
}

it('no signature has anything to draw from', () => {
  const drawing = operations.flatMap((operation) =>
    sourcesOfChance(operation as Pick<Space, 'inputs' | 'parameters'>),
  )
  expect(drawing).toEqual([])
})

it('a seed is noticed', () => {
  const seed = { kind: 'integer', min: 0, max: 9, meaning: 'where to begin' }
  const parameters = { seed } as unknown as Space['parameters']
  expect(sourcesOfChance({ inputs: {}, parameters })).toEqual(['seed'])
})

it.each(constructions)('$says, and $guard would notice', ({ guard, why }) => {
  expect(existsSync(new URL(`../${guard}`, import.meta.url))).toBe(true)
  expect(why).not.toBe('')
})
