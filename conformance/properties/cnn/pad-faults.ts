import { build } from '../../../reference/arithmetic/array.ts'
import {
  zeroPadGradient as gradientReference,
  zeroPad as reference,
} from '../../../reference/cnn/pad.ts'
import { zeroPad, zeroPadGradient } from '../../../spec/cnn/pad.ts'
import { faultsOf } from '../../kit/faults.ts'

type Four = [number, number, number, number]

const wrongZeroPad = faultsOf(zeroPad, reference)
const wrongZeroPadGradient = faultsOf(zeroPadGradient, gradientReference)

export const swapsAxes = wrongZeroPad.answer(
  'takes the amounts as left, right, top, bottom',
  ({ inputs, parameters, right }) => {
    const [top, bottom, left, side] = parameters.padding
    return right(inputs, { padding: [left, side, top, bottom] })
  },
)

export const swapsEnds = wrongZeroPad.answer(
  'adds above what belongs below, and on the left what belongs on the right',
  ({ inputs, parameters, right }) => {
    const [top, bottom, left, side] = parameters.padding
    return right(inputs, { padding: [bottom, top, side, left] })
  },
)

export const repeatsEdge = wrongZeroPad.outputs(
  'repeats the pixels at the border instead of adding zeros',
  ({ y }, { inputs, parameters }) => {
    const { x } = inputs
    const [, H, W] = x.shape as Four
    const [top, , left] = parameters.padding
    const within = (i: number, size: number) => Math.min(size - 1, Math.max(0, i))
    return {
      y: build(y.shape, (n, i, j, k) => x.at(n, within(i - top, H), within(j - left, W), k)),
    }
  },
)

export const padsOneSide = wrongZeroPad.answer(
  'E-04 read literally: adds the padding once, not on both sides',
  ({ inputs, parameters, right }) => {
    const [top, , left] = parameters.padding
    return right(inputs, { padding: [0, top, 0, left] })
  },
)

export const keepsCorner = wrongZeroPadGradient.answer(
  'cuts everything off at the bottom and right',
  ({ inputs, parameters, right }) => {
    const [top, bottom, left, side] = parameters.padding
    return right(inputs, { padding: [0, top + bottom, 0, left + side] })
  },
)

export const cutsOtherAmounts = wrongZeroPadGradient.answer(
  'cuts off above what was added below, and on the left what was added on the right',
  ({ inputs, parameters, right }) => {
    const [top, bottom, left, side] = parameters.padding
    return right(inputs, { padding: [bottom, top, side, left] })
  },
)
