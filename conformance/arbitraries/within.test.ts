import { expect, it } from 'vitest'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { choice } from '../../spec/language/parameter.ts'
import { outside, type Range, type Ranges } from '../protocol/ranges.ts'
import { RecipeMaker } from './recipe.ts'
import { narrowed, sizeWithin } from './within.ts'
import { mostWork, workOf } from './work.ts'

it.each([
  [{ multipleOf: 4 }, [1, 2, 3, 4], [4, 8, 12, 4]],
  [{ multipleOf: 4 }, [17, 64, 257], [20, 64, 260]],
  [{ max: 2 }, [1, 2, 3, 9], [1, 2, 1, 1]],
  [{ min: 8 }, [1, 2, 9], [8, 9, 9]],
  [{ min: 8, max: 8 }, [1, 9], [8, 8]],
  [3, [1, 2, 3], [3, 3, 3]],
  [{ anyOf: [1, 8] }, [1, 2, 3, 8], [1, 1, 8, 8]],
] as const)('sizes within %j: %j become %j', (range, sizes, within) => {
  expect(sizes.map((size) => sizeWithin(range, size, 1))).toEqual(within)
})

it('a range without any size that is large enough leaves it to be declined', () => {
  expect(sizeWithin({ max: 3 }, 7, 5)).toBe(7)
})

it('a word that a law is not about leaves its own to be declined', () => {
  const inReverse = choice('reverse')
  const draw = () => 0
  const within = (range: Range) => narrowed(range, inReverse, 'reverse', draw, 'direction')
  expect(within('forward')).toBe('reverse')
  expect(within({ anyOf: ['forward', 'both'] })).toBe('reverse')
  const either = choice('forward', 'reverse')
  expect(narrowed({ anyOf: ['forward', 'both'] }, either, 'reverse', draw, 'direction')).toBe(
    'forward',
  )
})

const domains: readonly Ranges[] = [
  { parameters: { strides: 1, dilations: 1, padding: 'valid' } },
  { parameters: { padding: { max: 1 } } },
  { parameters: { padding: { anyOf: ['same', 0] }, strides: [1, { max: 2 }] } },
  { sizes: { N: 1, K: { multipleOf: 4 }, Q: { multipleOf: 4 } } },
  { sizes: { H: { max: 16 }, Hf: 3, Wf: 3 }, parameters: { dilations: 1 } },
]

it.each(domains)(
  'cases of a convolution within %j are valid, and little dearer than others',
  (within) => {
    const reach = { beyond: true, usual: conv2d.usual }
    const plain = new RecipeMaker(conv2d, 'integers', reach)
    const confined = new RecipeMaker(conv2d, 'integers', { ...reach, within })
    let same = 0
    for (let seed = 0; seed < 200; seed++) {
      // Any numbers in the range of their places.
      let state = seed + 1
      // Of what else is too much work, more or less may be left within the ranges.
      const isPlain = seed % 2 === 0
      const draws = plain.places.map(({ name, most }) => {
        state = (Math.imul(state, 48271) >>> 0) % 2147483647
        // A large case is allowed more work than others.
        if (name === 'style large') return 0
        return name.startsWith('style ') && (isPlain || state % 3 > 0) ? 0 : state % (most + 1)
      })
      const before = plain.make(draws)
      const after = confined.make(draws)
      expect(outside(within, conv2d, after)).toBeNull()
      const [work, usual] = [after, before].map((it) => workOf(conv2d, it.sizes, it.parameters))
      expect(work).toBeLessThanOrEqual(3 * Math.max(mostWork.integers, usual!))
      const fits = usual! <= mostWork.integers && outside(within, conv2d, before) === null
      if (isPlain && fits) {
        same++
        expect(after).toEqual(before)
      }
    }
    expect(same).toBeLessThan(100)
  },
)
