import { beforeEach, describe, expect, it, vi } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { areaOf } from '../../spec/language/area.ts'
import { properties } from './index.ts'

const fresh = { loaded: await import('./loaded.ts') }

beforeEach(async () => {
  vi.resetModules()
  fresh.loaded = await import('./loaded.ts')
})

describe('properties that are loaded by area', () => {
  it('are of an area and of those whose operations it asks', async () => {
    const { isLoaded, loadedProperties, loadPropertiesOf } = fresh.loaded
    await loadPropertiesOf(['resnet.downsample.stride2'])
    const areas = new Set(loadedProperties().map(({ clause }) => areaOf(clause)))
    expect([...areas]).toEqual(['cnn', 'resnet'])
    expect(isLoaded('cnn.conv2d.forward/exact')).toBe(true)
    expect(isLoaded('gan.tconv.forward')).toBe(false)
  })

  it('are those that there are when all areas are loaded', async () => {
    const { loadEveryProperty, loadedProperties, loadPropertiesOf } = fresh.loaded
    const ids = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id)
    for (const area of new Set(clauses.map(({ id }) => areaOf(id)))) {
      await loadPropertiesOf([`${area}.`])
      const expected = properties.filter(({ clause }) => areaOf(clause) === area)
      const found = loadedProperties().filter(({ clause }) => areaOf(clause) === area)
      expect(ids(found)).toEqual(ids(expected))
    }
    await loadEveryProperty()
    expect(ids(loadedProperties())).toEqual(ids(properties))
  })

  it('are not asked for before they are loaded, and are none of what there is not', async () => {
    const { isLoaded, loadPropertiesOf, propertiesOf, propertyById } = fresh.loaded
    const early = 'the properties of gan are asked for before they are loaded'
    expect(() => propertiesOf('gan.tconv.forward')).toThrow(early)
    expect(() => propertyById('gan.tconv.forward/exact')).toThrow(early)
    await loadPropertiesOf(['gan.tconv.forward', 'nothing.at.all'])
    expect(propertiesOf('gan.nothing')).toEqual([])
    expect(propertiesOf('nothing.at.all')).toEqual([])
    expect(propertyById('gan.nothing/exact')).toBeUndefined()
    expect([
      isLoaded('gan.x'),
      isLoaded('nothing.x'),
      isLoaded('cnn.x'),
      isLoaded('lstm.x'),
    ]).toEqual([true, true, true, false])
  })
})
