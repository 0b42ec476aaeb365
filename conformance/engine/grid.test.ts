import { describe, expect, it } from 'vitest'
import { formats, roundTo } from '../../reference/arithmetic/precision.ts'
import { array, free } from '../../spec/language/operation.ts'
import { realize } from '../arbitraries/fill.ts'
import { gridOf } from './grid.ts'

const space = {
  dimensions: { N: free(0, 1000, 'elements') },
  inputs: { x: array('some numbers', 'N') },
  parameters: {},
}

function draw(precision: 'float16' | 'bfloat16', distribution: string, exponent = 0, seed = 7) {
  const arrays = { x: { distribution, exponent } }
  const recipe = { sizes: { N: 1000 }, parameters: {}, distribution, arrays, seed }
  return [...realize(space, recipe, gridOf(precision)).inputs.x.data]
}

describe.each(['float16', 'bfloat16'] as const)('cases in %s', (precision) => {
  const { minNormal, max, bits } = formats[precision]

  it.each(['normal', 'wide range', 'one large', 'subnormals'])(
    'hold numbers of the format only: %s',
    (distribution) => {
      for (const exponent of [-60, 0, 60]) {
        const drawn = draw(precision, distribution, exponent)
        expect(drawn.filter((x) => !Number.isFinite(x) || roundTo(precision, x) !== x)).toEqual([])
      }
    },
  )

  it('reach the numbers below the least normal one, all over', () => {
    const steps = draw(precision, 'subnormals').map(
      (x) => Math.abs(x) / (minNormal * 2 ** (1 - bits)),
    )
    expect(
      steps.every((step) => Number.isInteger(step) && step >= 1 && step < 2 ** (bits - 1)),
    ).toBe(true)
    expect(Math.max(...steps)).toBeGreaterThan(0.9 * 2 ** (bits - 1))
  })

  it('stay in the range of the format where others have larger magnitudes', () => {
    expect(draw(precision, 'normal', -60).filter((x) => x !== 0).length).toBeGreaterThan(900)
    expect(Math.max(...draw(precision, 'normal', 100))).toBeLessThanOrEqual(max)
  })
})

describe('cases in other formats', () => {
  it('are any numbers in float64, and those of float32 in what only multiplies in fewer bits', () => {
    const double = gridOf('float64')
    expect([double.dtype, double.native, double.round(0.1)]).toEqual(['float64', true, 0.1])
    for (const precision of ['float32', 'tf32'] as const) {
      const { dtype, native, round } = gridOf(precision)
      expect([dtype, native, round(0.1)]).toEqual(['float32', true, Math.fround(0.1)])
    }
  })
})

describe('cases in float16', () => {
  it('reach the largest numbers, each alone among usual ones', () => {
    const largest = Array.from({ length: 50 }, (_, seed) =>
      draw('float16', 'one large', 0, seed)
        .map(Math.abs)
        .filter((x) => x > 1000),
    )
    expect(largest.every((large) => large.length === 1)).toBe(true)
    expect(largest.filter(([large]) => large! > 60000).length).toBeGreaterThan(0)
  })

  it('reach from the least number to usual ones in one array', () => {
    const wide = draw('float16', 'wide range').map(Math.abs)
    expect(wide.filter((x) => x < 2 ** -14 && x > 0).length).toBeGreaterThan(100)
    expect(wide.filter((x) => x >= 16).length).toBeGreaterThan(10)
  })
})
