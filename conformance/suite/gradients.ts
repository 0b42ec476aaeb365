import { conv2d } from '../../spec/cnn/conv2d.ts'
import { flatten } from '../../spec/cnn/flatten.ts'
import { zeroPad } from '../../spec/cnn/pad.ts'
import { averagePool } from '../../spec/cnn/pool.ts'
import { operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { GradientOf } from '../engine/gradient.ts'

/**
 * Which operation every operation of the level `gradients` is the derivative of, by its id. By it, the
 * reference of each is compared with difference quotients of 64 digits (`reference.test.ts`); one
 * without an entry fails that test.
 */
export const gradients: Readonly<Record<string, GradientOf>> = {
  ...Object.fromEntries(operations.flatMap(derived)),
  'cnn.conv2dInputGradient': { forward: conv2d },
  'cnn.conv2dFilterGradient': { forward: conv2d },
  // A gradient that sees nothing but the responses: any layer with as many will do.
  'cnn.conv2dBiasGradient': {
    forward: conv2d,
    sizes: ({ Ho, Wo }) => ({ H: Ho!, W: Wo!, K: 1, Hf: 1, Wf: 1 }),
    parameters: () => ({ strides: [1, 1], dilations: [1, 1], padding: 'valid' }),
  },
  'cnn.zeroPadGradient': { forward: zeroPad },
  'cnn.averagePoolGradient': { forward: averagePool },
  'cnn.flattenGradient': { forward: flatten },
}

/** What the signature of a gradient says itself. */
function derived({ id, derivative }: Operation): readonly (readonly [string, GradientOf])[] {
  if (derivative === undefined) return []
  const { of: forward, from } = derivative
  const others = Object.keys(forward.outputs).filter((output) => !from.includes(output))
  return [[id, { forward, upstream: Object.fromEntries(others.map((output) => [output, null])) }]]
}
