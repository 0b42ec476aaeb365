import type {
  gradientDiagnosis as diagnosisSpec,
  overflowStep as stepSpec,
} from '../../spec/bptt/explosion-detectable.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Diagnosis of gradients over time.
 *
 * Formula    finite = [all p finite], exploding = [not all p ≤ θ], vanishing = [finite and p_0 < ε p_T]
 * Clauses    bptt.explosion-detectable
 * Shapes     norms: [States] → finite, exploding, vanishing: []
 * Edges      infinities and NaN are not at most θ
 * Source     Pascanu, Mikolov, Bengio (2013), sections 2 and 3
 * Example    norms = 1/1024, 1/32, 1, θ = 10, ε = 1/100 → finite 1, exploding 0, vanishing 1
 */
export const gradientDiagnosis: Reference<typeof diagnosisSpec> = (
  arithmetic,
  { norms },
  { limit, faded },
) => {
  const { exact, less, multiply, toNumber } = arithmetic
  const p = norms.data
  const allFinite = p.every((value) => Number.isFinite(toNumber(value)))
  const isExploding = !allFinite || p.some((value) => less(exact(limit), value))
  const isVanishing = allFinite && less(p[0]!, multiply(exact(faded), p.at(-1)!))
  const written = (truth: boolean) => build([], () => exact(truth ? 1 : 0))
  return {
    finite: written(allFinite),
    exploding: written(isExploding),
    vanishing: written(isVanishing),
  }
}

/** Where the numbers of a format end, as a power of 2 (IEEE 754-2019, table 3.5). */
const exponents = { float16: 16, bfloat16: 128, float32: 128, float64: 1024 } as const

/**
 * Step at which a growing gradient overflows.
 *
 * Formula    ⌈e / log2 ρ⌉, e = 16, 128 or 1024
 * Clauses    bptt.explosion-detectable
 * Shapes     → steps: []
 * Edges      what reaches the power of 2 exactly is infinite
 * Source     IEEE 754-2019, table 3.5
 * Example    ρ = 2 in single precision → 128
 */
export const overflowStep: Reference<typeof stepSpec> = ({ exact }, _, { growth, format }) => ({
  steps: build([], () => exact(Math.ceil(exponents[format] / Math.log2(growth)))),
})
