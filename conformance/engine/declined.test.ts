import { describe, expect, it } from 'vitest'
import { Declines, reasonsIn } from './declined.ts'

const after = (...reasons: readonly string[]) => {
  const declines = new Declines()
  for (const reason of reasons) declines.add(reason)
  return declines
}

describe('what an implementation does not take', () => {
  it('is nothing before a case is declined', () => {
    const declines = new Declines()
    declines.drawn = 7
    expect(declines.declined).toBe(null)
  })

  it('is counted by the reason, the most frequent one first, and by the class', () => {
    const declines = after('dilation', 'stride', 'stride')
    declines.drawn = 5
    declines.addClass('cnn.conv2d: even kernel')
    declines.addClass('cnn.conv2d: even kernel')
    declines.addClass('cnn.conv2d: one channel')
    expect(declines.count).toBe(3)
    expect(declines.declined).toEqual({
      drawn: 5,
      reasons: { stride: 2, dilation: 1 },
      classes: { 'cnn.conv2d: even kernel': 2, 'cnn.conv2d: one channel': 1 },
    })
    expect(Object.keys(declines.declined!.reasons)).toEqual(['stride', 'dilation'])
    expect(reasonsIn(declines.declined!)).toBe('stride (40 %), dilation (20 %)')
  })

  it('has twenty reasons at most, and goes on counting those', () => {
    const many = Array.from({ length: 25 }, (_, i) => `case ${i}`)
    const { reasons } = after(...many, 'case 19', 'case 20').declined!
    expect(Object.keys(reasons)).toHaveLength(21)
    expect(reasons).toMatchObject({ 'case 0': 1, 'case 19': 2, 'other reasons': 6 })
  })

  it('is too much beyond two hundred cases, and fifty for each that was judged', () => {
    const declines = after(...Array<string>(200).fill('no'))
    expect(declines.tooMany(0)).toBe(false)
    declines.add('no')
    expect([declines.tooMany(0), declines.tooMany(1)]).toEqual([true, false])
    for (let i = 0; i < 50; i++) declines.add('no')
    expect([declines.tooMany(1), declines.tooMany(2)]).toEqual([true, false])
  })

  it('goes on from what was counted before, and leaves that as it was', () => {
    const before = after('stride')
    before.drawn = 3
    before.addClass('cnn.conv2d: even kernel')
    const { state } = before
    const further = new Declines()
    further.state = state
    further.add('stride')
    further.addClass('cnn.conv2d: even kernel')
    expect(further.declined).toEqual({
      drawn: 3,
      reasons: { stride: 2 },
      classes: { 'cnn.conv2d: even kernel': 2 },
    })
    expect([further.count, before.count]).toEqual([2, 1])
    expect(before.state).toEqual(state)
    expect(before.declined).toMatchObject({ reasons: { stride: 1 } })
  })
})
