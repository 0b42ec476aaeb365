import { build } from '../../../reference/arithmetic/array.ts'
import { convolutionMatrix as reference } from '../../../reference/gan/conv-as-matrix.ts'
import { convolutionMatrix } from '../../../spec/gan/conv-as-matrix.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(convolutionMatrix, reference)

export const firstKernelRowOnly = wrong.inputs(
  'E-51 read literally: has the first row of the kernel and none of the others',
  ({ filters }, { sizes: { Wf, A, Q } }) => ({
    filters: changed(filters, (weight, at) => (at < Wf * A * Q ? weight : 0)),
  }),
)

export const turnsKernel = wrong.inputs(
  'turns the kernel by half a circle',
  ({ filters }, { sizes: { Hf, Wf } }) => ({
    filters: permuted(filters, (u, v, a, q) => [Hf - 1 - u, Wf - 1 - v, a, q]),
  }),
)

export const joinsRows = wrong.outputs(
  'leaves no columns out between the rows of the kernel, where there are one channel and one filter',
  (
    { matrix },
    { inputs: { filters }, parameters: { groups, padding, strides }, sizes: { A, Q } },
  ) => {
    if (A * Q * groups > 1 || padding.some((n) => n > 0)) return { matrix }
    return {
      matrix: build(matrix.shape, (row, column) => filters.data[column - row * strides[1]] ?? 0),
    }
  },
)

export const channelsFirst = wrong.outputs(
  'writes the image one channel after the other',
  ({ matrix }, { parameters: { groups }, sizes: { H, W, A } }) => ({
    matrix: permuted(matrix, (row, column) => [
      row,
      (column % (H * W)) * A * groups + Math.floor(column / (H * W)),
    ]),
  }),
)

export const filtersFirst = wrong.outputs(
  'writes the response one filter after the other',
  ({ matrix }, { sizes: { Ho, Wo, Q } }) => ({
    matrix: permuted(matrix, (row, column) => [
      (row % (Ho * Wo)) * Q + Math.floor(row / (Ho * Wo)),
      column,
    ]),
  }),
)

export const swapsStrides = wrong.outputs(
  'moves down by the horizontal stride and right by the vertical one, as far as there are pixels',
  ({ matrix }, { inputs, parameters, right, sizes: { Ho, Wo } }) => {
    const { strides, ...rest } = parameters
    const other = right(inputs, { ...rest, strides: [strides[1], strides[0]] }).matrix
    return other.shape[0] === matrix.shape[0] && Ho === Wo ? { matrix: other } : {}
  },
)

export const ignoresDilation = wrong.outputs(
  'ignores the dilation',
  ({ matrix }, { inputs, parameters, right, sizes: { W, Wf, Wo, Q } }) => {
    const dense = right(inputs, { ...parameters, dilations: [1, 1] }).matrix
    const [, , left, behind] = parameters.padding
    const across = Math.floor((W + left + behind - Wf) / parameters.strides[1]) + 1
    return {
      matrix: build(matrix.shape, (row, column) => {
        const [i, j, q] = [Math.floor(row / (Wo * Q)), Math.floor(row / Q) % Wo, row % Q]
        return dense.at((i * across + j) * Q + q, column)
      }),
    }
  },
)

export const ignoresGroups = wrong.outputs(
  'lets every filter see the channels of all groups',
  ({ matrix }, { inputs, parameters, right, sizes: { A } }) => {
    const { groups } = parameters
    const filters = build(inputs.filters.shape.with(2, A * groups), (u, v, k, q) =>
      inputs.filters.at(u, v, k % A, q),
    )
    return {
      matrix: groups === 1 ? matrix : right({ filters }, { ...parameters, groups: 1 }).matrix,
    }
  },
)
