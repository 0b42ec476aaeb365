import { expect, it } from 'vitest'
import { citations } from './citations.ts'
import { excerptOf } from './excerpt.ts'
import { citedIn, packed, unpacked } from './packed.ts'

it('code that is cited is the same after it was packed', () => {
  const pieces = [...citedIn(citations()).values()].map(excerptOf)
  expect(pieces.length).toBeGreaterThan(1000)
  expect(unpacked(packed(pieces))).toEqual(pieces)
})

it('code with tabs of its own is not packed, which would lose them', () => {
  expect(() => packed(['const x = `\t`'])).toThrow('tabs of its own')
})
