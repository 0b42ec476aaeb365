import { describe, expect, it } from 'vitest'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { findings } from '../../findings/index.ts'
import { noBrowser } from '../../fixtures/chromium.ts'
import { findRuntimeWeb, onnxruntimeWebPin, SETUP_ONNXRUNTIME_WEB } from '../onnxruntime.ts'
import { openInBrowser } from './open.ts'

const absent =
  noBrowser ?? (findRuntimeWeb() === undefined ? `not set up: ${SETUP_ONNXRUNTIME_WEB}` : null)

const array = (shape: readonly number[], at: (i: number) => number): Tensor => {
  const size = shape.reduce((product, length) => product * length, 1)
  return { dtype: 'float32', shape, data: Float32Array.from({ length: size }, (_, i) => at(i)) }
}

/** Six channels, each of the number of its place, under filters that take the fourth of one pixel. */
const fourthOfSix = {
  x: array([1, 2, 3, 6], (i) => i % 6),
  filters: array([2, 2, 6, 4], (i) => (i >= 3 * 4 && i < 4 * 4 ? 1 : 0)),
  bias: array([4], () => 0),
}
const asked = { strides: [1, 1], dilations: [1, 1], padding: 'valid' }

describe.skipIf(absent)(`ONNX Runtime on WebGPU${absent ? ` (skipped: ${absent})` : ''}`, () => {
  const [finding] = findings.filter(({ library }) => library === 'ONNX Runtime on webgpu')

  it(finding!.call, async () => {
    expect(onnxruntimeWebPin).toContain(finding!.version)
    const seen = async (device: string) => {
      const there = await openInBrowser(`onnxruntime:${device}`)
      try {
        const { y } = await there.operations['cnn.conv2d']!(fourthOfSix, asked)
        return JSON.stringify([...y!.data])
      } finally {
        await there.close?.()
      }
    }
    expect(await seen('wasm')).toBe(finding!.expected)
    expect(await seen('webgpu')).toBe(finding!.actual)
  })
})
