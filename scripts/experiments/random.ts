import { type Random, stream } from '../../conformance/arbitraries/random.ts'

/** Normal numbers, by the method of Box and Muller. */
export function normals(seed: number, name: string, count: number): Float32Array {
  const random = stream(seed, name)
  return Float32Array.from({ length: count }, () => normal(random))
}

/** Uniform numbers from −1 to 1. */
export function uniforms(seed: number, name: string, count: number): Float32Array {
  const random = stream(seed, name)
  return Float32Array.from({ length: count }, () => 2 * random.unit() - 1)
}

/** A normal number, by the method of Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

/** The numbers below a count in a random order. */
export function shuffled(random: Random, count: number): readonly number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}
