import * as tf from '@tensorflow/tfjs-core'
import type { ParametersOf } from '../../spec/language/operation.ts'
import {
  type networkCounts as countsSpec,
  kinds,
  type poolingCost as poolingSpec,
  type network as spec,
} from '../../spec/resnet/network.ts'
import { count, counts, countsInRows } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

interface Layer {
  /** 0 for the first layer, 1 to 4 for the stages, 5 for the classifier. */
  readonly part: number
  readonly kind: number
  readonly kernel: number
  readonly stride: number
  readonly from: number
  readonly to: number
  readonly sideIn: number
  readonly sideOut: number
}

/** The image on its way through the network, and the layers that it has passed. */
class Walk {
  readonly layers: Layer[] = []
  part = 0

  constructor(
    public side: number,
    public channels: number,
  ) {}

  pass(kind: number, kernel: number, stride: number, to: number): void {
    const { side, channels } = this
    const { outHeight } = tf.backend_util.computeConv2DInfo(
      [1, side, side, channels],
      [kernel, kernel, channels, to],
      stride,
      1,
      (kernel - 1) / 2,
    )
    this.layers.push({
      part: this.part,
      kind,
      kernel,
      stride,
      from: channels,
      to,
      sideIn: side,
      sideOut: outHeight,
    })
    this.side = outHeight
    this.channels = to
  }

  /** A block: its convolutions one after the other, and a shortcut beside them if need be. */
  block(convolutions: readonly (readonly [kernel: number, stride: number, to: number])[]): void {
    const { side, channels } = this
    for (const [kernel, stride, to] of convolutions)
      this.pass(kinds.convolution, kernel, stride, to)
    if (
      side === this.side &&
      channels === this.channels &&
      convolutions.every(([, s]) => s === 1)
    ) {
      return
    }
    const [sideOut, to] = [this.side, this.channels]
    const stride = Math.max(...convolutions.map(([, s]) => s))
    this.layers.push({
      part: this.part,
      kind: kinds.shortcut,
      kernel: 1,
      stride,
      from: channels,
      to,
      sideIn: side,
      sideOut,
    })
  }
}

const blocksPerStage = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
} as const

function walk({ depth, side, classes, strideIn }: ParametersOf<typeof spec>): readonly Layer[] {
  const image = new Walk(side, 3)
  image.pass(kinds.convolution, 7, 2, 64)
  image.pass(kinds.maximum, 3, 2, 64)
  let width = 64
  for (const [stage, count] of blocksPerStage[depth].entries()) {
    image.part = stage + 1
    for (let k = 0; k < count; k++) {
      const stride = stage > 0 && k === 0 ? 2 : 1
      const [s1, s2] = strideIn === 'first' ? [stride, 1] : [1, stride]
      image.block(
        Number(depth) < 50
          ? [
              [3, stride, width],
              [3, 1, width],
            ]
          : [
              [1, s1, width],
              [3, s2, width],
              [1, 1, 4 * width],
            ],
      )
    }
    width *= 2
  }
  const { side: last, channels } = image
  image.part = 5
  image.layers.push({
    part: image.part,
    kind: kinds.mean,
    kernel: last,
    stride: 1,
    from: channels,
    to: channels,
    sideIn: last,
    sideOut: 1,
  })
  image.side = 1
  image.pass(kinds.linear, 1, 1, classes)
  return image.layers
}

/**
 * The layers of a residual network.
 *
 * Clauses    resnet.pooling.two-only, resnet.network.counts
 * By         walking an image through it, layer by layer
 */
export const network: Fast<typeof spec> = (_, parameters) => {
  const rows = walk(parameters).map(({ kind, kernel, stride, from, to, sideIn, sideOut }) => [
    kind,
    kernel,
    stride,
    from,
    to,
    sideIn,
    sideOut,
  ])
  return { layers: countsInRows(rows) }
}

/**
 * Parameters and multiply-adds of a residual network.
 *
 * Clauses    resnet.network.counts
 * By         adding up the layers that an image passes
 */
export const networkCounts: Fast<typeof countsSpec> = (_, parameters) => {
  let [learned, multiplyAdds] = [0, 0]
  const weighted = [0, 0, 0, 0, 0, 0]
  for (const { part, kind, kernel, from, to, sideOut } of walk(parameters)) {
    if (kind === kinds.maximum || kind === kinds.mean) continue
    const weights = tf.util.sizeFromShape([kernel, kernel, from, to])
    learned += weights + (kind === kinds.linear ? to : 2 * to)
    multiplyAdds += weights * sideOut * sideOut
    if (kind !== kinds.shortcut) weighted[part]!++
  }
  return {
    parameters: count(learned),
    multiplyAdds: count(multiplyAdds),
    weighted: counts(weighted),
  }
}

/**
 * Cost of a maximum and of a convolution of the same window.
 *
 * Clauses    resnet.pooling.two-only
 * By         counting: a maximum compares every pixel but the first, a convolution multiplies all
 */
export const poolingCost: Fast<typeof poolingSpec> = (_, { window, channels, outputs }) => {
  const pixels = window * window
  const comparisons = (pixels - 1) * outputs * channels
  const products = pixels * outputs * tf.util.sizeFromShape([channels, channels])
  return {
    dearer: count(comparisons > products ? 1 : 0),
    operations: counts([comparisons, products]),
  }
}
