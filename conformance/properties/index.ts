import type { Property } from '../engine/property.ts'
import { conv2dProperties } from './cnn/conv2d.ts'
import { inceptionProperties } from './inception/index.ts'
import { resnetProperties } from './resnet/index.ts'

/** Every property, in the order of the clauses. */
export const properties: readonly Property[] = [
  ...conv2dProperties,
  ...inceptionProperties,
  ...resnetProperties,
]
