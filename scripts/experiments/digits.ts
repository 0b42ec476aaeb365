import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { stream } from '../../conformance/arbitraries/random.ts'
import { shuffled } from './random.ts'

const require = createRequire(import.meta.url)

/** Images of 28 × 28 handwritten digits, a row each, and which digit each of them is. */
export interface Digits {
  readonly images: Float32Array
  readonly labels: readonly number[]
}

export const pixels = 28 * 28
export const classes = 10

/** How many of each digit are learned from, and how many are kept for the test. */
export const [forTraining, forTest] = [300, 200]

/** The digits that a package ships: the first ones of each class for training, those behind for the test. */
export function loadDigits(): { readonly training: Digits; readonly test: Digits } {
  const folder = join(dirname(require.resolve('mnist/package.json')), 'src/digits')
  const all = Array.from({ length: classes }, (_, digit) => {
    const text = readFileSync(join(folder, `${digit}.json`), 'utf8')
    return (JSON.parse(text) as { readonly data: readonly number[] }).data
  })
  const part = (first: number, count: number): Digits => ({
    images: Float32Array.from(
      all.flatMap((data) => data.slice(first * pixels, (first + count) * pixels)),
    ),
    labels: all.flatMap((_, digit) => new Array<number>(count).fill(digit)),
  })
  return { training: part(0, forTraining), test: part(forTraining, forTest) }
}

/** Batches of the samples in an order of their own. */
export function batchesOf(count: number, size: number, seed: number, epoch: number) {
  const order = shuffled(stream(seed, `epoch ${epoch}`), count)
  return Array.from({ length: Math.floor(count / size) }, (_, b) =>
    order.slice(b * size, (b + 1) * size),
  )
}
