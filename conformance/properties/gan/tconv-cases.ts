import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { strides } from '../../../spec/cnn/window.ts'
import { tconv2d } from '../../../spec/gan/tconv.ts'
import { resultSize, smallestInput } from '../../../spec/gan/tconv-window.ts'
import { atLeast, derived, free, type ParametersOf } from '../../../spec/language/operation.ts'
import { integer, pair, tuple } from '../../../spec/language/parameter.ts'

type Geometry = ParametersOf<typeof tconv2d>

const amount = integer({ min: 0, upTo: 2 })

/** The cases of a transposed convolution in ranges small enough for laws that ask several questions. */
export const small = {
  dimensions: {
    ...tconv2d.dimensions,
    Hf: free(1, 3, 'rows of the kernel'),
    Wf: free(1, 3, 'columns of the kernel'),
    A: free(1, 2, 'channels of the result in a group'),
    Ho: atLeast(smallestInput(0), 2, 'rows of the input', 'what leaves something'),
    Wo: atLeast(smallestInput(1), 2, 'columns of the input', 'what leaves something'),
    H: derived(resultSize(0), 'rows of the result'),
    W: derived(resultSize(1), 'columns of the result'),
  },
  inputs: tconv2d.inputs,
  parameters: {
    ...tconv2d.parameters,
    strides,
    dilations: pair(integer({ min: 1, upTo: 2 })),
    padding: tuple(amount, amount, amount, amount),
  },
  constraints: tconv2d.constraints,
} as const

/** Every row one further, nothing cut off, nothing more. */
export const plainly = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [0, 0, 0, 0],
  outputPadding: [0, 0],
  groups: 1,
} as const

/** The bank of a convolution without groups that gives the same: zeros between groups. */
export function wholeBank<T>(filters: NumberArray<T>, groups: number, zero: T): NumberArray<T> {
  const [Hf, Wf, A, Q] = filters.shape as [number, number, number, number]
  const B = Q / groups
  return build([Hf, Wf, A * groups, Q], (u, v, k, q) =>
    Math.floor(k / A) === Math.floor(q / B) ? filters.at(u, v, k % A, q) : zero,
  )
}

/** How the convolution that is transposed lies on its image. */
export const convolutionOf = ({ strides, dilations, padding }: Geometry) => ({
  strides,
  dilations,
  padding,
})

/** The numbers of positions that the convolution has on its image: more than the input from an output padding of a stride on. */
export const positionsOf = (
  { strides, outputPadding }: Geometry,
  { Ho, Wo }: Readonly<Record<string, number>>,
): readonly [number, number] => [
  Ho! + Math.floor(outputPadding[0] / strides[0]),
  Wo! + Math.floor(outputPadding[1] / strides[1]),
]
