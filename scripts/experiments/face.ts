import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Tensor } from '../../spec/language/tensor.ts'
import { tensor } from './ask.ts'

const require = createRequire(import.meta.url)
/** A file of the package, which is looked for when it is asked for. */
const read = (file: string) => {
  const folder = dirname(require.resolve('@vladmandic/face-api/package.json'))
  return readFileSync(join(folder, file))
}

/** One array of a model in the format of TensorFlow.js, of which each number is a byte. */
interface Weights {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
  readonly quantization?: { readonly dtype: string; readonly scale: number; readonly min: number }
}

/** The package that ships the model. */
export const facePackage = '@vladmandic/face-api'

/** The last layer of a network that finds 68 points of a face: 256 features, two coordinates a point. */
export function faceLayer(): Tensor {
  const [{ weights }] = JSON.parse(
    read('model/face_landmark_68_model-weights_manifest.json').toString(),
  ) as [{ readonly weights: readonly Weights[] }]
  const bytes = read('model/face_landmark_68_model.bin')
  let at = 0
  for (const { name, shape, quantization } of weights) {
    const count = shape.reduce((product, size) => product * size, 1)
    if (quantization?.dtype !== 'uint8') throw new Error(`${name} is not stored in bytes`)
    if (name === 'fc/weights') {
      const { scale, min } = quantization
      const layer = bytes.subarray(at, at + count)
      return tensor(
        shape,
        Array.from(layer, (byte) => byte * scale + min),
      )
    }
    at += count
  }
  throw new Error('the model has no layer fc')
}

/** The version of the package, which says which weights these are. */
export function faceVersion(): string {
  return JSON.parse(read('package.json').toString()).version
}
