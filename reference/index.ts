import type { OperationById } from '../spec/index.ts'
import { conv2d } from './cnn/conv2d.ts'
import { inceptionReferences } from './inception/index.ts'
import type { Reference } from './reference.ts'
import { resnetReferences } from './resnet/index.ts'

/** The reference of every operation, by the operation's id. */
export const references: { readonly [Id in keyof OperationById]: Reference<OperationById[Id]> } = {
  'cnn.conv2d': conv2d,
  ...inceptionReferences,
  ...resnetReferences,
}
