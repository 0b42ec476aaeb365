import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { root } from '../base/root.ts'

/** The files that were read for what was imported here, or was to be: a change of any of them makes it another. */
export const bundledFiles = new Set<string>()

/**
 * Imports what a piece of code exports that may import TypeScript, which Node 20 does not read: the
 * code is bundled first. Packages stay outside and are imported from where the code would find them.
 *
 * `place`: the file that the code stands for; names are looked up from there.
 */
export async function importBundled(code: string, place: string): Promise<{ default?: unknown }> {
  const temporary = mkdtempSync(join(tmpdir(), 'touchstone-'))
  try {
    const outfile = join(temporary, 'implementation.mjs')
    await bundle(code, place, outfile, [packagesStayOutside, filesAreNoted])
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
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
  await bundle(exporting(path), path, outfile, [packagesStayOutside, othersAreRefused])
}

/**
 * Code that exports by default what a module does. Not `export { default } from`, which is an error of the bundler
 * where there is none.
 */
export function exporting(module: string): string {
  return `import * as module from ${JSON.stringify(module)}; export default module.default`
}

/** Writes code as one file, which stands for `place`. */
async function bundle(code: string, place: string, outfile: string, plugins: Plugin[]) {
  await build({
    stdin: { contents: code, resolveDir: dirname(place), sourcefile: 'touchstone.js' },
    outfile,
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
  })
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
