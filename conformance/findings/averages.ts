import type { Finding } from './finding.ts'

const mean = 'federated.aggregate.weighted-mean'
const nvflare = { library: 'NVIDIA FLARE', version: '2.9.0', upstream: null, clause: mean } as const
const openfl = { library: 'OpenFL', version: '1.9', upstream: null, clause: mean } as const

const helped = (...clients: readonly (readonly [model: string, points: string])[]) =>
  `(helper := WeightedAggregationHelper(), ${clients
    .map(([model, points]) => `helper.add({'w': ${model}}, ${points}, '', 0)`)
    .join(', ')}, helper.get_result())[-1]`

/**
 * In `call`, `WeightedAggregationHelper` is that of `nvflare.app_common.aggregators.weighted_aggregation_helper`;
 * NumPy and PyTorch are imported.
 */
export const nvflareFindings: readonly Finding[] = [
  {
    ...nvflare,
    call: helped(['numpy.float32([1])', '-1'], ['numpy.float32([2])', '2']),
    case: 'One client claims −1 points: (−1 · 1 + 2 · 2) / 1 = 3 lies beyond both models.',
    expected: 'an error',
    actual: "{'w': array([3.], dtype=float32)}",
  },
  {
    ...nvflare,
    call: helped(['torch.tensor(7)', '1'], ['torch.tensor(7)', '1']),
    case: 'Two clients with the same whole number, such as the count of batches that a normalization of PyTorch keeps among its weights: their sum is divided in place, which integers do not allow, and the round fails for all.',
    expected: "{'w': tensor(7)}, or with 7.",
    actual: "throws: result type Float can't be cast to the desired output type Long",
  },
  {
    ...nvflare,
    call: helped(['numpy.int32([7])', '10**9']),
    case: 'One client with a whole number of 32 bits and 10⁹ points: the product wraps around.',
    expected: "{'w': array([7.])}",
    actual: "{'w': array([-1.58993459])}",
  },
  {
    ...nvflare,
    call: helped(['numpy.float16([100])', '1000']),
    case: 'One client with 1000 points in half precision: its model times 1000 is beyond 65504.',
    expected: "{'w': array([100.], dtype=float16)}",
    actual: "{'w': array([inf], dtype=float16)}",
  },
]

const averaged = (...clients: readonly (readonly [model: string, points: string])[]) =>
  `WeightedAverage().call([${clients.map((one) => `LocalTensor('', ${one.join(', ')})`).join(', ')}])`

/** In `call`, `WeightedAverage` is that of `openfl.interface.aggregation_functions`; NumPy is imported. */
export const openflFindings: readonly Finding[] = [
  {
    ...openfl,
    call: averaged(['numpy.float32([1])', '-1'], ['numpy.float32([2])', '2']),
    case: 'One collaborator claims −1 points: (−1 · 1 + 2 · 2) / 1 = 3 lies beyond both models.',
    expected: 'an error',
    actual: '[3.]',
  },
  {
    ...openfl,
    call: averaged(['numpy.float32([1])', '0']),
    case: 'One collaborator without points: 0 is divided by 0, and the model is lost.',
    expected: 'an error',
    actual: '[nan]',
  },
  {
    ...openfl,
    call: averaged(['numpy.int32([7])', '10**9']),
    case: 'One collaborator with a whole number of 32 bits and 10⁹ points: the product wraps around.',
    expected: '[7.]',
    actual: '[-1.58993459]',
  },
  {
    ...openfl,
    call: averaged(['numpy.float16([100])', '1000']),
    case: 'One collaborator with 1000 points in half precision: its model times 1000 is beyond 65504.',
    expected: '[100.]',
    actual: '[inf]',
  },
]
