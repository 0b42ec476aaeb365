import { describe, expect, test } from 'vitest'
import { bounded } from '../arithmetic/bounded.ts'
import { ieee } from '../arithmetic/profile.ts'
import { damp } from './lrn.ts'

const ulp = 2 ** -23
const single = bounded('float32', ieee)

describe('the bound of x s^-β covers every step as far off as it may be', () => {
  const [x, s, beta] = [1.25, 1.5, 0.75]
  const { value, ...rest } = damp(single, single.exact(x), single.exact(s), beta)
  const bound = single.error({ value, ...rest })

  const up = (ulps: number) => 1 + ulps * ulp
  const exponential = Math.exp(beta * Math.log(s) * up(4) * up(0.5)) * up(4)
  test.each([
    ['a quotient by the power', x / (s ** beta * up(4)) / up(1.5)],
    ['a product with the power of −β', (x * s ** -beta) / up(4) / up(0.5)],
    ['a quotient by e^(β ln s)', x / exponential / up(1.5)],
    ['a product with e^(−β ln s)', x / exponential / up(0.5)],
  ])('%s', (_, answer) => {
    const off = value - answer
    expect(off).toBeGreaterThan(0.6 * bound)
    expect(off).toBeLessThanOrEqual(bound)
  })
})
