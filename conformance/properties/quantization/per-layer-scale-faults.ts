import { symmetricScale as reference } from '../../../reference/quantization/per-layer-scale.ts'
import { symmetricScale } from '../../../spec/quantization/per-layer-scale.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(symmetricScale, reference)

export const dividesByCount = wrong.outputs(
  'divides by how many codes there are above 0 and 0 itself',
  ({ scales }, { parameters: { bits } }) => ({
    scales: changed(scales, (s) => (s * (2 ** (bits - 1) - 1)) / 2 ** (bits - 1)),
  }),
)

export const dividesByAllCodes = wrong.parameters(
  'divides by all steps there are, as between a least and a largest number',
  ({ bits }) => ({ bits: bits + 1 }),
)

export const largestOfPositive = wrong.inputs(
  'looks at the largest number, not magnitude',
  ({ w }) => ({
    w: changed(w, (value) => Math.max(0, value)),
  }),
)

export const sharesScale = wrong.answer(
  'gives every channel the scale of all',
  ({ inputs, parameters, right }) => {
    const { scales } = right(inputs, parameters)
    const shared = right(inputs, { ...parameters, per: 'tensor' }).scales
    return { scales: filled(scales.shape, shared.at(0)) }
  },
)

export const zeroForZeros = wrong.answer(
  'gives zeros the scale 0',
  ({ inputs, parameters, right }) => {
    const { scales } = right(inputs, parameters)
    const doubled = right({ w: changed(inputs.w, (value) => 2 * value) }, parameters).scales
    // The scale of zeros is the only one that stays.
    return { scales: changed(scales, (s, d) => (doubled.at(d) === s ? 0 : s)) }
  },
)

export const zeroScaleGrows = wrong.outputs('holds scales at least at 1', ({ scales }) => ({
  scales: changed(scales, (s) => Math.max(1, s)),
}))

export const acceptsOneBit = wrong.accepts('divides by 0 for codes of one bit', () => ({
  scales: tensor([1], [1]),
}))
