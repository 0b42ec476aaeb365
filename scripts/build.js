import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build as bundle } from 'esbuild'
import { digestOfSources } from '../conformance/cli/fresh.js'
import { place } from './place.js'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Packages that are bundled instead of imported: only a small part of them is used, and loading
 * them whole would cost more than everything else together.
 */
const bundled = ['fast-check', 'js-tokens', 'mathjs', 'ml-matrix']

/**
 * Bundles the TypeScript sources into `dist`, in about a second, and indexes what can be cited.
 * What an earlier build left for a run that has begun stays, so that it is not disturbed.
 */
export async function build() {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const { dependencies, optionalDependencies, peerDependencies } = manifest
  const external = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
    .filter((name) => !bundled.includes(name))
    .flatMap((name) => [name, `${name}/*`])
  const fresh = join(root, `dist-${process.pid}`)
  const digest = digestOfSources(root)
  try {
    const { compiledValidators } = await loaded(fresh, 'conformance/browser/compiled.ts')
    await bundle({
      absWorkingDir: root,
      entryPoints: {
        touchstone: 'conformance/cli/main.ts',
        job: 'conformance/cli/jobs/job.ts',
        beside: 'conformance/adapters/beside/beside.ts',
        index: 'conformance/index.ts',
        vitest: 'conformance/vitest.ts',
      },
      outdir: fresh,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      external: [...external, '@tensorflow/*'],
      plugins: [withCompiledValidators, compiledValidators, requiring],
      // By which the processes of a run see that they are of one build.
      define: { TOUCHSTONE_BUILD: JSON.stringify(digest) },
      sourcemap: true,
      chunkNames: 'chunks/[name]-[hash]',
      logLevel: 'warning',
    })
    await indexCitations(fresh)
    place(fresh, join(root, 'dist'), digest)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/**
 * Writes down where every clause and operation stands. Without the parser, which an installation
 * for use alone lacks, there is no index, and pages show no code.
 */
async function indexCitations(folder) {
  if (!existsSync(join(root, 'node_modules/oxc-parser'))) {
    return console.warn('without oxc-parser, dist/citations.json is not written')
  }
  const { citationsOf } = await loaded(folder, 'scripts/citations/index.ts')
  await writeFile(join(folder, 'citations.json'), JSON.stringify(await citationsOf(root)))
}

/** A module that is written in TypeScript, which Node 20 does not read by itself. */
async function loaded(folder, module) {
  const outfile = join(folder, 'loaded.mjs')
  await bundle({
    absWorkingDir: root,
    entryPoints: [module],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  })
  // Node keeps what it has loaded by its address.
  const exported = await import(`${pathToFileURL(outfile).href}?${module}`)
  await rm(outfile)
  return exported
}

/** Packages whose files for Node are large and in the older format of modules. */
const required = ['core', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map(
  (name) => `@tensorflow/tfjs-${name}`,
)

/**
 * Has them required. Node reads the whole file of one that is imported twice more before it runs it, to see in which
 * format it is and what it exports, which takes as long as everything else about it.
 */
const requiring = {
  name: 'requiring',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@tensorflow\/tfjs-/ }, ({ path }) =>
      required.includes(path) ? { path, namespace: 'required' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'required' }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path))
      const contents = `
        import { createRequire } from 'node:module'
        const exported = createRequire(import.meta.url)('${path}')
        export const { ${names.join(', ')} } = exported
      `
      return { contents }
    })
  },
}

/** Messages are checked by code that is compiled now, in place of a compiler. */
const withCompiledValidators = {
  name: 'with compiled validators',
  setup({ onResolve }) {
    onResolve({ filter: /\/validators\.ts$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, 'validators.browser.ts'),
    }))
  },
}

/**
 * Writes the types that other programs see into `dist-types`: their compilers need not accept what
 * ours does. Only `npm run build` does it, which comes before a package is installed or packed.
 */
function declareTypes() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  if (!existsSync(compiler)) return console.warn('without TypeScript, dist-types is not written')
  const project = join(root, 'scripts/tsconfig.declarations.json')
  execFileSync(process.execPath, [compiler, '-p', project], { stdio: 'inherit' })
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await build()
  declareTypes()
}
