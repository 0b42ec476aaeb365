import * as tf from '@tensorflow/tfjs-core'

export type Padding = 'valid' | 'same' | readonly [number, number, number, number]
type Pair = readonly [vertical: number, horizontal: number]

/** How windows are laid over an image. */
export interface Sliding {
  readonly strides: Pair
  readonly dilations: Pair
  readonly padding: Padding
}

/** `same` as four amounts; TensorFlow puts the larger half at the bottom and right. */
export function resolvePadding(
  padding: Padding,
  image: Pair,
  kernel: Pair,
  strides: Pair,
  dilations: Pair,
): readonly [number, number, number, number] {
  if (padding === 'valid') return [0, 0, 0, 0]
  if (padding !== 'same') return padding
  const [top, bottom] = halves(image[0], kernel[0], strides[0], dilations[0])
  const [left, right] = halves(image[1], kernel[1], strides[1], dilations[1])
  return [top, bottom, left, right]
}

function halves(size: number, kernel: number, stride: number, dilation: number): Pair {
  const lastWindowEnd = (Math.ceil(size / stride) - 1) * stride + dilation * (kernel - 1) + 1
  const missing = Math.max(0, lastWindowEnd - size)
  return [missing >> 1, missing - (missing >> 1)]
}

/** Four amounts as TensorFlow.js wants them, one pair an axis of `N × H × W × K`. */
export function explicitPadding([top, bottom, left, right]: readonly [
  number,
  number,
  number,
  number,
]): tf.backend_util.ExplicitPadding {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}

/** The pixels from the first to the last under a dilated kernel. */
export function reachOf(kernel: Pair, dilations: Pair): Pair {
  return [dilations[0] * (kernel[0] - 1) + 1, dilations[1] * (kernel[1] - 1) + 1]
}

/** Every S-th row and column of `N × H × W × K`, from the first on. */
export function everyNth(t: tf.Tensor, [Sh, Sw]: Pair): tf.Tensor {
  return tf.stridedSlice(t, [0, 0, 0, 0], t.shape, [1, Sh, Sw, 1])
}

/**
 * Puts S − 1 zeros between neighbouring rows and columns, which are the second and third axis of
 * images, the first and second of filters.
 */
export function stretch(t: tf.Tensor, strides: Pair, rows: 0 | 1 = 1): tf.Tensor {
  return stretchAxis(stretchAxis(t, rows, strides[0]), rows + 1, strides[1])
}

function stretchAxis(t: tf.Tensor, axis: number, stride: number): tf.Tensor {
  const n = t.shape[axis]!
  if (stride === 1 || n === 1) return t
  const before = tf.util.sizeFromShape(t.shape.slice(0, axis))
  const after = tf.util.sizeFromShape(t.shape.slice(axis + 1))
  const apart = tf.pad(tf.reshape(t, [before, n, 1, after]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ])
  const long = tf.reshape(apart, t.shape.with(axis, n * stride))
  return tf.slice(long, [0, 0, 0, 0], t.shape.with(axis, (n - 1) * stride + 1))
}

/** The pixels under each window side by side, `N × Ho × Wo × (Hf·Wf·K)`: rows of the kernel first. */
export function patchesOf(
  x: tf.Tensor,
  [Hf, Wf]: Pair,
  strides: Pair,
  dilations: Pair,
  padding: Padding,
): tf.Tensor {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const amounts = resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
  const padded = tf.pad(x, explicitPadding(amounts))
  const [Hp, Wp] = padded.shape.slice(1) as [number, number]
  const [reachH, reachW] = reachOf([Hf, Wf], dilations)
  const [Ho, Wo] = [
    Math.floor((Hp - reachH) / strides[0]) + 1,
    Math.floor((Wp - reachW) / strides[1]) + 1,
  ]
  // One kernel for all windows; a slice for each pixel of the window copies the image as often.
  const pixels = new Int32Array(Ho * Wo * Hf * Wf)
  let at = 0
  for (let i = 0; i < Ho; i++)
    for (let j = 0; j < Wo; j++)
      for (let u = 0; u < Hf; u++)
        for (let v = 0; v < Wf; v++)
          pixels[at++] =
            (strides[0] * i + dilations[0] * u) * Wp + strides[1] * j + dilations[1] * v
  const flat = tf.reshape(padded, [N, Hp * Wp, K])
  return tf.reshape(tf.gather(flat, tf.tensor1d(pixels, 'int32'), 1), [N, Ho, Wo, Hf * Wf * K])
}
