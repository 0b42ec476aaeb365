import { change, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what counts windows, weights and pixels. */
export const sizeMistakes: readonly Mistake[] = [
  mistake(
    'cnn.receptiveField',
    'range',
    'counts with 16 bits',
    (the) => ({
      extents: change(the.right.extents, (v) => v % 65536),
    }),
    { parameters: { layers: [{ kernel: 70000, stride: 1, dilation: 1 }] } },
  ),
  mistake('cnn.receptiveField', 'size', 'from the fifth layer on, strides do not count', (the) => {
    const { layers } = the.parameters
    return the.but(
      {},
      { layers: layers.map((layer, l) => (l < 4 ? layer : { ...layer, stride: 1 })) },
    )
  }),
  mistake('cnn.receptiveField', 'shape', 'a kernel of 1 with a dilation spreads by it', (the) => {
    const at = the.parameters.layers.findIndex(
      ({ kernel, dilation }) => kernel === 1 && dilation > 2,
    )
    if (at >= 0) return { extents: change(the.right.extents, (v, l) => (l >= at ? v + 1 : v)) }
  }),
  mistake(
    'cnn.parameterCounts',
    'range',
    'counts in 32 bits',
    (the) => ({
      dense: change(the.right.dense, (v) => v | 0),
      local: change(the.right.local, (v) => v | 0),
    }),
    {
      parameters: {
        rows: 300,
        columns: 300,
        channels: 3,
        kernelRows: 1,
        kernelColumns: 1,
        filters: 4,
      },
    },
  ),
  mistake(
    'cnn.parameterCounts',
    'shape',
    'kernels as large as the image share no bias',
    (the) => {
      const { rows, columns, kernelRows, kernelColumns } = the.parameters
      if (rows === kernelRows && columns === kernelColumns)
        return { shared: change(the.right.shared, (v) => v - 1) }
    },
    { parameters: { rows: 3, columns: 2, kernelRows: 3, kernelColumns: 2 } },
  ),
  mistake(
    'cnn.outputSize',
    'range',
    'divides by multiplying with a reciprocal in single precision, rounded down',
    (the) => {
      const { stride } = the.parameters
      const steps = (the.right.count.at() - 1) * stride
      return {
        count: change(
          the.right.count,
          () => Math.floor(Math.fround(steps * Math.fround(1 / stride))) + 1,
        ),
      }
    },
    { parameters: { size: 83, kernel: 1, stride: 41, dilation: 1, padding: 'valid' } },
  ),
  mistake(
    'cnn.outputSize',
    'shape',
    'pads `same` after the image only when the kernel is even',
    (the) => {
      const { kernel, padding } = the.parameters
      const { before, after } = the.right
      if (padding === 'same' && kernel % 2 === 0)
        return { before: times(before, 0), after: change(after, (v) => v + before.at()) }
    },
    { parameters: { padding: 'same', kernel: 4, stride: 1, dilation: 1 } },
  ),
  mistake(
    'cnn.outputSize',
    'special',
    'one window too few where the last one ends at the very end and strides are above 3',
    (the) => {
      const { size, kernel, stride, dilation, padding } = the.parameters
      if (
        padding === 'valid' &&
        stride > 3 &&
        size > kernel &&
        (size - dilation * (kernel - 1) - 1) % stride === 0
      )
        return { count: change(the.right.count, (v) => Math.max(1, v - 1)) }
    },
    { parameters: { padding: 'valid', stride: 4, size: 9, kernel: 1, dilation: 1 } },
  ),
  mistake(
    'cnn.pyramid',
    'size',
    'looks at the first eight layers',
    (the) => ({ first: change(the.right.first, (v) => (v >= 8 ? -1 : v)) }),
    {
      parameters: {
        layers: Array.from({ length: 9 }, (_, l) => {
          return { kind: 'convolution', rows: l === 8 ? 2 : 1, columns: 1, channels: 1 }
        }),
      },
    },
  ),
  mistake(
    'cnn.pyramid',
    'special',
    'takes sizes that stay equal from a pooling on for growing ones',
    (the) => {
      const { layers } = the.parameters
      const at = layers.findIndex(
        ({ kind, rows, columns }, l) =>
          kind === 'pooling' &&
          l > 0 &&
          rows === layers[l - 1].rows &&
          columns === layers[l - 1].columns,
      )
      if (at >= 0) return { first: change(the.right.first, (v) => (v === -1 || v > at ? at : v)) }
    },
  ),
]
