import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recipes } from '../arbitraries/recipe.ts'
import { properties } from '../properties/index.ts'
import { casesOf, seedOf } from './cases.ts'

describe('the cases of a property', () => {
  it.each(properties.map((property) => [property.id, property] as const))(
    'are those that fast-check draws: %s',
    (_, property) => {
      const seed = seedOf(3, property.id)
      const cases = casesOf(property, {}, seed)
      const drawn = Array.from({ length: 20 }, () => cases.next().value.value)
      expect(drawn).toEqual(
        fc.sample(recipes(property.space, property.values), { seed, numRuns: 20 }),
      )
    },
  )

  it('are found again by fast-check, by seed and path', async () => {
    const [property] = properties
    const cases = casesOf(property!, {}, 5)
    const drawn = Array.from({ length: 8 }, () => cases.next().value.value)
    const seen: unknown[] = []
    fc.check(
      fc.property(recipes(property!.space, property!.values), (recipe) => {
        seen.push(recipe)
        return true
      }),
      { seed: 5, path: '7', numRuns: 1 },
    )
    expect(seen).toEqual([drawn[7]])
  })

  it('are prepared once for each precision', () => {
    const property = properties.find(({ values }) => values === 'reals')
    const drawn = casesOf(property!, {}, 5).next().value
    expect(drawn.on('float32')).toBe(drawn.on('float32'))
    expect(drawn.on('float64').testCase.inputs).not.toEqual(drawn.on('float32').testCase.inputs)
  })
})
