import { number } from '../../../reference/arithmetic/number.ts'
import {
  fireGradient as gradientReference,
  fire as reference,
} from '../../../reference/efficient/fire.ts'
import { rectify } from '../../../reference/layers/rectifier.ts'
import { fire, fireGradient } from '../../../spec/efficient/fire.ts'
import { changed, joined, part, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { type Layer, paddedBehind, plain } from '../resnet/block-faults.ts'

const rectified: Layer = (x, filters, bias) => rectify(number, plain(x, filters, bias))

const wrong = faultsOf(fire, reference)
const wrongGradient = faultsOf(fireGradient, gradientReference)

/** The module with one of its layers made otherwise. */
function otherwise(
  name: string,
  { squeezing = rectified, small = rectified, large = rectified, swapped = false },
) {
  return wrong.answer(name, ({ inputs }) => {
    const { x, squeeze, squeezeBias, expand1, expand1Bias, expand3, expand3Bias } = inputs
    const z = squeezing(x, squeeze, squeezeBias)
    const both = [small(z, expand1, expand1Bias), large(z, expand3, expand3Bias)]
    return { y: joined(3, ...(swapped ? both.toReversed() : both)) }
  })
}

export const largeFirst = otherwise('puts the 3 × 3 filters first', { swapped: true })
export const squeezesLinearly = otherwise('has no rectifier after the squeeze layer', {
  squeezing: plain,
})
export const expandsLinearly = otherwise('has no rectifier after the 3 × 3 filters', {
  large: plain,
})

export const neverExpands = wrong.outputs(
  'E-77 read literally: keeps no more channels than it was given',
  ({ y }, { sizes: { C, E } }) => ({ y: part(y, y.shape.with(3, Math.min(E, C))) }),
)

export const padsOnOneSide = otherwise('puts the whole padding at the bottom and right', {
  large: (x, filters, bias) => rectify(number, paddedBehind(x, filters, bias)),
})

export const gradientOfLargeOnly = wrongGradient.outputs(
  'sends back through the 3 × 3 filters only',
  (_, { inputs, parameters, right, sizes: { A, E } }) => {
    const dy = changed(inputs.dy, (d, at) => (at % E < A ? 0 : d))
    const { dx, dSqueeze } = right({ ...inputs, dy }, parameters)
    return { dx, dSqueeze }
  },
)

export const gradientSwapsHalves = wrongGradient.inputs(
  'takes the last channels of the gradient for those of the 1 × 1 filters',
  ({ dy }, { sizes: { A, E } }) => ({
    dy: permuted(dy, (n, i, j, e) => [n, i, j, e < A ? E - A + e : e - A]),
  }),
)

export const gradientIgnoresSqueeze = wrongGradient.outputs(
  'lets the gradient through the rectifier of the squeeze layer everywhere',
  (_, { inputs, parameters, right }) => {
    const squeezeBias = changed(inputs.squeezeBias, (b) => Math.abs(b) + 1e3)
    return { dSqueezeBias: right({ ...inputs, squeezeBias }, parameters).dSqueezeBias }
  },
)
