import { build } from '../../../reference/arithmetic/array.ts'
import {
  parameterCounts as countsReference,
  patches as patchesReference,
} from '../../../reference/cnn/local.ts'
import { parameterCounts, patches } from '../../../spec/cnn/local.ts'
import { changed, permuted, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrongCounts = faultsOf(parameterCounts, countsReference)
const wrongPatches = faultsOf(patches, patchesReference)

export const forgetsBiases = wrongCounts.answer('counts no biases', ({ parameters }) => {
  const { rows: H, columns: W, channels: K, filters: Q } = parameters
  const { kernelRows: Hf, kernelColumns: Wf } = parameters
  const units = (H - Hf + 1) * (W - Wf + 1) * Q
  return {
    dense: scalar(units * H * W * K),
    local: scalar(units * Hf * Wf * K),
    shared: scalar(Q * Hf * Wf * K),
  }
})

export const forgetsDepth = wrongCounts.parameters(
  'counts the weights of one channel only',
  () => ({ channels: 1 }),
)

export const oneBiasForAll = wrongCounts.outputs(
  'counts a single bias for all filters of a convolution',
  ({ shared }, { parameters: { filters } }) => ({
    shared: changed(shared, (n) => n - filters + 1),
  }),
)

export const unitsOfImage = wrongCounts.outputs(
  'takes the maps to be as large as the image',
  ({ dense, local }, { parameters: { rows, columns, kernelRows, kernelColumns } }) => {
    const positions = (rows - kernelRows + 1) * (columns - kernelColumns + 1)
    const grow = (n: number) => (n / positions) * rows * columns
    return { dense: changed(dense, grow), local: changed(local, grow) }
  },
)

export const answersLargeKernel = wrongCounts.accepts('counts a kernel that does not fit', () => {
  const none = tensor([], [0])
  return { dense: none, local: none, shared: none }
})

export const neuronAFilter = wrongCounts.outputs(
  'E-97 read literally: counts one neuron a filter, wherever it lies',
  ({ dense, local }, { parameters: { rows, columns, kernelRows, kernelColumns } }) => {
    const positions = (rows - kernelRows + 1) * (columns - kernelColumns + 1)
    const once = (n: number) => n / positions
    return { dense: changed(dense, once), local: changed(local, once) }
  },
)

export const channelsFirst = wrongPatches.outputs(
  'puts channels first within a column',
  ({ patches }, { sizes: { K, Hf, Wf } }) => ({
    patches: permuted(patches, (n, i, j, p) => {
      const [k, tap] = [Math.floor(p / (Hf * Wf)), p % (Hf * Wf)]
      return [n, i, j, tap * K + k]
    }),
  }),
)

export const columnsOfKernelFirst = wrongPatches.outputs(
  'runs down the columns of the kernel instead of along its rows',
  ({ patches }, { sizes: { K, Hf, Wf } }) => ({
    patches: permuted(patches, (n, i, j, p) => {
      const [tap, k] = [Math.floor(p / K), p % K]
      const [v, u] = [Math.floor(tap / Hf), tap % Hf]
      return [n, i, j, (u * Wf + v) * K + k]
    }),
  }),
)

export const startsLate = wrongPatches.inputs(
  'begins every window one column late',
  ({ x }, { sizes: { W } }) => ({
    x: build(x.shape, (n, i, j, k) => (j + 1 < W ? x.at(n, i, j + 1, k) : 0)),
  }),
)
