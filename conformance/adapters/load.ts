import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { operations } from '../../spec/index.ts'
import { root } from '../cite/sources.ts'
import { nearest } from '../cli/select.ts'
import { UsageError } from '../cli/usage.ts'
import type { Implementation } from '../engine/implementation.ts'

/**
 * Loads the implementation that a module or a package exports as its default: one made by
 * `defineImplementation`, or a function that gives one, which may take its time.
 *
 * @throws {UsageError} there is no such module, it does not load, or exports something else
 */
export async function loadImplementation(specifier: string): Promise<Implementation> {
  const exported = await importDefault(specifier)
  let value: unknown
  try {
    value = await (typeof exported === 'function' ? exported() : exported)
  } catch (error) {
    throw loadError(specifier, error)
  }
  return checked(value, specifier)
}

async function importDefault(specifier: string): Promise<unknown> {
  const path = resolve(specifier)
  const isPath = specifier.startsWith('.') || isAbsolute(specifier) || extname(specifier) !== ''
  if (isPath && !existsSync(path)) {
    throw new UsageError(`there is no file ${specifier}`, [
      'an implementation is a module with a default export, or the name of a package',
    ])
  }
  try {
    const module = isPath ? await importFile(path) : await importPackage(specifier)
    return (module as { default?: unknown }).default
  } catch (error) {
    throw loadError(specifier, error)
  }
}

/** Node 20 does not read TypeScript, so those modules are bundled first. */
async function importFile(path: string): Promise<unknown> {
  if (!/\.[cm]?tsx?$/.test(path)) return import(pathToFileURL(path).href)
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-'))
  try {
    const { build } = await import('esbuild')
    const outfile = join(folder, 'implementation.mjs')
    await build({
      entryPoints: [path],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [packagesStayOutside(path)],
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Packages are not bundled but imported from where the module would find them. */
function packagesStayOutside(path: string): import('esbuild').Plugin {
  const resolving = Symbol('resolving')
  return {
    name: 'packages-stay-outside',
    setup(build) {
      build.onResolve(
        { filter: /^[^./]/ },
        async ({ path: name, resolveDir, kind, pluginData }) => {
          if (pluginData === resolving || kind === 'entry-point' || isAbsolute(name))
            return undefined
          if (name.startsWith('node:')) return { path: name, external: true }
          // This package may be imported where it is not installed, such as beside a global one.
          if (name === 'touchstone') return external(join(root, 'dist/index.js'))
          const found = await build.resolve(name, {
            kind,
            resolveDir: resolveDir || dirname(path),
            pluginData: resolving,
          })
          if (found.errors.length > 0 || !isAbsolute(found.path)) return found
          return external(found.path)
        },
      )
    },
  }
}

function external(path: string) {
  return { path: pathToFileURL(path).href, external: true }
}

async function importPackage(name: string): Promise<unknown> {
  // From the folder of the user, not from where this program is installed.
  const { createRequire } = await import('node:module')
  const found = createRequire(join(process.cwd(), 'from-here.js')).resolve(name)
  return import(pathToFileURL(found).href)
}

function checked(value: unknown, specifier: string): Implementation {
  const wrong = (problem: string, ...advice: readonly string[]) =>
    new UsageError(`${specifier} is no implementation: ${problem}`, advice)
  const like = 'export default defineImplementation({ name: …, operations: { … } })'
  if (value === undefined) throw wrong('it has no default export', like)
  if (value === null || typeof value !== 'object') throw wrong(`it exports ${String(value)}`, like)
  const { name, operations: provided, profile, precision } = value as Partial<Implementation>
  if (typeof name !== 'string' || name === '') throw wrong('it has no name', like)
  if (provided === null || typeof provided !== 'object') throw wrong('it has no operations', like)
  if (typeof profile !== 'object' || typeof precision !== 'string') {
    throw wrong('it was not made by defineImplementation', like)
  }
  const known = operations.map(({ id }) => id as string)
  for (const [id, evaluate] of Object.entries(provided)) {
    if (!known.includes(id)) {
      const near = nearest(id, known)
      throw wrong(
        `there is no operation ${id}`,
        ...(near.length > 0 ? ['did you mean', ...near.map((candidate) => `  ${candidate}`)] : []),
      )
    }
    if (typeof evaluate !== 'function') throw wrong(`${id} is no function`)
  }
  return value as Implementation
}

function loadError(specifier: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error
  const message = error instanceof Error ? error.message : String(error)
  const frame =
    error instanceof Error && !/Build failed/.test(message)
      ? (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line))
      : undefined
  return new UsageError(`${specifier} does not load`, [
    ...message.split('\n').filter((line) => line.trim() !== ''),
    ...(frame ? [frame.trim()] : []),
  ])
}
