import type { Finding } from './finding.ts'

/** In `call`, `torch` is the library, on the processor, with `torch.nn.utils.prune` imported. */
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
  {
    library: 'PyTorch',
    version: '2.15.0',
    call: 'torch.fake_quantize_per_channel_affine(torch.tensor([2.0**63]), torch.ones(1), torch.zeros(1, dtype=torch.int32), 0, -128, 127).item()',
    clause: 'quantization.reduced-bits.quantize',
    case: 'One number, 2⁶³, with the scale 1: it is above the range and becomes its upper end, as one scale for the whole array has it (fake_quantize_per_tensor_affine). A channel at a time it is made a whole number of 64 bits before it is cut off, which it is too large for, and ends at the lower end.',
    expected: '127.0',
    actual: '-128.0',
    upstream: null,
  },
  {
    library: 'PyTorch',
    version: '2.15.0',
    call: "torch.nn.utils.prune.CustomFromMask(torch.zeros(1)).prune(torch.full((1,), float('nan'))).item()",
    clause: 'pruning.connection',
    case: 'One weight, NaN, which the mask removes: what was removed counts as 0, whatever it was. The mask is multiplied.',
    expected: '0.0',
    actual: 'nan',
    upstream: null,
  },
  {
    library: 'PyTorch',
    version: '2.15.0',
    call: "torch.nn.utils.prune.global_unstructured([(torch.nn.ParameterDict({'w': torch.ones(2, 2).T}), 'w')], torch.nn.utils.prune.L1Unstructured, amount=1)",
    clause: 'pruning.percentage',
    case: 'One of four weights to be removed, of a parameter that is a transposed matrix: it is strung out by view, which takes arrays only whose rows lie behind each other.',
    expected: 'a mask with one zero',
    actual: "throws: view size is not compatible with input tensor's size and stride",
    upstream: null,
  },
  {
    library: 'PyTorch',
    version: '2.15.0',
    call: 'torch.nn.RNN(1, 1)(torch.nn.utils.rnn.pack_padded_sequence(torch.zeros(1, 1, 1), torch.tensor([1]), enforce_sorted=False), torch.zeros(1, 2, 1))[1].shape',
    clause: 'rnn.forward.hidden',
    case: 'One sequence and two first states, which are to be rejected, as they are where sequences are packed in order: they are put in the order of the sequences before anything is looked at.',
    expected: 'a RuntimeError, as with enforce_sorted=True',
    actual: 'torch.Size([1, 1, 1])',
    upstream: null,
  },
]
