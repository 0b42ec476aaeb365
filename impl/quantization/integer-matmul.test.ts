import { expect, test } from 'vitest'
import { tryDevice } from '../../conformance/fixtures/tried.ts'
import { useDevice } from '../device/device.ts'
import { deviceNames } from '../device/name.ts'
import { evaluators } from '../index.ts'

const float32 = (shape: readonly number[], ...values: readonly number[]) => {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1))
  return {
    dtype: 'float32' as const,
    shape,
    data: data.fill(values.at(-1)!).fill(values[0]!, 0, 1),
  }
}

/** The sum of so many products of codes less their zero point, the first one of another code. */
async function sumOf(waits: boolean, terms: number, [first, code, zero]: readonly number[]) {
  const evaluate = evaluators({ waits })['quantization.integerMatmul']!
  const a = float32([1, terms], first!, code!)
  const zeros = { zeroA: float32([], zero!), zerosB: float32([1], 0) }
  const words = { bits: 8, rangeA: 'unsigned', rangeB: 'unsigned', per: 'tensor' }
  const { y } = await evaluate({ a, b: float32([terms, 1], 255), ...zeros }, words)
  return y!.data[0]!
}

for (const name of deviceNames) {
  const { device, reason, skipped } = await tryDevice(name)
  test.skipIf(reason)(
    `sums of products of codes are rounded once at most on ${name}${skipped}`,
    async () => {
      try {
        await useDevice(device)
        const asked = [
          // Three blocks: added as float32, the odd sum of the first two would be rounded, and again with the third.
          [594, 36, 255, 0],
          [513, 255, 255, 0],
          [700, 1, 253, 0],
          // More arrays than WebGPU binds at once.
          [2500, 3, 255, 0],
          // Negative, where a block has no whole number of 4096.
          [600, 238, 0, 255],
        ] as const
        for (const [terms, first, code, zero] of asked) {
          const sum = 255 * (first - zero + (code - zero) * (terms - 1))
          const found = await sumOf(name === 'webgpu', terms, [first, code, zero])
          expect([sum, Math.fround(sum)]).toContain(found)
        }
      } finally {
        await device.close()
      }
    },
  )
}
