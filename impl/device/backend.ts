import * as tf from '@tensorflow/tfjs-core'
import { DeviceUnavailable } from './errors.ts'
import type { DeviceName } from './name.ts'
import { coreOf, ourCore, versionOf } from './packages.ts'

/** How a device rounds the factors of products: to float32, or to the 11 bits of TF32 first. */
export type DevicePrecision = 'float32' | 'tf32'

/** What a device's own file provides; `openDevice` adds what all have in common. */
export interface Backend {
  readonly description: string
  /** How it rounds, where it is not float32. */
  readonly precision?: 'tf32'
  readonly profile: 'ieee' | 'wgsl' | 'glsl'
  readonly software: boolean
  readonly versions: Readonly<Record<string, string>>
  fault(): string | undefined
  /** Forgets what went wrong, for who has taken note of it and goes on all the same. */
  forgetFault?(): void
  /** Frees what the backend holds outside of TensorFlow.js. */
  release(): void
}

/**
 * Initializes a backend whose package has been imported and makes it the one in use.
 * The package must use our copy of tfjs-core: a second copy has its own tensors.
 */
export async function startBackend(
  name: DeviceName,
  packageName: string,
  { through = [], from }: { readonly through?: readonly string[]; readonly from?: string } = {},
): Promise<void> {
  const core = coreOf(packageName, through, from)
  if (core !== ourCore()) {
    throw new DeviceUnavailable(
      name,
      `${packageName} ${versionOf(packageName, from)} brings its own copy of @tensorflow/tfjs-core, and tensors cannot pass between two copies`,
      'install one version of all @tensorflow packages, then run npm dedupe',
    )
  }
  const factory = factories.get(name)
  if (factory && !tf.findBackendFactory(name)) tf.registerBackend(name, factory)
  if (!(await tf.setBackend(name))) {
    throw new DeviceUnavailable(
      name,
      `${packageName} ${versionOf(packageName, from)} was loaded, but its backend failed to start`,
      'read the messages above, or choose another device',
    )
  }
}

/**
 * Frees a backend and its tensors. Its factory is kept here and not in TensorFlow.js,
 * which would silently start any backend that it knows when none is in use.
 */
export function forgetBackend(backend: string): void {
  factories.set(backend, tf.findBackendFactory(backend))
  tf.removeBackend(backend)
}

type Factories = Map<string, ReturnType<typeof tf.findBackendFactory>>

/** Like the engine of TensorFlow.js, one for all copies of this module: what one forgets, another starts. */
const shared = globalThis as { [key: symbol]: Factories | undefined }
const key = Symbol.for('touchstone backend factories')
shared[key] ??= new Map()
const factories = shared[key]
