import * as tf from '@tensorflow/tfjs-core'

/** What part of a call a kernel is. */
export interface Part {
  readonly kernel: string
  readonly milliseconds: number
  readonly calls: number
}

/** The part of the backend of TensorFlow by which all of its operations are called. */
interface Native {
  binding?: { executeOp(name: string, ...rest: unknown[]): unknown }
}

/**
 * How long each kernel takes in a call, on a device whose calls return when they are done: its own time, without
 * that of kernels which it calls. What remains of the call is ours, and that of TensorFlow.js around kernels.
 */
export function profile(compute: () => unknown, seconds: number) {
  const clock = new SelfTime()
  const restore = [...wrapKernels(clock), ...wrapNative(clock)]
  try {
    for (let i = 0; i < 3; i++) compute()
    clock.reset()
    const start = performance.now()
    let rounds = 0
    while (performance.now() - start < 1000 * seconds || rounds === 0) {
      compute()
      rounds++
    }
    const whole = (performance.now() - start) / rounds
    return { whole, parts: clock.parts(rounds) }
  } finally {
    for (const undo of restore) undo()
  }
}

/** Adds up the time of what is timed, less that of what is timed inside. */
export class SelfTime {
  readonly #spent = new Map<string, { milliseconds: number; calls: number }>()
  /** How long what was called inside has taken, for each that has not returned. */
  readonly #inside: number[] = []

  constructor(readonly now: () => number = () => performance.now()) {}

  reset(): void {
    this.#spent.clear()
  }

  time<T>(name: string, work: () => T): T {
    const start = this.now()
    this.#inside.push(0)
    try {
      return work()
    } finally {
      const all = this.now() - start
      const own = all - this.#inside.pop()!
      const outer = this.#inside.length - 1
      if (outer >= 0) this.#inside[outer]! += all
      const before = this.#spent.get(name) ?? { milliseconds: 0, calls: 0 }
      before.milliseconds += own
      before.calls++
      this.#spent.set(name, before)
    }
  }

  /** What was timed, the longest first, of each of so many rounds. */
  parts(rounds: number): readonly Part[] {
    const parts = [...this.#spent].map(([kernel, { milliseconds, calls }]) => ({
      kernel,
      milliseconds: milliseconds / rounds,
      calls: calls / rounds,
    }))
    return parts.sort((a, b) => b.milliseconds - a.milliseconds)
  }
}

function wrapKernels(clock: SelfTime): (() => void)[] {
  return tf.getKernelsForBackend(tf.getBackend()).map((kernel) => {
    const { kernelFunc, kernelName } = kernel
    kernel.kernelFunc = (given) => clock.time(kernelName, () => kernelFunc(given))
    return () => {
      kernel.kernelFunc = kernelFunc
    }
  })
}

function wrapNative(clock: SelfTime): (() => void)[] {
  const backend = tf.backend() as unknown as Native
  const { binding } = backend
  if (binding === undefined) return []
  const executeOp = (name: string, ...rest: unknown[]) =>
    clock.time(`TensorFlow's ${name}`, () => binding.executeOp(name, ...rest))
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } })
  return [
    () => {
      backend.binding = binding
    },
  ]
}
