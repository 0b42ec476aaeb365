import * as tf from '@tensorflow/tfjs-core'

type Activation = 'relu' | 'linear'
type Pads = [[number, number], [number, number], [number, number], [number, number]]

const ringOf = (filters: tf.Tensor): number => (filters.shape[0]! - 1) / 2
const pads = (before: number, after: number): Pads => [
  [0, 0],
  [before, after],
  [before, after],
  [0, 0],
]

/** A convolution that keeps rows and columns at stride 1, with its bias and rectifier in one kernel. */
export function convolve(
  x: tf.Tensor,
  filters: tf.Tensor,
  bias: tf.Tensor | null,
  { stride = 1, activation = 'linear' }: { stride?: number; activation?: Activation } = {},
): tf.Tensor {
  const ring = ringOf(filters)
  return tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: filters as tf.Tensor4D,
    ...(bias === null ? {} : { bias }),
    strides: stride,
    pad: ring === 0 ? 'valid' : pads(ring, ring),
    activation,
  })
}

/**
 * Gradients of `convolve`. The gradient by the filters is the convolution of the images with the
 * stretched gradient, channels in the place of images: the WebAssembly backend has no kernel
 * `Conv2DBackpropFilter` (a 1 × 1 image and filter already throw).
 */
export function convolveGradient(
  x: tf.Tensor,
  filters: tf.Tensor,
  dy: tf.Tensor,
  { stride = 1 }: { stride?: number } = {},
) {
  const ring = ringOf(filters)
  const [U, , K, Q] = filters.shape as [number, number, number, number]
  const padded = tf.pad(x, pads(ring, ring))
  const dPadded = tf.conv2dTranspose(
    dy as tf.Tensor4D,
    filters as tf.Tensor4D,
    padded.shape as [number, number, number, number],
    stride,
    'valid',
  )
  const dx = tf.slice(dPadded, [0, ring, ring, 0], x.shape)

  const asFilters = stretch(stretch(tf.transpose(dy, [1, 2, 0, 3]), 0, stride), 1, stride)
  const correlated = tf.conv2d(
    tf.transpose(padded, [3, 1, 2, 0]) as tf.Tensor4D,
    asFilters as tf.Tensor4D,
    1,
    'valid',
  )
  const dFilters = tf.transpose(tf.slice(correlated, 0, [K, U, U, Q]), [1, 2, 0, 3])
  return { dx, dFilters, dBias: tf.sum(dy, [0, 1, 2]) }
}

/** Puts d − 1 zeros between neighbours along an axis. */
export function stretch(t: tf.Tensor, axis: number, d: number): tf.Tensor {
  if (d === 1) return t
  const before = t.shape.slice(0, axis).reduce((a, b) => a * b, 1)
  const after = t.shape.slice(axis + 1).reduce((a, b) => a * b, 1)
  const n = t.shape[axis]!
  const apart = tf.pad(tf.reshape(t, [before, n, 1, after]), [
    [0, 0],
    [0, 0],
    [0, d - 1],
    [0, 0],
  ])
  const long = t.shape.with(axis, n * d)
  return tf.slice(tf.reshape(apart, long), 0, t.shape.with(axis, (n - 1) * d + 1))
}

/** dy where x > 0, and 0 elsewhere. */
export function rectifyGradient(x: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  return tf.where(tf.greater(x, 0), dy, tf.zerosLike(dy))
}
