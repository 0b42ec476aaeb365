import { areaOf } from '../../spec/language/area.ts'
import type { Property } from '../engine/property.ts'
import { activationProperties } from './activation/index.ts'
import { bpttProperties } from './bptt/index.ts'
import { cnnProperties } from './cnn/index.ts'
import { compressionProperties } from './compression/index.ts'
import { distillationProperties } from './distillation/index.ts'
import { efficientProperties } from './efficient/index.ts'
import { federatedProperties } from './federated/index.ts'
import { ganProperties } from './gan/index.ts'
import { gruProperties } from './gru/index.ts'
import { inceptionProperties } from './inception/index.ts'
import { lowrankProperties } from './lowrank/index.ts'
import { lstmProperties } from './lstm/index.ts'
import { pruningProperties } from './pruning/index.ts'
import { quantizationProperties } from './quantization/index.ts'
import { resnetProperties } from './resnet/index.ts'
import { rnnProperties } from './rnn/index.ts'
import { trainingProperties } from './training/index.ts'
import { transferProperties } from './transfer/index.ts'

/** What every area states of its clauses, in their order. */
export const stated: readonly Property[] = [
  ...cnnProperties,
  ...trainingProperties,
  ...inceptionProperties,
  ...resnetProperties,
  ...transferProperties,
  ...pruningProperties,
  ...lowrankProperties,
  ...distillationProperties,
  ...quantizationProperties,
  ...efficientProperties,
  ...compressionProperties,
  ...rnnProperties,
  ...bpttProperties,
  ...activationProperties,
  ...lstmProperties,
  ...gruProperties,
  ...federatedProperties,
  ...ganProperties,
]

/** What an area states of them. */
export function statedOf(area: string): readonly Property[] {
  return stated.filter(({ clause }) => areaOf(clause) === area)
}
