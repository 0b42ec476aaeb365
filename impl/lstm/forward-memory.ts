import type * as tf from '@tensorflow/tfjs-core'

/** What a layer of long short-term memory is given. */
export type Memory = Readonly<
  Record<'x' | 'U' | 'W' | 'b' | 'h0' | 'c0' | 'padded' | 'P', tf.Tensor>
>

/** Which step is done first, and whether the forget gate follows from the input gate. */
export interface Kind {
  readonly direction: 'forward' | 'reverse'
  readonly coupled: boolean
}

/** What is known of every step: gates, what is left after it, and what was there before. */
export type StepName = 'i' | 'f' | 'g' | 'o' | 'h' | 'c' | 'before' | 'cellBefore'

/** All of that, each T × N × H, in time. */
export type Steps = Readonly<Record<StepName, tf.Tensor>>

/** The steps in the order in which they are done. */
export function inOrder<T>(steps: readonly T[], { direction }: Kind): T[] {
  return direction === 'forward' ? [...steps] : steps.toReversed()
}
