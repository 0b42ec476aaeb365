import { build } from '../../../reference/arithmetic/array.ts'
import {
  zeroPadGradient as gradientReference,
  zeroPad as reference,
} from '../../../reference/cnn/pad.ts'
import { zeroPad, zeroPadGradient } from '../../../spec/cnn/pad.ts'
import { fault } from '../../kit/fault.ts'

type Four = [number, number, number, number]

export const swapsAxes = fault(
  zeroPad,
  reference,
  'takes the amounts as left, right, top, bottom',
  ({ inputs, parameters, right }) => {
    const [top, bottom, left, side] = parameters.padding
    return right(inputs, { padding: [left, side, top, bottom] })
  },
)

export const swapsEnds = fault(
  zeroPad,
  reference,
  'adds above what belongs below, and on the left what belongs on the right',
  ({ inputs, parameters, right }) => {
    const [top, bottom, left, side] = parameters.padding
    return right(inputs, { padding: [bottom, top, side, left] })
  },
)

export const repeatsEdge = fault(
  zeroPad,
  reference,
  'repeats the pixels at the border instead of adding zeros',
  ({ inputs, parameters, right }) => {
    const { x } = inputs
    const [, H, W] = x.shape as Four
    const [top, , left] = parameters.padding
    const within = (i: number, size: number) => Math.min(size - 1, Math.max(0, i))
    const { y } = right(inputs, parameters)
    return {
      y: build(y.shape, (n, i, j, k) => x.at(n, within(i - top, H), within(j - left, W), k)),
    }
  },
)

export const padsOneSide = fault(
  zeroPad,
  reference,
  'E-04 read literally: adds the padding once, not on both sides',
  ({ inputs, parameters, right }) => {
    const [top, , left] = parameters.padding
    return right(inputs, { padding: [0, top, 0, left] })
  },
)

export const keepsCorner = fault(
  zeroPadGradient,
  gradientReference,
  'cuts everything off at the bottom and right',
  ({ inputs, parameters, right }) => {
    const [top, bottom, left, side] = parameters.padding
    return right(inputs, { padding: [0, top + bottom, 0, left + side] })
  },
)

export const cutsOtherAmounts = fault(
  zeroPadGradient,
  gradientReference,
  'cuts off above what was added below, and on the left what was added on the right',
  ({ inputs, parameters, right }) => {
    const [top, bottom, left, side] = parameters.padding
    return right(inputs, { padding: [bottom, top, side, left] })
  },
)
