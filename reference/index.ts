import { type OperationById, operations } from '../spec/index.ts'
import { inArea } from '../spec/language/area.ts'
import { takingAbsent } from './absent.ts'
import * as activation from './activation/index.ts'
import * as bptt from './bptt/index.ts'
import * as cnn from './cnn/index.ts'
import * as compression from './compression/index.ts'
import * as distillation from './distillation/index.ts'
import * as efficient from './efficient/index.ts'
import * as federated from './federated/index.ts'
import * as gan from './gan/index.ts'
import * as gru from './gru/index.ts'
import * as inception from './inception/index.ts'
import * as lowrank from './lowrank/index.ts'
import * as lstm from './lstm/index.ts'
import * as pruning from './pruning/index.ts'
import * as quantization from './quantization/index.ts'
import type { Reference, References } from './reference.ts'
import * as resnet from './resnet/index.ts'
import * as rnn from './rnn/index.ts'
import * as training from './training/index.ts'
import * as transfer from './transfer/index.ts'

type ById = { readonly [Id in keyof OperationById]: Reference<OperationById[Id]> }

const formulas: ById = {
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

const formulasById = formulas as unknown as References

/** The reference of every operation, for whoever learns its id only when the program runs: no id is an error of types. */
export const referencesById: References = Object.fromEntries(
  operations.map((operation) => [
    operation.id,
    takingAbsent(operation, formulasById[operation.id]!),
  ]),
)

/** The same by the ids that there are. */
export const references = referencesById as unknown as ById
