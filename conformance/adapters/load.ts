import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import type { Implementation } from '../engine/implementation.ts'
import { asideOutOfRange, type LoadOptions } from './aside.ts'
import { importedFrom, loadError, type Source } from './imported.ts'
import { librariesHere } from './libraries/names.ts'
import type { LaunchOptions } from './process/launch.ts'
import { type Specifier, understand } from './specifier.ts'

/**
 * Gives the implementation that a text stands for: the default export of a module or of a package
 * (made by `defineImplementation`, or a function that gives one, which may take its time), what a
 * command provides over its standard input and output, or one that is known by name:
 * `touchstone:wasm` is ours on that device, `numpy` that library as it is.
 *
 * @example
 * ```ts
 * const ours = await loadImplementation('touchstone:wasm')
 * const mine = defineImplementation({ name: 'mine', operations: { 'cnn.conv2d': faster } })
 * export default { ...ours, ...mine, operations: { ...ours.operations, ...mine.operations } }
 * ```
 * @throws {UsageError} there is none, it does not load or start, or it is something else
 */
export async function loadImplementation(
  specifier: string,
  options: LoadOptions = {},
): Promise<Implementation> {
  const understood = understand(specifier, isInstalled)
  if (options.sandbox) {
    const { openConfined } = await import('./sandbox/confined.ts')
    return openConfined(understood, specifier, options)
  }
  if (understood.kind === 'library') return understood.open(options)
  if (understood.kind === 'command') return started(understood.words, specifier, options)
  const source = await sourceOf(understood, specifier, options.fresh)
  const implementation = await importedFrom(source, specifier)
  return asideOutOfRange(implementation, { source, specifier }, options)
}

/** The same, in this process whatever it is, for what answers in the place of it. */
export async function openHere(specifier: string): Promise<Implementation> {
  const library = librariesHere[specifier]
  if (library !== undefined) return library({})
  const understood = understand(specifier, isInstalled)
  return understood.kind === 'module' || understood.kind === 'package'
    ? importedFrom(await sourceOf(understood, specifier), specifier)
    : loadImplementation(specifier)
}

async function started(words: readonly string[], command: string, options: LaunchOptions) {
  const { openProcess } = await import('./process/open.ts')
  return openProcess(words, (reason) => `${command} cannot be run: ${reason}`, options)
}

type Imported = Extract<Specifier, { kind: 'module' | 'package' }>

/** What a module or a package is imported from. */
async function sourceOf(understood: Imported, specifier: string, fresh = false): Promise<Source> {
  const isPackage = understood.kind === 'package'
  // What Node has imported once it does not read again.
  if (!isPackage && !fresh && /\.[cm]?js$/.test(understood.path)) return { path: understood.path }
  const { exporting, bundled } = await import('./bundle.ts')
  const code = exporting(isPackage ? understood.name : understood.path)
  try {
    return { code: await bundled(code, isPackage ? here() : understood.path) }
  } catch (error) {
    throw loadError(specifier, error)
  }
}

/** A file in the folder of the user, from which packages are looked up. */
function here(): string {
  return join(process.cwd(), 'from-here.js')
}

/** Whether the folder of the user, not that of this program, finds a package. */
function isInstalled(name: string): boolean {
  try {
    // Modules of Node itself are found too, but by no path.
    return isAbsolute(createRequire(here()).resolve(name))
  } catch (error) {
    // It is there, but offers itself to `import` only.
    return (error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  }
}
