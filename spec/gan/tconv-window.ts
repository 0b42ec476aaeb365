import { extent } from '../cnn/window.ts'
import type { Parameters, Sizes } from '../language/operation.ts'
import { integer, pair, tuple } from '../language/parameter.ts'

const amount = integer({ min: 0, upTo: 3 })

/** How many rows and columns are cut off: `[top, bottom, left, right]`. */
export const cuts = tuple(amount, amount, amount, amount)
/** How many rows and columns more there are at the bottom and at the right. */
export const outputPadding = pair(integer({ min: 0, upTo: 2 }))
export const groups = integer({ min: 1, upTo: 4 })

/** The names of the sizes that belong to the vertical (0) and the horizontal (1) axis. */
const inputAxis = ['Ho', 'Wo'] as const
const kernelAxis = ['Hf', 'Wf'] as const

/** What is added along an axis to the places that the steps of the stride take: D(H' − 1) + 1 − P + o. */
function beside(axis: 0 | 1, sizes: Sizes, parameters: Parameters): number {
  const { dilations, padding, outputPadding } = parameters
  const reach = extent(sizes[kernelAxis[axis]]!, dilations[axis])
  return reach - padding[2 * axis] - padding[2 * axis + 1] + outputPadding[axis]
}

/** The size of the result along an axis: (H_o − 1)S + D(H' − 1) + 1 − P_t − P_b + o. */
export function resultSize(axis: 0 | 1) {
  return (sizes: Sizes, parameters: Parameters): number =>
    (sizes[inputAxis[axis]]! - 1) * parameters.strides[axis] + beside(axis, sizes, parameters)
}

/** The size of the smallest input of which at least one row (or column) is left. */
export function smallestInput(axis: 0 | 1) {
  return (sizes: Sizes, parameters: Parameters): number =>
    1 + Math.max(0, Math.ceil((1 - beside(axis, sizes, parameters)) / parameters.strides[axis]))
}

/** The largest number up to a limit that divides a number of channels. */
function divisor(channels: number, limit: number): number {
  let groups = Math.min(limit, channels)
  while (channels % groups > 0) groups--
  return groups
}

/** Groups share the channels evenly. */
export const wholeGroups = {
  says: 'groups that divide the channels without rest',
  argument: 'groups',
  holds: ({ Q }: Sizes, { groups }: Parameters) => Q! % groups === 0,
  repair: (parameters: Parameters, { Q }: Sizes) => ({
    ...parameters,
    groups: divisor(Q!, parameters.groups),
  }),
  violate: (parameters: Parameters, { Q }: Sizes) => ({ ...parameters, groups: Q! + 1 }),
}

/** Along an axis, less output padding than the stride or the dilation. */
const fewer = ({ strides, dilations }: Parameters, axis: 0 | 1) =>
  Math.max(strides[axis], dilations[axis])

export const littleOutputPadding = {
  says: 'less output padding than the stride or the dilation',
  argument: 'outputPadding',
  holds: (_: Sizes, parameters: Parameters) =>
    ([0, 1] as const).every((axis) => parameters.outputPadding[axis] < fewer(parameters, axis)),
  repair: (parameters: Parameters) => ({
    ...parameters,
    outputPadding: ([0, 1] as const).map((axis) =>
      Math.min(parameters.outputPadding[axis], fewer(parameters, axis) - 1),
    ),
  }),
  violate: (parameters: Parameters) => ({
    ...parameters,
    outputPadding: [fewer(parameters, 0), parameters.outputPadding[1]],
  }),
}
