import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { conv2d } from '../../../reference/cnn/conv2d.ts'
import {
  fireGradient as gradientReference,
  fire as reference,
} from '../../../reference/efficient/fire.ts'
import { convolve } from '../../../reference/layers/half-padding.ts'
import { rectify } from '../../../reference/layers/rectifier.ts'
import { fire, fireGradient } from '../../../spec/efficient/fire.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>
type Layer = (x: Numbers, filters: Numbers, bias: Numbers) => Numbers

const plain: Layer = (x, filters, bias) => convolve(number, x, filters, bias)
const rectified: Layer = (x, filters, bias) => rectify(number, plain(x, filters, bias))

/** The module with one of its layers made otherwise. */
const wrongFire = faultsOf(fire, reference)
const wrongFireGradient = faultsOf(fireGradient, gradientReference)

function otherwise(
  name: string,
  { squeezing = rectified, small = rectified, large = rectified, swapped = false },
) {
  return wrongFire.answer(name, ({ inputs }) => {
    const { x, squeeze, squeezeBias, expand1, expand1Bias, expand3, expand3Bias } = inputs
    const z = squeezing(x, squeeze, squeezeBias)
    const both = [small(z, expand1, expand1Bias), large(z, expand3, expand3Bias)]
    const [first, second] = (swapped ? both.toReversed() : both) as [Numbers, Numbers]
    const [N, H, W, A] = first.shape as [number, number, number, number]
    return {
      y: build([N, H, W, A + second.shape[3]!], (n, i, j, e) =>
        e < A ? first.at(n, i, j, e) : second.at(n, i, j, e - A),
      ),
    }
  })
}

export const largeFirst = otherwise('puts the 3 × 3 filters first', { swapped: true })
export const squeezesLinearly = otherwise('has no rectifier after the squeeze layer', {
  squeezing: plain,
})
export const expandsLinearly = otherwise('has no rectifier after the 3 × 3 filters', {
  large: plain,
})
export const neverExpands = wrongFire.outputs(
  'E-77 read literally: keeps no more channels than it was given',
  ({ y }, { inputs: { x } }) => {
    const [N, H, W, E] = y.shape as [number, number, number, number]
    return { y: build([N, H, W, Math.min(E, x.shape[3]!)], (...at) => y.at(...at)) }
  },
)
export const padsOnOneSide = otherwise('puts the whole padding at the bottom and right', {
  large: (x, filters, bias) =>
    rectify(
      number,
      conv2d(
        number,
        { x, filters, bias },
        { strides: [1, 1], dilations: [1, 1], padding: [0, 2, 0, 2] },
      ).y,
    ),
})

export const gradientOfLargeOnly = wrongFireGradient.outputs(
  'sends back through the 3 × 3 filters only',
  (_, { inputs, parameters, right }) => {
    const A = inputs.expand1Bias.data.length
    const E = inputs.dy.shape[3]!
    const dy = changed(inputs.dy, (d, at) => (at % E < A ? 0 : d))
    const large = right({ ...inputs, dy }, parameters)
    return { dx: large.dx, dSqueeze: large.dSqueeze }
  },
)

export const gradientSwapsHalves = wrongFireGradient.inputs(
  'takes the last channels of the gradient for those of the 1 × 1 filters',
  ({ dy, expand1Bias }) => {
    const A = expand1Bias.data.length
    const E = dy.shape[3]!
    const turned = build(dy.shape, (n, i, j, e) => dy.at(n, i, j, e < A ? E - A + e : e - A))
    return { dy: turned }
  },
)

export const gradientIgnoresSqueeze = wrongFireGradient.outputs(
  'lets the gradient through the rectifier of the squeeze layer everywhere',
  (_, { inputs, parameters, right }) => {
    const open = changed(inputs.squeezeBias, (b) => Math.abs(b) + 1e3)
    return {
      dSqueezeBias: right({ ...inputs, squeezeBias: open }, parameters).dSqueezeBias,
    }
  },
)
