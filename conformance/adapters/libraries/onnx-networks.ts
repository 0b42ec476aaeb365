import type { Tensor } from '../../../spec/language/tensor.ts'
import type { Definition } from '../define.ts'
import type { Graphs } from './onnx-graphs.ts'
import type { Graph, Node } from './onnx-model.ts'
import { activations, recurrent } from './onnx-recurrent.ts'

type Layer = Parameters<typeof recurrent>

/** A recurrent layer, and the scores of each of its states. */
function withScores(layer: Layer, { V, c }: { readonly V: Tensor; readonly c?: Tensor }) {
  const graph = recurrent(...layer)
  const nodes: Node[] = [
    ...graph.nodes,
    { operator: 'Transpose', inputs: ['V'], output: 'readout', attributes: { perm: [1, 0] } },
    { operator: 'MatMul', inputs: ['h', 'readout'], output: c === undefined ? 'o' : 'products' },
  ]
  if (c !== undefined) nodes.push({ operator: 'Add', inputs: ['products', 'c'], output: 'o' })
  return { ...graph, weights: { ...graph.weights, V, ...(c && { c }) }, nodes }
}

/** The two biases that a layer of ONNX has, where there is one. */
const twice = ({ dtype, shape, data }: Tensor): Tensor => ({
  dtype: dtype as 'float32',
  shape: [2, ...shape],
  data: Float32Array.from([...data, ...data.map(() => 0)]),
})

/** Recurrent networks as graphs of ONNX. */
export const networkGraphs: Graphs = {
  'rnn.network': ({ V, c, ...given }, { activation, direction }): Graph => {
    const attributes = { direction, ...activations[activation] }
    const { nodes, ...graph } = withScores(['RNN', given, attributes, 1], { V, ...(c && { c }) })
    const softmax = { operator: 'Softmax', inputs: ['o'], output: 'y' }
    return { ...graph, nodes: [...nodes, softmax], outputs: ['h', 'o', 'y'] }
  },
  'bptt.loss': ({ V, c, y, b, ...given }, { activation }): Graph => {
    const layer: Layer = ['RNN', { ...given, b: twice(b) }, activations[activation], 1]
    const { nodes, ...graph } = withScores(layer, { V, c })
    return {
      ...graph,
      weights: { ...graph.weights, y, classes: [1, 2] },
      nodes: [
        ...nodes,
        { operator: 'LogSoftmax', inputs: ['o'], output: 'logs' },
        { operator: 'Mul', inputs: ['y', 'logs'], output: 'shares' },
        {
          operator: 'ReduceSum',
          inputs: ['shares', 'classes'],
          output: 'sums',
          attributes: { keepdims: { int: 0 } },
        },
        { operator: 'Neg', inputs: ['sums'], output: 'E' },
      ],
      outputs: ['E'],
    }
  },
}

/** States of steps that are padding are zeros there, and scores are of these. */
export const networkDomains: Definition['supports'] & object = {
  'rnn.network': { absent: ['padded'] },
}
