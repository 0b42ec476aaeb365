import { afterEach, expect, it } from 'vitest'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { keepOn, shelfHere } from '../base/worked-out.ts'
import { forgetLongSums, longSumsOf } from './spread-errors.ts'

afterEach(() => keepOn(null))

it('long sums are the same where they were kept for a later run', () => {
  const fresh = (precision: 'float32' | 'float16', seed: number) => {
    forgetLongSums()
    return longSumsOf(conv2d, precision, ieee, seed)
  }
  const made = fresh('float32', 3)
  expect(made.flatMap(({ sums }) => sums).length).toBeGreaterThan(1000)
  const written: string[] = []
  const { read, write } = shelfHere()
  keepOn({
    read,
    write(name, text) {
      written.push(name)
      write(name, text)
    },
  })
  expect(fresh('float32', 3)).toEqual(made)
  expect(fresh('float32', 3)).toEqual(made)
  expect(written).toHaveLength(1)
  // What is there in part only is made again.
  const half = JSON.parse(read(written[0]!)!)
  half[0].figures = half[0].figures.slice(0, 400)
  write(written[0]!, JSON.stringify(half))
  expect(fresh('float32', 3)).toEqual(made)
  expect(fresh('float32', 4)).not.toEqual(made)
  expect(fresh('float16', 3)).not.toEqual(made)
  expect(new Set(written).size).toBe(3)
})
