import type { OperationById } from '../spec/index.ts'
import { cnnReferences } from './cnn/index.ts'
import { efficientReferences } from './efficient/index.ts'
import { inceptionReferences } from './inception/index.ts'
import type { Reference, References } from './reference.ts'
import { resnetReferences } from './resnet/index.ts'
import { trainingReferences } from './training/index.ts'
import { transferReferences } from './transfer/index.ts'

/** The reference of every operation, by the operation's id. */
export const references: { readonly [Id in keyof OperationById]: Reference<OperationById[Id]> } = {
  ...cnnReferences,
  ...trainingReferences,
  ...inceptionReferences,
  ...resnetReferences,
  ...transferReferences,
  ...efficientReferences,
}

/** The same for whoever learns an operation's id only when the program runs: no id is an error of types. */
export const referencesById = references as unknown as References
