import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { operations } from '../../spec/index.ts'
import { UsageError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import { nearest } from '../base/nearest.ts'
import { problemWithSupports } from '../engine/domain.ts'
import type { Implementation } from '../engine/implementation.ts'
import { problemWithStateless } from '../engine/stateless.ts'
import { asideOutOfRange } from './aside.ts'
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
  options: LaunchOptions = {},
): Promise<Implementation> {
  const understood = understand(specifier, isInstalled)
  if (understood.kind === 'library') return understood.open(options)
  if (understood.kind === 'command') return started(understood.words, specifier, options)
  return asideOutOfRange(await imported(understood, specifier), specifier, options)
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

async function imported(understood: Imported, specifier: string): Promise<Implementation> {
  let value: unknown
  try {
    const exported = await importDefault(understood)
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

async function importDefault(specifier: Imported): Promise<unknown> {
  const isPackage = specifier.kind === 'package'
  if (!isPackage && /\.[cm]?js$/.test(specifier.path)) {
    return (await import(pathToFileURL(specifier.path).href)).default
  }
  const { importBundled } = await import('./bundle.ts')
  const from = JSON.stringify(isPackage ? specifier.name : specifier.path)
  // Not `export { default } from`, which is an error of the bundler where there is none.
  const code = `import * as module from ${from}; export default module.default`
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
  const { supports = {}, stateless = {} } = value as Implementation
  const problem = problemWithSupports(supports) ?? problemWithStateless(stateless)
  if (problem !== null) throw wrong(problem)
  return value as Implementation
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
