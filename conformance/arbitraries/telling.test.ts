import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { describe, expect, test } from 'vitest'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { array, free, type Operation } from '../../spec/language/operation.ts'
import type { Numbers } from './factors.ts'
import { RecipeMaker } from './recipe.ts'
import { tileSizes } from './style.ts'
import { tellingOf } from './telling.ts'

function first(count: number, operation: Operation, seed: number): readonly Numbers[] {
  const { usual = [] } = operation
  const maker = new RecipeMaker(operation, 'reals', { beyond: true, usual })
  const cases = tellingOf(maker, new fc.Random(xorshift128plus(seed)))
  return Array.from({ length: count }, () => cases.next().value)
}

const sizesOf = (cases: readonly Numbers[]) =>
  cases.flatMap((numbers) => numbers['style tile 0 size'] ?? []).map((at) => tileSizes[at]!)

const oneArray: Operation = {
  id: 'toys.negate',
  title: 'An operation on one axis, without parameters or usual configurations',
  level: 'core',
  dimensions: { N: free(1, 3, 'numbers') },
  inputs: { x: array('numbers', 'N') },
  parameters: {},
  outputs: { y: array('numbers', 'N') },
  classes: {},
}

describe.each([0, 1, 2])('cases to glance at, seed %i', (seed) => {
  test('have small tiles at first and later tiles of any size', () => {
    const cases = first(400, conv2d, seed)
    expect(Math.max(...sizesOf(cases.slice(0, 24)))).toBe(18)
    expect(new Set(sizesOf(cases))).toEqual(new Set(tileSizes))
  })

  test('have two equal axes in every fourth, and all of these pairs in turn', () => {
    const cases = first(400, conv2d, seed)
    const pairs = cases.map((numbers) => numbers['style equal'] ?? 0)
    expect(pairs.every((pair, i) => pair > 0 === (i % 4 === 1))).toBe(true)
    const inTurn = pairs.filter((pair) => pair > 0)
    const { equalAxes } = new RecipeMaker(conv2d, 'reals', { beyond: true, usual: [] })
    const { length } = equalAxes
    expect(inTurn.slice(0, length).toSorted((a, b) => a - b)).toEqual(
      equalAxes.map((_, i) => 1 + i),
    )
  })

  test('are every usual configuration before one comes again', () => {
    const { length } = conv2d.usual!
    const configurations = first(4 * length, conv2d, seed)
      .map((numbers) => numbers['style usual'] ?? 0)
      .filter((place) => place > 0)
    expect(new Set(configurations.slice(0, length)).size).toBe(length)
  })

  test('come without end of an operation that has one axis and nothing else', () => {
    expect(new Set(sizesOf(first(400, oneArray, seed)))).toEqual(new Set(tileSizes))
  })
})
