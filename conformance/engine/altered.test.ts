import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { describe, expect, it } from 'vitest'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import type { Case } from '../arbitraries/case.ts'
import { leftOut, tensor } from '../kit/tensor.ts'
import { altered } from './altered.ts'

const x = [1, 2, 4, 8, 0, 2 ** -11]
const filters = [16, 32, 64, 128]
const testCase: Case = {
  sizes: { N: 1, H: 2, W: 3, K: 1, Hf: 2, Wf: 2, Q: 1, Ho: 1, Wo: 2 },
  inputs: {
    x: tensor([1, 2, 3, 1], x),
    filters: tensor([2, 2, 1, 1], filters),
    bias: leftOut([1]),
  },
  parameters: { strides: [1, 1], dilations: [1, 1], padding: 'valid' },
}

/** What many alterations make of a case. */
function many(values: 'reals' | 'integers'): readonly Case[] {
  const random = new fc.Random(xorshift128plus(1))
  return Array.from({ length: 400 }, () => altered({ space: conv2d, values }, testCase, random)!)
}

const differing = ({ inputs }: Case, name: 'x' | 'filters') =>
  Array.from(inputs[name]!.data).flatMap((value, i) => {
    const before = testCase.inputs[name]!.data[i]!
    return value === before ? [] : [{ value, before }]
  })

describe('a case that is altered', () => {
  it('keeps sizes, parameters and what is left out, and all arrays but one', () => {
    for (const other of many('reals')) {
      const { inputs, sizes, parameters } = other
      expect([sizes, parameters]).toEqual([testCase.sizes, testCase.parameters])
      expect(inputs.bias).toBe(testCase.inputs.bias)
      expect(inputs.x === testCase.inputs.x || inputs.filters === testCase.inputs.filters).toBe(
        true,
      )
    }
    expect(testCase.inputs.x!.data).toEqual(Float32Array.from(x))
  })

  it('is of numbers that were there, negated or halved without rounding', () => {
    const right = new Set(
      [...x, ...filters].flatMap((v) => [v, -v, v / 2, -v / 2, v / 4, -v / 4, v / 8, -v / 8]),
    )
    const all = many('reals')
    for (const { inputs } of all) {
      for (const v of [...inputs.x!.data, ...inputs.filters!.data]) expect(right).toContain(v)
    }
    // What is below 2^-10 is not halved; what is from there on is.
    const values = new Set(all.flatMap(({ inputs }) => Array.from(inputs.x!.data)))
    expect(values).not.toContain(2 ** -12)
    expect(values).toContain(0.5)
    const isNegativeZero = (v: number) => Object.is(v, -0)
    expect(all.some(({ inputs }) => Array.from(inputs.x!.data).some(isNegativeZero))).toBe(false)
  })

  it('exchanges, repeats, negates and halves, mostly one element', () => {
    const changes = many('reals').flatMap((other) =>
      (['x', 'filters'] as const).map((name) => differing(other, name)),
    )
    const single = changes.filter((found) => found.length === 1).map(([only]) => only!)
    expect(single.some(({ value, before }) => value === -before)).toBe(true)
    expect(single.some(({ value, before }) => value === before / 2)).toBe(true)
    expect(single.some(({ value, before }) => value > before)).toBe(true)
    const exchanged = changes.filter((found) => {
      const [one, two] = found
      return found.length === 2 && two!.value === one!.before && two!.before === one!.value
    })
    expect(exchanged.length).toBeGreaterThan(0)
    const count = (least: number) => changes.filter(({ length }) => length >= least).length
    expect(count(1)).toBeGreaterThan(2 * count(3))
    expect(count(3)).toBeGreaterThan(0)
  })

  it('is of whole numbers, if it was, of which none is halved', () => {
    const values = new Set(many('integers').flatMap(({ inputs }) => Array.from(inputs.x!.data)))
    expect([...values].toSorted((a, b) => a - b)).toEqual(
      [...x, ...x.filter((v) => v !== 0).map((v) => -v)].toSorted((a, b) => a - b),
    )
  })

  it('halves no number of an array of whole numbers, of any property', () => {
    const codes = { dtype: 'int32', shape: [2], data: Int32Array.of(3, 5) } as const
    const space = { ...conv2d, inputs: {} }
    const random = new fc.Random(xorshift128plus(1))
    const whole = { ...testCase, inputs: { x: codes } }
    for (let i = 0; i < 100; i++) {
      const { data } = altered({ space, values: 'reals' }, whole, random)!.inputs.x!
      for (const value of data) expect([3, 5]).toContain(Math.abs(value))
    }
  })

  it('is none where all arrays are empty, or left out', () => {
    const nothing = { x: tensor([0], []), filters: leftOut([2]) }
    const random = new fc.Random(xorshift128plus(1))
    const space = { ...conv2d, inputs: {} }
    expect(altered({ space, values: 'reals' }, { ...testCase, inputs: nothing }, random)).toBe(null)
  })
})
