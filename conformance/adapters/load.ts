import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import type { Implementation } from '../engine/implementation.ts'
import { asideOutOfRange, type LoadOptions } from './aside.ts'
import { checked } from './checked.ts'
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
  const implementation = await imported(understood, specifier, options.fresh)
  return asideOutOfRange(implementation, specifier, options)
}

/** The same, in this process whatever it is, for what answers in the place of it. */
export async function openHere(specifier: string): Promise<Implementation> {
  const library = librariesHere[specifier]
  if (library !== undefined) return library({})
  const understood = understand(specifier, isInstalled)
  return understood.kind === 'module' || understood.kind === 'package'
    ? imported(understood, specifier)
    : loadImplementation(specifier)
}

async function imported(
  understood: Imported,
  specifier: string,
  fresh = false,
): Promise<Implementation> {
  let value: unknown
  try {
    const exported = await importDefault(understood, fresh)
    value = await (typeof exported === 'function' ? exported() : exported)
  } catch (error) {
    throw loadError(specifier, error)
  }
  return checked(value, specifier)
}

async function started(words: readonly string[], command: string, options: LaunchOptions) {
  const { openProcess } = await import('./process/open.ts')
  return openProcess(words, (reason) => `${command} cannot be run: ${reason}`, options)
}

type Imported = Extract<Specifier, { kind: 'module' | 'package' }>

async function importDefault(specifier: Imported, fresh: boolean): Promise<unknown> {
  const isPackage = specifier.kind === 'package'
  // What Node has imported once it does not read again.
  if (!isPackage && !fresh && /\.[cm]?js$/.test(specifier.path)) {
    return (await import(pathToFileURL(specifier.path).href)).default
  }
  const { exporting, importBundled } = await import('./bundle.ts')
  const code = exporting(isPackage ? specifier.name : specifier.path)
  return (await importBundled(code, isPackage ? here() : specifier.path)).default
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

function loadError(specifier: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error
  const message = messageOf(error)
  const frame =
    error instanceof Error && !/Build failed/.test(message)
      ? (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line))
      : undefined
  return new UsageError(`${specifier} does not load`, [
    ...message.split('\n').filter((line) => line.trim() !== ''),
    ...(frame ? [frame.trim()] : []),
  ])
}
