import { type OperationById, operations } from '../spec/index.ts'
import { inArea } from '../spec/language/area.ts'
import type { Operation } from '../spec/language/operation.ts'
import * as activation from './activation/index.ts'
import * as bptt from './bptt/index.ts'
import * as cnn from './cnn/index.ts'
import * as compression from './compression/index.ts'
import * as distillation from './distillation/index.ts'
import * as efficient from './efficient/index.ts'
import { evaluateOn } from './evaluate.ts'
import * as federated from './federated/index.ts'
import * as gan from './gan/index.ts'
import * as gru from './gru/index.ts'
import * as inception from './inception/index.ts'
import * as lowrank from './lowrank/index.ts'
import * as lstm from './lstm/index.ts'
import type { Fast } from './operation.ts'
import * as pruning from './pruning/index.ts'
import * as quantization from './quantization/index.ts'
import * as resnet from './resnet/index.ts'
import * as rnn from './rnn/index.ts'
import * as training from './training/index.ts'
import * as transfer from './transfer/index.ts'

/** The fast implementation of every operation, by the operation's id. */
export const fast: { readonly [Id in keyof OperationById]: Fast<OperationById[Id]> } = {
  ...inArea('cnn', cnn),
  ...inArea('training', training),
  ...inArea('inception', inception),
  ...inArea('resnet', resnet),
  ...inArea('transfer', transfer),
  ...inArea('pruning', pruning),
  ...inArea('lowrank', lowrank),
  ...inArea('distillation', distillation),
  ...inArea('quantization', quantization),
  ...inArea('efficient', efficient),
  ...inArea('compression', compression),
  ...inArea('rnn', rnn),
  ...inArea('bptt', bptt),
  ...inArea('activation', activation),
  ...inArea('lstm', lstm),
  ...inArea('gru', gru),
  ...inArea('federated', federated),
  ...inArea('gan', gan),
}

/**
 * Every operation as a function of arrays of the host, on the device that is open.
 * `waits`: whether reading back from the device has to be awaited, as on WebGPU.
 */
export function evaluators(device: { readonly waits: boolean }) {
  return Object.fromEntries(
    operations.map((operation: Operation) => [
      operation.id,
      evaluateOn(
        operation,
        fast[operation.id as keyof OperationById] as unknown as Fast<Operation>,
        device,
      ),
    ]),
  )
}
