import { levels as reference } from '../../../reference/quantization/int-levels.ts'
import { levels } from '../../../spec/quantization/int-levels.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(levels, reference)

export const signAndMagnitude = wrong.outputs(
  'counts signed codes as a sign and a magnitude, with 0 once',
  ({ least, count }, { parameters: { range } }) =>
    range === 'signed'
      ? { least: changed(least, (v) => v + 1), count: changed(count, (v) => v - 1) }
      : {},
)

export const ignoresNarrow = wrong.parameters(
  'takes the narrow range for the signed one',
  ({ range }) => ({ range: range === 'narrow' ? 'signed' : range }),
)

export const countsSteps = wrong.outputs('counts the steps between codes', ({ count }) => ({
  count: changed(count, (v) => v - 1),
}))

export const reachesCount = wrong.outputs('ends at the count of codes', ({ largest }) => ({
  largest: changed(largest, (v) => v + 1),
}))

export const wholeCompression = wrong.outputs('rounds the compression down', ({ compression }) => ({
  compression: changed(compression, Math.floor),
}))

export const againstDoubles = wrong.outputs(
  'compares with 64 bits',
  (_, { parameters: { bits } }) => ({ compression: scalar(64 / bits) }),
)

export const acceptsNarrowBit = wrong.accepts('takes a narrow range of one bit', () => ({
  least: tensor([], [0]),
  largest: tensor([], [0]),
  count: tensor([], [1]),
  compression: tensor([], [32]),
}))
