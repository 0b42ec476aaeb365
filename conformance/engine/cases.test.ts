import { describe, expect, it } from 'vitest'
import { checkArguments } from '../../spec/language/check.ts'
import { realize } from '../arbitraries/fill.ts'
import { keepOn, shelfHere } from '../base/worked-out.ts'
import { properties } from '../properties/index.ts'
import { casesOf, forgetPlans, makerOf, plannedPairs } from './cases.ts'

const some = (property: (typeof properties)[number], seed: number, count: number) => {
  const cases = casesOf(property, {}, seed)
  return Array.from({ length: count }, () => cases.next().value)
}

describe('the cases of a property', () => {
  it.each(properties.map((property) => [property.id, property] as const))(
    'are the same for the same seed, and made of numbers that can be made smaller: %s',
    (_, property) => {
      const drawn = some(property, 3, 20)
      expect(drawn.map(({ value }) => value)).toEqual(some(property, 3, 20).map((it) => it.value))
      for (const { value, planned } of drawn) {
        expect({ ...makerOf(property).make(planned!.draws), seed: planned!.seed }).toEqual(value)
      }
    },
  )

  it.each(
    properties.filter(({ agrees }) => agrees).map((property) => [property.id, property] as const),
  )('are valid, beyond the ranges of the signature as well: %s', (_, property) => {
    const [operation] = property.operations
    for (const { value } of some(property, 4, 60)) {
      const recipe = value as Parameters<typeof realize>[1]
      const { inputs, parameters } = realize(property.space, recipe)
      expect(checkArguments(operation!, inputs, parameters)).toEqual(recipe.sizes)
    }
  })

  it('are prepared once for each precision', () => {
    const property = properties.find(({ values }) => values === 'reals')
    const drawn = casesOf(property!, {}, 5).next().value
    expect(drawn.on('float32')).toBe(drawn.on('float32'))
    expect(drawn.on('float64').testCase.inputs).not.toEqual(drawn.on('float32').testCase.inputs)
  })
})

it('the pairs that a plan meets are the same where they were kept, and made again where they are of others', () => {
  const property = properties.find(({ id }) => id === 'cnn.flatten/exact')!
  const fresh = () => {
    forgetPlans()
    return plannedPairs(property, 1, true)
  }
  const made = fresh()
  const shelf = shelfHere()
  const names = new Set<string>()
  keepOn({
    read: shelf.read,
    write(name, text) {
      names.add(name)
      shelf.write(name, text)
    },
  })
  try {
    expect([fresh(), fresh()]).toEqual([made, made])
    const [name] = [...names]
    shelf.write(name!, 'AAAA')
    expect(fresh()).toEqual(made)
    expect(names.size).toBe(1)
  } finally {
    keepOn(null)
  }
})
