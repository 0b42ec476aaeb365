import type { OperationById, OperationId } from '../../../spec/index.ts'
import { change, reread, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** What vectors of four leave over, two numbers, is taken for one, from the 33rd on. */
function lastForTheOneBefore<Id extends OperationId>(
  id: Id,
  output: keyof OperationById[Id]['outputs'] & string,
  axis: number,
  symbol: keyof OperationById[Id]['dimensions'] & string,
): Mistake {
  return mistake(
    id,
    'size',
    `from 33 on, where ${symbol} leaves two over of four, gives the last but one for the last`,
    ({ sizes, right }) => {
      const count = sizes[symbol]
      if (count < 33 || count % 4 !== 2) return undefined
      const twice = reread(right[output], axis, (i) => (i === count - 1 ? count - 2 : i))
      return { [output]: twice } as never
    },
    { sizes: { [symbol]: 34 } },
  )
}

/** Mistakes in what whole vectors leave over, of sizes that lie in the middle between tiles. */
export const restMistakes: readonly Mistake[] = [
  lastForTheOneBefore('distillation.softmax', 'y', 1, 'C'),
  lastForTheOneBefore('pruning.saliencies', 'saliencies', 0, 'P'),
  lastForTheOneBefore('pruning.maskedDense', 'y', 1, 'M'),
  lastForTheOneBefore('quantization.quantize', 'codes', 1, 'D'),
  lastForTheOneBefore('compression.expand', 'y', 0, 'P'),
  lastForTheOneBefore('transfer.freezeStep', 'parameters', 0, 'P'),
  lastForTheOneBefore('lstm.forward', 'last', 1, 'H'),
  lastForTheOneBefore('gru.forward', 'last', 1, 'H'),
  lastForTheOneBefore('federated.medianAggregate', 'w', 0, 'I'),
  lastForTheOneBefore('federated.gossip', 'w', 2, 'I'),
  lastForTheOneBefore('federated.clipUpdates', 'w', 1, 'I'),
  lastForTheOneBefore('gan.batchNormInference', 'y', 3, 'K'),
  mistake(
    'efficient.depthwise',
    'size',
    'of more than 16 channels that leave three over takes the filter of the one before for the last',
    ({ sizes: { K }, inputs, but }) => {
      if (K <= 16 || K % 4 !== 3) return
      return but({ filters: reread(inputs.filters, 2, (k) => (k === K - 1 ? k - 1 : k)) })
    },
    { sizes: { K: 19 } },
  ),
  mistake(
    'gan.value',
    'size',
    'of more than 32 generated samples that leave five over of eight counts the last twice',
    ({ sizes: { S }, right }) => {
      if (S > 32 && S % 8 === 5) return { onGenerated: times(right.onGenerated, (S + 1) / S) }
    },
    { sizes: { S: 37 } },
  ),
  mistake(
    'rnn.forward',
    'size',
    'of more than 16 units that leave six over of eight does not activate the last',
    ({ sizes: { H }, parameters: { activation }, right, but }) => {
      if (H <= 16 || H % 8 !== 6 || activation === 'linear') return
      const linear = but({}, { activation: 'linear' }).h
      return { h: change(right.h, (v, t, n, h) => (h === H - 1 ? linear.at(t!, n!, h!) : v)) }
    },
    { sizes: { H: 22 } },
  ),
]
