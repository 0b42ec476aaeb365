import type { Finding } from '../findings.ts'

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
]
