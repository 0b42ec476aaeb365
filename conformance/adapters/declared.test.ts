import { describe, expect, it } from 'vitest'
import { checked } from './checked.ts'
import { type Definition, defineImplementation, tensor } from './define.ts'

const operations = { 'cnn.conv2d': () => ({ y: tensor([1, 1, 1, 1], [1]) }) }
/** As a module in JavaScript may have it, which no compiler has read. */
const declaring = (more: object) => () =>
  checked(defineImplementation({ name: 'mine', operations, ...more } as Definition), './mine.mjs')

describe('what an implementation says of itself', () => {
  it.each([
    [{ precision: 'fp32' }, 'precision is "fp32"; expected float64, float32'],
    [{ profile: 'IEEE' }, 'profile is "IEEE"; expected ieee, wgsl'],
    [{ elements: 'halves' }, 'elements is "halves"; expected numbers, bits'],
    [{ reproducible: true }, 'reproducible is true; expected to-the-bit, within-bound'],
    [{ concurrency: 0 }, 'concurrency is 0; expected a whole number above 0'],
    [{ concurrency: 'many' }, 'concurrency is "many"'],
    [{ levels: ['all'] }, 'levels is "all"; expected core'],
    [{ levels: 'core' }, 'levels are no list'],
    [{ version: 3 }, 'version is no text'],
    [{ device: 4 }, 'device is no text'],
    [
      { unsupported: { 'cnn.maxpool': 'later' } },
      'there is no operation cnn.maxpool; did you mean',
    ],
    [{ unchecked: { 'cnn.maxPool': true } }, 'unchecked: cnn.maxPool has no reason in words'],
  ])('is refused where it has no meaning: %j', (more, problem) => {
    expect(declaring(more)).toThrow(problem)
  })

  it('may be taken over from another one, its profile included', () => {
    const other = defineImplementation({ name: 'other', profile: 'wgsl', operations })
    expect(declaring({ ...other, name: 'mine' })()).toMatchObject({
      name: 'mine',
      profile: { name: 'wgsl' },
    })
  })
})
