import type { Finding } from './finding.ts'

/** In `call`, `torch` is the library, on the processor. */
export const pytorchFindings: readonly Finding[] = [
  {
    library: 'PyTorch',
    version: '2.15.0',
    call: 'torch.nn.functional.conv2d(torch.ones(1, 1, 1, 2).permute(0, 3, 1, 2), torch.ones(3, 3, 2, 1).permute(3, 2, 0, 1).requires_grad_(), padding=1).sum().backward()',
    clause: 'cnn.backprop.filter-gradient',
    case: 'The gradient by filters, where images and filters that have their channels last were put in order by permute: two channels, one filter of 3 × 3, one pixel with a ring of zeros.',
    expected: 'ones where the pixel is, in the middle of the kernel',
    actual: 'throws: slow_conv2d: grad_weight must be contiguous',
    upstream: {
      link: 'https://github.com/pytorch/vision/issues/6001',
      state: 'closed, still so',
    },
  },
]
