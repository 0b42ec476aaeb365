import type { Finding } from './finding.ts'

export const onnxruntimeFindings: readonly Finding[] = [
  {
    library: 'ONNX Runtime',
    version: '1.30.0',
    call: "Conv(x, W), auto_pad = 'SAME_UPPER', dilations = [2, 2]",
    clause: 'cnn.conv2d.output-size-general',
    case: 'An image of one pixel, 1, and a filter of one weight, 1. ONNX defines the padding of a dilated kernel by its extent.',
    expected: '[1]',
    actual: 'throws: Dilation not supported for AutoPadType::SAME_UPPER or AutoPadType::SAME_LOWER',
    upstream: {
      link: 'https://github.com/microsoft/onnxruntime/issues/20582',
      state: 'closed, still so',
    },
  },
  {
    library: 'ONNX Runtime',
    version: '1.30.0',
    call: 'Sigmoid(x)',
    clause: 'cnn.activation.elementwise',
    case: 'σ(−17) = 1 / (1 + exp 17) = 4.14e-8: it gives twice as much. Already σ(−4) is off by 15 units in the last place.',
    expected: '[4.139937376521607e-8]',
    actual: '[8.940696716308594e-8]',
    upstream: { link: 'https://github.com/onnx/onnx/issues/6713', state: 'closed, still so' },
  },
  {
    library: 'ONNX Runtime',
    version: '1.30.0',
    call: 'MaxPool(x), kernel_shape = [1, 1]',
    clause: 'cnn.pool.max',
    case: 'A single pixel that is NaN. It becomes the least finite number.',
    expected: '["NaN"]',
    actual: '[-3.4028234663852886e+38]',
    upstream: null,
  },
  {
    library: 'ONNX Runtime',
    version: '1.30.0',
    call: 'LRN(x), size = 1, alpha = 0, beta = 1, bias = 1',
    clause: 'cnn.lrn.across-channel',
    case: 'Normalization by nothing: one pixel, 1, with alpha 0. ONNX excludes no alpha.',
    expected: '[1]',
    actual: 'throws: alpha_ > 0.0f was false',
    upstream: null,
  },
]
