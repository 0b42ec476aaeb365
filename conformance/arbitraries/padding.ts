import type { Random } from './random.ts'

/**
 * Padding of sequences, time first, where 1 is a step that is padding. Of eight cases, five have it behind, where
 * libraries that are told lengths can say it: each sequence has as many steps as it comes, from one to all, evenly. One
 * has lengths from 0 on. Two have padding anywhere, each step by itself.
 */
export function fillPadding(
  data: Float32Array | Float64Array,
  [steps, sequences]: readonly [steps: number, sequences: number],
  random: Random,
): void {
  const kind = random.below(8)
  if (kind < 2) {
    for (let i = 0; i < data.length; i++) data[i] = random.below(2)
    return
  }
  const least = Math.min(steps, kind === 2 ? 0 : 1)
  for (let n = 0; n < sequences; n++) {
    const length = least + random.below(steps - least + 1)
    for (let t = length; t < steps; t++) data[t * sequences + n] = 1
  }
}
