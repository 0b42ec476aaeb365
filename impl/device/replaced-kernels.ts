import * as tf from '@tensorflow/tfjs-core'

/** A kernel in the place of another, which it may call. */
export type Repair = (original: tf.KernelFunc) => tf.KernelFunc

const repaired = new WeakSet<tf.KernelFunc>()
const replaced: {
  readonly kernel: tf.KernelConfig
  readonly original: tf.KernelFunc
  readonly repaired: tf.KernelFunc
}[] = []

/** Puts a kernel in the place of another, once. */
export function replaceKernel(name: string, backend: string, repair: Repair): void {
  const kernel = tf.getKernel(name, backend)
  if (!kernel || repaired.has(kernel.kernelFunc)) return
  const original = kernel.kernelFunc
  kernel.kernelFunc = repair(original)
  repaired.add(kernel.kernelFunc)
  replaced.push({ kernel, original, repaired: kernel.kernelFunc })
}

const changed = new Map<string, { readonly released: Flag; readonly ours: Flag }>()

type Flag = ReturnType<ReturnType<typeof tf.env>['get']>

/** Gives a flag of the packages another value than they have for it. */
export function changeFlag(name: string, ours: Flag): void {
  const released = changed.get(name)?.released ?? tf.env().get(name)
  changed.set(name, { released, ours })
  tf.env().set(name, ours)
}

/** Runs something on the kernels as the packages come, for who wants to know what these do. */
export function asReleased<T>(compute: () => T): T {
  for (const { kernel, original } of replaced) kernel.kernelFunc = original
  for (const [name, { released }] of changed) tf.env().set(name, released)
  try {
    return compute()
  } finally {
    for (const { kernel, repaired } of replaced) kernel.kernelFunc = repaired
    for (const [name, { ours }] of changed) tf.env().set(name, ours)
  }
}
