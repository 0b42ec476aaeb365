import type { Property } from '../../engine/property.ts'
import { denseProperties } from './dense.ts'
import { densenetProperties } from './densenet.ts'
import { depthwiseProperties } from './depthwise.ts'
import { fireProperties } from './fire.ts'
import { mobilenetProperties } from './mobilenet.ts'
import { pointwiseProperties } from './pointwise.ts'
import { separableProperties } from './separable.ts'
import { shuffleProperties } from './shuffle.ts'
import { shufflenetProperties } from './shufflenet.ts'
import { squeezenetProperties } from './squeezenet.ts'

/** Every property of the clauses on efficient architectures. */
export const efficientProperties: readonly Property[] = [
  ...depthwiseProperties,
  ...separableProperties,
  ...mobilenetProperties,
  ...fireProperties,
  ...squeezenetProperties,
  ...pointwiseProperties,
  ...shuffleProperties,
  ...shufflenetProperties,
  ...denseProperties,
  ...densenetProperties,
]
