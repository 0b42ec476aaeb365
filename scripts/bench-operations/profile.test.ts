import { expect, it } from 'vitest'
import { SelfTime } from './profile.ts'

it('counts the time of a kernel without that of those which it calls', () => {
  let at = 0
  const clock = new SelfTime(() => at)
  const passes = (ms: number) => {
    at += ms
  }
  for (let round = 0; round < 2; round++) {
    clock.time('outer', () => {
      passes(1)
      clock.time('inner', () => {
        passes(2)
        clock.time('inmost', () => passes(8))
      })
      clock.time('inner', () => passes(4))
      passes(16)
    })
    passes(100)
  }
  expect(clock.parts(2)).toEqual([
    { kernel: 'outer', milliseconds: 17, calls: 1 },
    { kernel: 'inmost', milliseconds: 8, calls: 1 },
    { kernel: 'inner', milliseconds: 6, calls: 2 },
  ])
})

it('counts what ends with an error, too', () => {
  let at = 0
  const clock = new SelfTime(() => at)
  const failing = () => {
    at += 3
    throw new Error('no such kernel')
  }
  expect(() => clock.time('failing', failing)).toThrow('no such kernel')
  expect(clock.parts(1)).toEqual([{ kernel: 'failing', milliseconds: 3, calls: 1 }])
})
