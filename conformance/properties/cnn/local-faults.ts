import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  parameterCounts as countsReference,
  patches as patchesReference,
} from '../../../reference/cnn/local.ts'
import { parameterCounts, patches } from '../../../spec/cnn/local.ts'
import { fault, mapArray } from '../../kit/fault.ts'

const scalar = (value: number) => fromData([], [value])

export const forgetsBiases = fault(
  parameterCounts,
  countsReference,
  'counts no biases',
  ({ parameters }) => {
    const { rows: H, columns: W, channels: K, filters: Q } = parameters
    const { kernelRows: Hf, kernelColumns: Wf } = parameters
    const units = (H - Hf + 1) * (W - Wf + 1) * Q
    return {
      dense: scalar(units * H * W * K),
      local: scalar(units * Hf * Wf * K),
      shared: scalar(Q * Hf * Wf * K),
    }
  },
)

export const forgetsDepth = fault(
  parameterCounts,
  countsReference,
  'counts the weights of one channel only',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, channels: 1 }),
)

export const oneBiasForAll = fault(
  parameterCounts,
  countsReference,
  'counts a single bias for all filters of a convolution',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, shared: mapArray(answer.shared, (n) => n - parameters.filters + 1) }
  },
)

export const unitsOfImage = fault(
  parameterCounts,
  countsReference,
  'takes the maps to be as large as the image',
  ({ inputs, parameters, right }) => {
    const { rows, columns, kernelRows, kernelColumns } = parameters
    const { dense, local, shared } = right(inputs, parameters)
    const positions = (rows - kernelRows + 1) * (columns - kernelColumns + 1)
    const grow = (n: number) => (n / positions) * rows * columns
    return { dense: mapArray(dense, grow), local: mapArray(local, grow), shared }
  },
)

export const channelsFirst = fault(
  patches,
  patchesReference,
  'puts channels first within a column',
  ({ inputs, parameters, right }) => {
    const { patches: columns } = right(inputs, parameters)
    const K = inputs.x.shape[3]!
    const taps = columns.shape[3]! / K
    return {
      patches: build(columns.shape, (n, i, j, p) =>
        columns.at(n, i, j, (p % taps) * K + Math.floor(p / taps)),
      ),
    }
  },
)

export const columnsOfKernelFirst = fault(
  patches,
  patchesReference,
  'runs down the columns of the kernel instead of along its rows',
  ({ inputs, parameters, right }) => {
    const { patches: columns } = right(inputs, parameters)
    const K = inputs.x.shape[3]!
    const [Hf, Wf] = parameters.kernelSize as unknown as readonly [number, number]
    return {
      patches: build(columns.shape, (n, i, j, p) => {
        const [tap, k] = [Math.floor(p / K), p % K]
        const [v, u] = [Math.floor(tap / Hf), tap % Hf]
        return columns.at(n, i, j, (u * Wf + v) * K + k)
      }),
    }
  },
)

export const startsLate = fault(
  patches,
  patchesReference,
  'begins every window one column late',
  ({ inputs, parameters, right }) => {
    const { x } = inputs
    const W = x.shape[2]!
    const shifted = build(x.shape, (n, i, j, k) => (j + 1 < W ? x.at(n, i, j + 1, k) : 0))
    return right({ ...inputs, x: shifted }, parameters)
  },
)
