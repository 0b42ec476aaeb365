import { engine } from '@tensorflow/tfjs-core'
import { type Backend, startBackend } from './backend.ts'
import { engine as versions } from './engine.ts'
import { versionOf } from './packages.ts'

const PACKAGE = '@tensorflow/tfjs-backend-cpu'

/** Plain JavaScript on one processor: works everywhere, and is slow. */
export async function openCpu(): Promise<Backend> {
  await import('@tensorflow/tfjs-backend-cpu')
  await startBackend('cpu', PACKAGE)
  // Otherwise its first tensor prints an advertisement for the TensorFlow package.
  Object.assign(engine().backend, { firstUse: false })
  return {
    description: 'cpu, plain JavaScript',
    profile: 'ieee',
    software: false,
    versions: { [PACKAGE]: versionOf(PACKAGE), ...versions.javascript },
    fault: () => undefined,
    release: () => {},
  }
}
