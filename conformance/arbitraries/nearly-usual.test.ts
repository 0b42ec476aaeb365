import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { expect, test } from 'vitest'
import { depthwise } from '../../spec/efficient/depthwise.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { descend } from '../../spec/training/descent.ts'
import { Pairs } from './factors.ts'
import { usualAgain } from './nearly-usual.ts'
import { Plan } from './plan.ts'
import { RecipeMaker } from './recipe.ts'

const makerOf = (operation: Operation) =>
  new RecipeMaker(operation, 'reals', { beyond: true, usual: operation.usual ?? [] })

test.each([0, 1, 2, 3, 4, 5, 6, 7])(
  'a plan has 3 × 3 with either stride, and each of four amounts of padding as it is drawn: seed %i',
  (seed) => {
    const makers = [makerOf(depthwise), makerOf(depthwise)]
    const plan = new Plan(makers, new Pairs(depthwise), seed)
    const recipes = makers.flatMap((maker, i) =>
      [...plan.part(i)].map(({ draws }) => maker.make(draws)),
    )
    for (const stride of [1, 2]) {
      const amounts = recipes.flatMap(({ sizes, parameters: { padding, strides } }) =>
        sizes.Hf === 3 && sizes.Wf === 3 && String(strides) === `${stride},${stride}`
          ? [padding as number[] | string]
          : [],
      )
      for (const side of [0, 1, 2, 3]) {
        const values = new Set(amounts.map((each) => each[side]))
        for (const amount of [0, 1, 2, 3]) {
          expect(values.has(amount), `stride ${stride}, ${amount} on side ${side}`).toBe(true)
        }
      }
    }
  },
)

test('what is usual comes again at least as often as all but one thing of it', () => {
  const numbers = usualAgain(makerOf(depthwise), new fc.Random(xorshift128plus(1)))
  const but = numbers.filter((each) => (each['style usual but'] ?? 0) > 0)
  const whole = numbers.filter((each) => Object.keys(each).length === 1)
  expect(whole.length).toBeGreaterThanOrEqual(20)
  expect(but.length).toBeGreaterThanOrEqual(20)
})

test('where no parameter has several numbers, nothing is had in turn', () => {
  const maker = makerOf(descend)
  expect(maker.usual.length).toBeGreaterThan(0)
  const numbers = usualAgain(maker, new fc.Random(xorshift128plus(1)))
  const styles = numbers.flatMap((each) => Object.keys(each).filter((name) => !/^style/.test(name)))
  expect(styles).toEqual([])
})
