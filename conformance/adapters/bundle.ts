import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { root } from '../base/root.ts'

/** The files that were read for what was imported here, or was to be: a change of any of them makes it another. */
export const bundledFiles = new Set<string>()

/**
 * Code as one text that Node reads, where it may import TypeScript, which Node 20 does not read. Packages stay
 * outside and are imported from where the code would find them.
 *
 * `place`: the file that the code stands for; names are looked up from there.
 */
export async function bundled(code: string, place: string): Promise<string> {
  const { outputFiles } = await build({
    ...optionsFor(code, place, [packagesStayOutside, filesAreNoted]),
    // Its map names sources as seen from there: from any folder beside it, such as where it is imported.
    outfile: join(tmpdir(), 'touchstone', 'implementation.mjs'),
    write: false,
  })
  return outputFiles[0]!.text
}

/**
 * Writes a module as one file that Node reads, made of nothing but files that may be read.
 *
 * @throws {Error} it does not load, or is made of another file, which is named
 */
export async function bundleModule(
  path: string,
  outfile: string,
  isReadable: (file: string) => boolean,
): Promise<void> {
  const othersAreRefused: Plugin = {
    name: 'others-are-refused',
    setup(build) {
      build.onLoad({ filter: /./, namespace: 'file' }, ({ path: file }) =>
        isReadable(file) ? undefined : { errors: [{ text: `${file} may not be read` }] },
      )
    },
  }
  await build({
    ...optionsFor(exporting(path), path, [packagesStayOutside, othersAreRefused]),
    outfile,
  })
}

/**
 * Code that exports by default what a module does. Not `export { default } from`, which is an error of the bundler
 * where there is none.
 */
export function exporting(module: string): string {
  return `import * as module from ${JSON.stringify(module)}; export default module.default`
}

/** How code is made one file, which stands for `place`. */
function optionsFor(code: string, place: string, plugins: Plugin[]) {
  return {
    stdin: { contents: code, resolveDir: dirname(place), sourcefile: 'touchstone.js' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(place).href),
      'import.meta.filename': JSON.stringify(place),
      'import.meta.dirname': JSON.stringify(dirname(place)),
    },
    plugins,
  } satisfies BuildOptions
}

const resolving = Symbol('resolving')

const packagesStayOutside: Plugin = {
  name: 'packages-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path: name, pluginData, ...from }) => {
      if (pluginData === resolving || isAbsolute(name)) return undefined
      // `node:fs`, `file:///…`
      if (/^[a-z]+:/.test(name)) return { path: name, external: true }
      // This package may be imported where it is not installed, such as beside a global one.
      if (name === 'touchstone') return external(join(root, 'dist/index.js'))
      if (name === 'touchstone/vitest') return external(join(root, 'dist/vitest.js'))
      const { kind, resolveDir, importer } = from
      const found = await build.resolve(name, { kind, resolveDir, importer, pluginData: resolving })
      if (found.errors.length > 0 || !isAbsolute(found.path)) return found
      // A package of the same workspace may be written in TypeScript.
      return /\.[cm]?tsx?$/.test(found.path) ? found : external(found.path)
    })
  },
}

const filesAreNoted: Plugin = {
  name: 'files-are-noted',
  setup(build) {
    build.onLoad({ filter: /./, namespace: 'file' }, ({ path }) => {
      bundledFiles.add(path)
      return undefined
    })
  },
}

function external(path: string) {
  return { path: pathToFileURL(path).href, external: true }
}
