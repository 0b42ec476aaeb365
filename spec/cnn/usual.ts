import type { Sizes, Usual } from '../language/operation.ts'

const square = { W: ({ H }: Sizes) => H! }

/** A square kernel with the same stride along both axes; the padding is drawn where none is given. */
function kernel(
  side: number,
  stride: number,
  padding?: 'valid' | 'same' | number,
  sizes: NonNullable<Usual['sizes']> = {},
): Usual {
  const amounts = typeof padding === 'number' ? Array(4).fill(padding) : padding
  return {
    sizes: { Hf: side, Wf: side, ...sizes },
    parameters: {
      strides: [stride, stride],
      dilations: [1, 1],
      ...(amounts === undefined ? {} : { padding: amounts }),
    },
  }
}

/** A long kernel that is one number wide, of which two are used for a square one. */
function oneAfterTheOther(rows: number, columns: number): Usual {
  return {
    sizes: { Hf: rows, Wf: columns },
    parameters: { strides: [1, 1], dilations: [1, 1], padding: 'same' },
  }
}

const dilated: Usual = {
  sizes: { Hf: 3, Wf: 3 },
  parameters: { strides: [1, 1], dilations: [2, 2], padding: 'same' },
}

/** The windows that convolutional networks are made of. */
export const usualWindows: readonly Usual[] = [
  kernel(3, 1, 'same'),
  kernel(3, 1, 1, square),
  kernel(3, 2, 'same'),
  kernel(3, 2, 1, square),
  kernel(1, 1, 'valid', square),
  kernel(1, 2, 'valid'),
  kernel(1, 1, 'same'),
  kernel(5, 1, 'same', square),
  kernel(5, 1, 2),
  kernel(7, 2, 3),
  kernel(3, 1, 'valid'),
  kernel(2, 2, 'valid'),
  kernel(4, 2, 1),
  kernel(5, 2, 'same', { H: 8, ...square }),
  kernel(5, 2, 2),
  kernel(7, 2, 'same'),
  kernel(11, 4, 'valid'),
  oneAfterTheOther(1, 7),
  oneAfterTheOther(7, 1),
  kernel(3, 1),
  kernel(3, 2),
  dilated,
]

/** Those of depthwise convolutions, nearly always with one filter a channel. */
export const usualDepthwise: readonly Usual[] = [
  kernel(3, 1, 'same', { M: 1 }),
  kernel(3, 1, 1, { M: 1, ...square }),
  kernel(3, 2, 'same', { M: 1 }),
  kernel(3, 2, 1, { M: 1, ...square }),
  kernel(5, 1, 'same', { M: 1 }),
  kernel(5, 2, 'same', { M: 1 }),
  kernel(7, 1, 3, { M: 1 }),
  kernel(3, 1),
  kernel(3, 2),
  dilated,
]

function pool(
  side: number,
  stride: number,
  padding?: 'valid' | 'same' | number,
  sizes?: NonNullable<Usual['sizes']>,
): Usual {
  const amounts = typeof padding === 'number' ? Array(4).fill(padding) : padding
  return {
    ...(sizes === undefined ? {} : { sizes }),
    parameters: {
      kernel: [side, side],
      strides: [stride, stride],
      ...(amounts === undefined ? {} : { padding: amounts }),
    },
  }
}

/** The pooling layers of convolutional networks; the last ones take the whole image. */
export const usualPooling: readonly Usual[] = [
  pool(2, 2, 'valid'),
  pool(2, 2, 'same', square),
  pool(3, 2, 'valid'),
  pool(3, 2, 'same'),
  pool(3, 2, 1, square),
  pool(3, 1, 'same'),
  pool(3, 1, 1),
  pool(2, 1, 'same'),
  pool(3, 3, 'valid'),
  pool(2, 2),
  pool(3, 2),
  pool(4, 1, undefined, { H: 4, W: 4 }),
  pool(7, 1, 'valid', { H: 7, W: 7 }),
  pool(14, 1, 'valid', { H: 14, W: 14 }),
]

/** The same number of rows and columns on every side, or one more at the end. */
export const usualAmounts: readonly Usual[] = [
  [1, 1, 1, 1],
  [2, 2, 2, 2],
  [3, 3, 3, 3],
  [0, 1, 0, 1],
].map((padding) => ({ parameters: { padding } }))
