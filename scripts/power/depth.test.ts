import { describe, expect, it } from 'vitest'
import { depths, depthTable, tryAtDepth } from './depth.ts'

describe('a mistake in one unit in the middle of something deep', () => {
  // Every one of them in `npm run power`.
  it.each(depths)('is noticed, and nothing else is: $title', async (deep) => {
    const { units, noticed, rightly } = await tryAtDepth(deep, 4)
    expect(rightly).toBe('conforms')
    expect(noticed).toHaveLength(units)
  })

  it('is not, where it is as small as a rounding', async () => {
    const [layer] = depths
    const { noticed } = await tryAtDepth({ ...layer!, share: 2 ** -26 }, 8)
    expect(noticed).toEqual([])
  })

  it('is counted by unit', () => {
    const [layer] = depths
    const table = depthTable([{ deep: layer!, units: 4, noticed: [1, 3, 1], rightly: 'conforms' }])
    expect(table).toContain('step by step')
    expect(table).toContain('| 3 of 4, 75 % |')
    expect(table).toContain('1, 3 |')
  })
})
