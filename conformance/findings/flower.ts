import type { Finding } from './finding.ts'

const flower = { library: 'Flower', version: '1.42.0', upstream: null } as const
const krum = 'federated.robustness.krum'
const mean = 'federated.aggregate.weighted-mean'

/**
 * In `call`, `after(strategy, [1], [2], examples=[3, 4])` is the model after a round in which clients reply
 * with these models, of one array, and these numbers of examples, 1 each unless told otherwise;
 * `asked(strategy, 100)` are the messages to those of 100 nodes that a strategy has take part in a round;
 * `fitted([1], 3)` is such a reply to a strategy of the older interface, `flwr.server.strategy`.
 */
export const flowerFindings: readonly Finding[] = [
  {
    ...flower,
    call: 'after(Krum(), [8194], [8194], [8195])',
    clause: krum,
    case: 'Three models of one number, two of which are the same. Squared distances are computed as ‖x‖² + ‖y‖² − 2xy in float32: 67141632 + 67158024, which is rounded to 134299648, less 134299664, so that the farthest is −16 away.',
    expected: '[8194.0]',
    actual: '[8195.0]',
  },
  {
    ...flower,
    call: 'after(Krum(num_malicious_nodes=1), [1], [9])',
    clause: krum,
    case: 'Two models, one of which may be an attack, have no majority: M − f − 2 is −1, and one neighbour is taken instead.',
    expected: 'an error, as Bulyan gives with fewer than 4f + 3',
    actual: '[1.0]',
  },
  {
    ...flower,
    call: 'after(Krum(), [1], [1], [1], examples=[0, 0, 0])',
    clause: krum,
    case: 'The model that is taken is divided by its share of the examples, though no client has any.',
    expected: '[1.0]',
    actual: 'throws: ZeroDivisionError: division by zero',
  },
  {
    ...flower,
    call: 'after(FedTrimmedAvg(beta=0.29), *[[0]] * 71, *[[1]] * 29)',
    clause: 'federated.robustness.trimmed-mean',
    case: '29 attackers among 100 clients, and 29 % left out a side: 0.29 · 100 is 28.999999999999996 in double precision, so that 28 are left out, and one attacker of 44 that are left moves the mean by 1/44.',
    expected: '[0.0]',
    actual: '[0.022727273404598236]',
  },
  {
    ...flower,
    call: 'clip_inputs_inplace([numpy.zeros(1)], 1)',
    clause: 'federated.differential-privacy.clipping',
    case: 'A client whose model did not change, for which the bound is divided by 0: the round of DifferentialPrivacyServerSideFixedClipping fails for all.',
    expected: 'None, and the update of 0 as it is',
    actual: 'throws: ZeroDivisionError: float division by zero',
    upstream: { link: 'https://github.com/flwrlabs/flower/pull/7631', state: 'open' },
  },
  {
    ...flower,
    call: '[clip_inputs_inplace(update := [numpy.float32([2e19])], 1), update]',
    clause: 'federated.differential-privacy.clipping',
    case: 'One number, the square of which is beyond float32: its length becomes infinite, and the update 0.',
    expected: '[None, [array([1.], dtype=float32)]]',
    actual: '[None, [array([0.], dtype=float32)]]',
  },
  {
    ...flower,
    call: 'after(FedAvg(), [1], [2], examples=[-1, 2])',
    clause: mean,
    case: 'One client claims −1 examples: (−1 · 1 + 2 · 2) / 1 = 3 lies beyond both models.',
    expected: 'an error',
    actual: '[3.0]',
  },
  {
    ...flower,
    call: "after(FedAvg(), *[[1]] * 5000, dtype='float16')",
    clause: mean,
    case: '5000 clients with the same model in half precision, in which shares are added up: 1/5000 is less than half of what the sum of 1/2 can grow by.',
    expected: '[1.0]',
    actual: '[0.5]',
  },
  {
    ...flower,
    call: 'aggregate([([numpy.float16([100])], 1000)])',
    clause: mean,
    case: 'One client with 1000 examples in half precision: its model times 1000 is beyond 65504.',
    expected: '[array([100.], dtype=float16)]',
    actual: '[array([inf], dtype=float16)]',
  },
  {
    ...flower,
    call: 'aggregate([([numpy.zeros(1)], 0)])',
    clause: mean,
    case: 'One client without examples: 0 is divided by 0.',
    expected: 'an error, as the strategies of flwr.serverapp give',
    actual: '[array([nan])]',
  },
  {
    ...flower,
    call: 'aggregate_inplace([fitted([7]), fitted([7])])',
    clause: mean,
    case: 'Two clients with the same whole number, such as the count of batches of a normalization: shares of 1/2 become whole, which is 0. FedAvg of flwr.server aggregates so unless told otherwise.',
    expected: '[array([7])]',
    actual: '[array([0])]',
  },
  {
    ...flower,
    call: 'len(asked(FedAvg(fraction_train=0.29), 100))',
    clause: 'federated.client-sampling',
    case: '29 % of 100 clients: 0.29 · 100 is 28.999999999999996 in double precision, of which the whole part is taken.',
    expected: '29',
    actual: '28',
  },
]
