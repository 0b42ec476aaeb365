import type { Usual } from '../language/operation.ts'

const one = { dilations: [1, 1], groups: 1 } as const

/** A square kernel with the same stride, amount and output padding along both axes. */
function upsampling(
  side: number,
  stride: number,
  amount: number,
  more = 0,
  sizes: NonNullable<Usual['sizes']> = {},
): Usual {
  return {
    sizes: { Hf: side, Wf: side, ...sizes },
    parameters: {
      ...one,
      strides: [stride, stride],
      padding: [amount, amount, amount, amount],
      outputPadding: [more, more],
    },
  }
}

/** The transposed convolutions of generators, decoders and networks for segmentation. */
export const usualTransposed: readonly Usual[] = [
  upsampling(4, 2, 1, 0, { Wo: ({ Ho }) => Ho! }),
  upsampling(5, 2, 2, 1, { Wo: ({ Ho }) => Ho! }),
  upsampling(3, 2, 1, 1),
  upsampling(2, 2, 0),
  upsampling(4, 1, 0, 0, { Ho: 1, Wo: 1 }),
  upsampling(3, 1, 1),
  upsampling(3, 1, 0),
  upsampling(1, 1, 0),
  // The padding `same` of Keras: one row more is cut off at the bottom.
  {
    sizes: { Hf: 3, Wf: 3 },
    parameters: { ...one, strides: [2, 2], padding: [0, 1, 0, 1], outputPadding: [0, 0] },
  },
  {
    sizes: { Hf: 5, Wf: 5 },
    parameters: { ...one, strides: [2, 2], padding: [1, 2, 1, 2], outputPadding: [0, 0] },
  },
  {
    sizes: { Hf: 3, Wf: 3 },
    parameters: {
      strides: [1, 1],
      dilations: [2, 2],
      padding: [2, 2, 2, 2],
      outputPadding: [0, 0],
      groups: 1,
    },
  },
  // Bilinear interpolation: a kernel a channel.
  {
    sizes: { Hf: 4, Wf: 4, A: 1, Q: 4 },
    parameters: {
      strides: [2, 2],
      dilations: [1, 1],
      padding: [1, 1, 1, 1],
      outputPadding: [0, 0],
      groups: 4,
    },
  },
]
