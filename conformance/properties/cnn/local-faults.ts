import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  parameterCounts as countsReference,
  patches as patchesReference,
} from '../../../reference/cnn/local.ts'
import { parameterCounts, patches } from '../../../spec/cnn/local.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const scalar = (value: number) => fromData([], [value])

const wrongParameterCounts = faultsOf(parameterCounts, countsReference)
const wrongPatches = faultsOf(patches, patchesReference)

export const forgetsBiases = wrongParameterCounts.answer('counts no biases', ({ parameters }) => {
  const { rows: H, columns: W, channels: K, filters: Q } = parameters
  const { kernelRows: Hf, kernelColumns: Wf } = parameters
  const units = (H - Hf + 1) * (W - Wf + 1) * Q
  return {
    dense: scalar(units * H * W * K),
    local: scalar(units * Hf * Wf * K),
    shared: scalar(Q * Hf * Wf * K),
  }
})

export const forgetsDepth = wrongParameterCounts.parameters(
  'counts the weights of one channel only',
  () => ({ channels: 1 }),
)

export const oneBiasForAll = wrongParameterCounts.outputs(
  'counts a single bias for all filters of a convolution',
  (answer, { parameters }) => {
    return { shared: changed(answer.shared, (n) => n - parameters.filters + 1) }
  },
)

export const unitsOfImage = wrongParameterCounts.outputs(
  'takes the maps to be as large as the image',
  ({ dense, local, shared }, { parameters }) => {
    const { rows, columns, kernelRows, kernelColumns } = parameters
    const positions = (rows - kernelRows + 1) * (columns - kernelColumns + 1)
    const grow = (n: number) => (n / positions) * rows * columns
    return { dense: changed(dense, grow), local: changed(local, grow), shared }
  },
)

export const neuronAFilter = wrongParameterCounts.outputs(
  'E-97 read literally: counts one neuron a filter, wherever it lies',
  ({ dense, local }, { parameters: { rows, columns, kernelRows, kernelColumns } }) => {
    const positions = (rows - kernelRows + 1) * (columns - kernelColumns + 1)
    const once = (n: number) => n / positions
    return { dense: changed(dense, once), local: changed(local, once) }
  },
)

export const channelsFirst = wrongPatches.outputs(
  'puts channels first within a column',
  (outputs, { inputs }) => {
    const { patches: columns } = outputs
    const K = inputs.x.shape[3]!
    const taps = columns.shape[3]! / K
    return {
      patches: build(columns.shape, (n, i, j, p) =>
        columns.at(n, i, j, (p % taps) * K + Math.floor(p / taps)),
      ),
    }
  },
)

export const columnsOfKernelFirst = wrongPatches.outputs(
  'runs down the columns of the kernel instead of along its rows',
  (outputs, { inputs, parameters }) => {
    const { patches: columns } = outputs
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

export const startsLate = wrongPatches.inputs('begins every window one column late', ({ x }) => {
  const W = x.shape[2]!
  const shifted = build(x.shape, (n, i, j, k) => (j + 1 < W ? x.at(n, i, j + 1, k) : 0))
  return { x: shifted }
})
