// An implementation for touchstone to check:
//
//     npx touchstone run --clause cnn.conv2d.forward --implementation ./implementation.ts
//
// Then add operations; an editor completes their ids, inputs, parameters and outputs.
// `npx touchstone list` shows the clauses that they must satisfy, and
// `npx touchstone show cnn.conv2d.forward` one of them. What takes less than its signature allows says so
// by `supports`, such as { 'cnn.conv2d': { parameters: { strides: 1 } } }, or throws `Unsupported`.

import { defineImplementation, tensor } from 'touchstone'

export default defineImplementation({
  name: 'implementation',
  version: '0.1.0',
  precision: 'float32',
  // For images and filters with channels first: axes: { x: 'NKHW', filters: 'QKHW' }
  axes: 'channels last',
  operations: {
    'cnn.conv2d': ({ x, filters, bias }, { strides, dilations, padding }) => {
      if (x.shape.length !== 4 || filters.shape.length !== 4 || (bias && bias.shape.length !== 1)) {
        throw new RangeError('x and filters have four axes, bias has one')
      }
      const [N, H, W, K] = x.shape as [number, number, number, number]
      const [Hf, Wf, depth, Q] = filters.shape as [number, number, number, number]
      const rows = windows(H, Hf, strides[0], dilations[0], padding, 0)
      const columns = windows(W, Wf, strides[1], dilations[1], padding, 2)
      if (depth !== K || (bias && bias.shape[0] !== Q) || rows.count < 1 || columns.count < 1) {
        throw new RangeError('the sizes of x, filters and bias do not fit together')
      }
      const amounts = typeof padding === 'string' ? [] : padding
      if (!areWhole([...strides, ...dilations], 1) || !areWhole(amounts, 0)) {
        throw new RangeError('strides and dilations are whole numbers from 1 on, padding from 0 on')
      }

      const y = new Float32Array(N * rows.count * columns.count * Q)
      let position = 0
      for (let n = 0; n < N; n++)
        for (let i = 0; i < rows.count; i++)
          for (let j = 0; j < columns.count; j++)
            for (let q = 0; q < Q; q++) {
              // A bias that is left out is 0.
              let sum = bias?.data[q] ?? 0
              for (let u = 0; u < Hf; u++)
                for (let v = 0; v < Wf; v++) {
                  const h = strides[0] * i + dilations[0] * u - rows.before
                  const w = strides[1] * j + dilations[1] * v - columns.before
                  // Padding counts as 0.
                  if (h < 0 || h >= H || w < 0 || w >= W) continue
                  for (let k = 0; k < K; k++)
                    sum +=
                      x.data[((n * H + h) * W + w) * K + k] *
                      filters.data[((u * Wf + v) * K + k) * Q + q]
                }
              y[position++] = sum
            }
      return { y: tensor([N, rows.count, columns.count, Q], y) }
    },
  },
})

function areWhole(values: readonly number[], least: number) {
  return values.every((value) => Number.isInteger(value) && value >= least)
}

/** How many windows there are along an axis, and how much padding stands before it. */
function windows(
  size: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: 'valid' | 'same' | readonly number[],
  first: 0 | 2,
) {
  const extent = dilation * (kernel - 1) + 1
  if (padding === 'same') {
    const count = Math.ceil(size / stride)
    return { count, before: Math.floor(Math.max((count - 1) * stride + extent - size, 0) / 2) }
  }
  const [before, after] = padding === 'valid' ? [0, 0] : padding.slice(first, first + 2)
  return { count: Math.floor((size + before + after - extent) / stride) + 1, before }
}
