import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { must, say } from './command.ts'

/** Where things lie below the folder that is set up. */
export const layout = {
  library: 'library',
  headers: 'node-api-headers',
  /** Takes its place as `node_modules` when it is complete, so that nothing half-built is found. */
  unfinished: 'packages',
  packages: 'node_modules',
  addon: '@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node',
} as const

/**
 * Builds the addon of the TensorFlow package against the library of the wheels.
 * The interface of Node that it uses is stable, so that one addon serves every version of Node.
 */
export async function buildAddon(folder: string, compiler: string): Promise<void> {
  const packages = join(folder, layout.unfinished)
  const addon = join(packages, layout.addon)
  if (existsSync(addon)) return
  const source = join(packages, '@tensorflow/tfjs-node-gpu')
  const tensorflow = join(folder, layout.library, 'tensorflow')
  const includes = [
    join(folder, layout.headers, 'include'),
    join(tensorflow, 'include'),
    // The sources name their own headers from here.
    source,
  ]
  const partial = `${addon}.partial`
  await mkdir(dirname(addon), { recursive: true })
  say('building the addon')
  await must(
    [
      compiler,
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-w', '-DNAPI_VERSION=8'],
      ...includes.map((path) => `-I${path}`),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(source, 'binding', file)),
      `-L${tensorflow}`,
      ...['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      // From `node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8` back to the folder.
      `-Wl,-rpath,$ORIGIN/../../../../../${layout.library}/tensorflow`,
      '-o',
      partial,
    ],
    { purpose: 'building the addon' },
  )
  await rename(partial, addon)
}

/** The package looks for its addon through a tool of its own; this one knows where it is. */
export async function writeFinder(folder: string): Promise<void> {
  const finder = join(folder, layout.unfinished, '@mapbox/node-pre-gyp')
  await mkdir(finder, { recursive: true })
  await writeFile(
    join(finder, 'index.js'),
    `exports.find = () => require('node:path').join(__dirname, '../..', '${layout.addon}')\n`,
  )
}
