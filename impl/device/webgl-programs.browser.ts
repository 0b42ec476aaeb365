/** A shader that was compiled, as TensorFlow.js keeps it. */
interface Compiled {
  readonly webGLProgram: unknown
}

/** The part of the backend that keeps what it compiled, by a key that holds the shapes of all arrays. */
export interface Compiling {
  getAndSaveBinary(key: string, compile: () => Compiled): Compiled
  dispose(): void
  readonly gpgpu: { deleteProgram(program: unknown): void }
}

/** How many programs are kept: more than a network of many layers has. */
export const mostPrograms = 400

/**
 * Keeps those programs only that were used last. Every shape has its own, TensorFlow.js lets go of none before it
 * ends, and a run has thousands of shapes: they fill the memory of a graphics unit. It also hands those of a context
 * that was lost to the next one, which computes zeros with them; here each backend has its own.
 */
export function boundPrograms(backend: Compiling): void {
  const kept = new Map<string, Compiled>()
  const letGo = (key: string, { webGLProgram }: Compiled) => {
    kept.delete(key)
    backend.gpgpu.deleteProgram(webGLProgram)
  }
  backend.getAndSaveBinary = (key, compile) => {
    const compiled = kept.get(key) ?? compile()
    // What was used last is the last in order.
    kept.delete(key)
    kept.set(key, compiled)
    const [oldest] = kept
    if (kept.size > mostPrograms) letGo(...oldest!)
    return compiled
  }
  const { dispose } = backend
  backend.dispose = () => {
    for (const each of kept) letGo(...each)
    dispose.call(backend)
  }
}
