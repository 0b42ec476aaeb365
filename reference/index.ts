import type { OperationById } from '../spec/index.ts'
import { inArea } from '../spec/language/area.ts'
import * as cnn from './cnn/index.ts'
import * as efficient from './efficient/index.ts'
import * as inception from './inception/index.ts'
import type { Reference, References } from './reference.ts'
import * as resnet from './resnet/index.ts'
import * as training from './training/index.ts'
import * as transfer from './transfer/index.ts'

/** The reference of every operation, by the operation's id. */
export const references: { readonly [Id in keyof OperationById]: Reference<OperationById[Id]> } = {
  ...inArea('cnn', cnn),
  ...inArea('training', training),
  ...inArea('inception', inception),
  ...inArea('resnet', resnet),
  ...inArea('transfer', transfer),
  ...inArea('efficient', efficient),
}

/** The same for whoever learns an operation's id only when the program runs: no id is an error of types. */
export const referencesById = references as unknown as References
