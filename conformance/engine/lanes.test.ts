import { describe, expect, it } from 'vitest'
import { inLanes } from './lanes.ts'

const never = () => false
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('items in lanes', () => {
  it('give their results in order, whichever comes first', async () => {
    const act = async (item: number, position: number) => {
      await wait(4 * (3 - position))
      return 10 * item
    }
    expect(await inLanes([1, 2, 3], { lanes: 3, act, ends: never, over: never })).toEqual([
      10, 20, 30,
    ])
  })

  it('are worked on as many at once as there are lanes', async () => {
    let [open, most] = [0, 0]
    const act = async () => {
      most = Math.max(most, ++open)
      await wait(1)
      open--
    }
    await inLanes(Array.from({ length: 9 }), { lanes: 4, act, ends: never, over: never })
    expect(most).toBe(4)
  })

  it('are begun no more after a result that ends it, and all before it have one', async () => {
    const begun: number[] = []
    const act = async (item: number) => {
      begun.push(item)
      await wait(item === 2 ? 1 : 8)
      return item
    }
    const ends = (result: number) => result === 2
    const results = await inLanes([0, 1, 2, 3, 4, 5], { lanes: 3, act, ends, over: never })
    expect(begun).toEqual([0, 1, 2])
    expect(results).toEqual([0, 1, 2])
  })

  it('are begun no more when the time is over', async () => {
    let begun = 0
    const act = async () => ++begun
    const over = () => begun === 2
    expect(await inLanes([7, 7, 7, 7], { lanes: 1, act, ends: never, over })).toEqual([1, 2])
  })

  it('are begun no more after an error, which is passed on', async () => {
    const begun: number[] = []
    const act = async (item: number) => {
      begun.push(item)
      if (item === 1) throw new RangeError('broken')
    }
    const work = { lanes: 1, act, ends: never, over: never }
    await expect(inLanes([0, 1, 2], work)).rejects.toThrow('broken')
    expect(begun).toEqual([0, 1])
  })
})
