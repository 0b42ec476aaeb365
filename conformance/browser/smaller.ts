import { readFileSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'esbuild'
import { folderOf } from '../../impl/device/packages.ts'
import { root } from '../base/root.ts'
import { unusedFunctions, unusedKernels, withoutCode, withoutFunctions } from './kernels.ts'

/** What is enough of a package, as a module. */
const instead: Readonly<Record<string, string>> = {
  // Its own bundle is one piece.
  'ml-matrix': `export * from './src/index.js'`,
  // The rest of the whole package are other layers, trains models, reads files and data, or is bundled anyway.
  '@tensorflow/tfjs': `
    import '@tensorflow/tfjs-layers/dist/flags_layers'
    export * as layers from 'touchstone:layers'`,
  'touchstone:layers': `
    import { Dense } from '@tensorflow/tfjs-layers/dist/layers/core'
    import { BatchNormalization } from '@tensorflow/tfjs-layers/dist/layers/normalization'
    import { GRU, LSTM, SimpleRNN } from '@tensorflow/tfjs-layers/dist/layers/recurrent'
    export const dense = (options) => new Dense(options)
    export const batchNormalization = (options) => new BatchNormalization(options)
    export const gru = (options) => new GRU(options)
    export const lstm = (options) => new LSTM(options)
    export const simpleRNN = (options) => new SimpleRNN(options)`,
}

/** What is enough of files of the core of TensorFlow.js: a page keeps and loads no models, and trains none. */
const insteadOfFiles: Readonly<Record<string, string>> = {
  // It is the first to ask for flags, which others need defined when they are read.
  'io/io.js': `import '../flags'; export {}`,
  'io/indexed_db.js': `
    export const BrowserIndexedDB = { URL_SCHEME: 'indexeddb://' }
    export class BrowserIndexedDBManager {}`,
  'io/local_storage.js': `
    export const BrowserLocalStorage = { URL_SCHEME: 'localstorage://' }
    export class BrowserLocalStorageManager {}`,
  'optimizers/register_optimizers.js': 'export function registerOptimizers() {}',
}

/** Makes a bundle smaller by what it does not need. */
export const smaller: Plugin = {
  name: 'smaller',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(ml-matrix|@tensorflow\/tfjs|touchstone:layers)$/ }, ({ path }) => ({
      path,
      namespace: 'enough',
    }))
    onLoad({ filter: /.*/, namespace: 'enough' }, ({ path }) => ({
      contents: instead[path]!,
      resolveDir: path.startsWith('touchstone:') ? root : folderOf(path),
    }))
    // Of what makes models of layers, layers hand on one function.
    onLoad({ filter: /tfjs-layers.dist.exports\.js$/ }, ({ path }) => ({
      contents: `export { Input as input } from './engine/input_layer'`,
      resolveDir: dirname(path),
    }))
    onLoad({ filter: /tfjs-core.dist.(io|optimizers).\w+\.js$/ }, ({ path }) => {
      const contents = insteadOfFiles[path.split(sep).slice(-2).join('/')]
      return contents === undefined ? undefined : { contents, resolveDir: dirname(path) }
    })
    // WebAssembly is code of eight bits, of which base64 hides what repeats.
    onLoad({ filter: /\.wasm$/ }, ({ path }) => ({
      contents: gzipSync(readFileSync(path), { level: 9 }),
      loader: 'binary',
    }))
    // A page has no threads (`binaries`), and so neither what starts them nor what runs in them.
    onLoad({ filter: /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ }, () => ({
      contents: "export default undefined; export const wasmWorkerContents = ''",
      loader: 'js',
    }))
    onLoad({ filter: unusedKernels }, ({ path }) => ({
      contents: withoutCode(readFileSync(path, 'utf8')),
      loader: 'js',
    }))
    onLoad({ filter: unusedFunctions }, ({ path }) => ({
      contents: withoutFunctions(readFileSync(path, 'utf8')),
      loader: 'js',
    }))
    // The programs of shaders are texts in which a minifier leaves the indentation and comments.
    onLoad({ filter: /tfjs-backend-web(gl|gpu).dist.*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replace(/\n\s+/g, '\n')
        .replace(/\n\/\/.*/g, ''),
      loader: 'js',
    }))
  },
}
