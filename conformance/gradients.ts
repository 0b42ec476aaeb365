import type { GradientOf } from './engine/gradient.ts'

/**
 * Which operation every operation of the level `gradients` is the derivative of, by its id. By it, the
 * reference of each is compared with difference quotients of 64 digits (`reference.test.ts`); one
 * without an entry fails that test.
 */
export const gradients: Readonly<Record<string, GradientOf>> = {}
