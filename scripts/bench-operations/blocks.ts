import type { OnnxNode } from './onnx.ts'

/** Blocks as graphs of ONNX Runtime and calls of PyTorch; images of 64 channels unless told otherwise. */

export const node = (
  type: string,
  inputs: readonly string[],
  output: string,
  ints: OnnxNode['ints'] = {},
): OnnxNode => ({ type, inputs, output, ints })

const shaped = (name: string, shape: readonly number[]): readonly OnnxNode[] => [
  node('Constant', [], `${name}Shape`, { value_ints: shape }),
  node('Reshape', [name, `${name}Shape`], `${name}Bank`),
]
const around = { pads: [1, 1, 1, 1] }

/** 3 × 3 depthwise, then 64 to 128 channels pointwise, each rectified. */
export const separableInOnnx: readonly OnnxNode[] = [
  ...shaped('depthwise', [64, 1, 3, 3]),
  ...shaped('pointwise', [128, 64, 1, 1]),
  node('Conv', ['x', 'depthwiseBank', 'depthwiseBias'], 'first', { ...around, group: 64 }),
  node('Relu', ['first'], 'spread'),
  node('Conv', ['spread', 'pointwiseBank', 'pointwiseBias'], 'mixed'),
  node('Relu', ['mixed'], 'y'),
]

/** 128 channels to 16, and those to 64 by single pixels and to 64 by 3 × 3. */
export const fireInOnnx: readonly OnnxNode[] = [
  ...shaped('squeeze', [16, 128, 1, 1]),
  node('Conv', ['x', 'squeezeBank', 'squeezeBias'], 'first'),
  node('Relu', ['first'], 'narrow'),
  node('Conv', ['narrow', 'expand1', 'expand1Bias'], 'single'),
  node('Conv', ['narrow', 'expand3', 'expand3Bias'], 'square', around),
  node('Concat', ['single', 'square'], 'both', { axis: 1 }),
  node('Relu', ['both'], 'y'),
]

/** Two 3 × 3, the first of stride 2 and from 64 to 128 channels, and a pointwise shortcut. */
export const projectionInOnnx: readonly OnnxNode[] = [
  ...shaped('projection', [128, 64, 1, 1]),
  node('Conv', ['x', 'filters1', 'bias1'], 'first', { ...around, strides: [2, 2] }),
  node('Relu', ['first'], 'hidden'),
  node('Conv', ['hidden', 'filters2', 'bias2'], 'branch', around),
  node('Conv', ['x', 'projectionBank'], 'shortcut', { strides: [2, 2] }),
  node('Add', ['branch', 'shortcut'], 'joined'),
  node('Relu', ['joined'], 'y'),
]
export const projectionInTorch =
  'F.relu(F.conv2d(F.relu(F.conv2d(x, filters1, bias1, 2, 1)), filters2, bias2, padding=1) + F.conv2d(x, projection.reshape(128, 64, 1, 1), None, 2))'

const layers = [0, 1, 2, 3]
const growth = 32
const before = (layer: number) => 64 + growth * layer
const firstOf = (layer: number) =>
  layers.slice(0, layer).reduce((sum, each) => sum + before(each), 0)

/** Four layers that take all maps before them and add 32 each; their filters lie one after the other. */
export const denseBlockInOnnx: readonly OnnxNode[] = [
  node('Constant', [], 'axis', { value_ints: [1] }),
  ...layers.flatMap((layer) => [
    node('Constant', [], `from${layer}`, { value_ints: [firstOf(layer)] }),
    node('Constant', [], `to${layer}`, { value_ints: [firstOf(layer + 1)] }),
    node('Constant', [], `at${layer}`, { value_int: layer }),
    node('Slice', ['filters', `from${layer}`, `to${layer}`, 'axis'], `bank${layer}`),
    node('Gather', ['biases', `at${layer}`], `bias${layer}`),
    node('Relu', [layer === 0 ? 'x' : `maps${layer}`], `rectified${layer}`),
    node('Conv', [`rectified${layer}`, `bank${layer}`, `bias${layer}`], `new${layer}`, around),
    node(
      'Concat',
      [layer === 0 ? 'x' : `maps${layer}`, `new${layer}`],
      layer === layers.at(-1) ? 'y' : `maps${layer + 1}`,
      { axis: 1 },
    ),
  ]),
]
export const denseBlockInTorch = layers.reduce(
  (maps, layer) =>
    `(lambda m: torch.cat([m, F.conv2d(F.relu(m), filters[:, ${firstOf(layer)}:${firstOf(layer + 1)}], biases[${layer}], padding=1)], 1))(${maps})`,
  'x',
)

/** Means of channels, then a dense layer. */
export const pooledHeadInOnnx: readonly OnnxNode[] = [
  node('GlobalAveragePool', ['x'], 'pooled'),
  node('Flatten', ['pooled'], 'means'),
  node('Gemm', ['means', 'weights', 'bias'], 'y'),
]

/** The energy in a square is a mean of squares times its size. */
export const lrnWithinInTorch = 'x / (1 + 25e-4 * F.avg_pool2d(x * x, 5, 1, 2)) ** 0.75'
