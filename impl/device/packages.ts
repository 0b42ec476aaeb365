import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

// Everything is found through package resolution, never relative to this file,
// which may have been bundled into another folder.
const require = createRequire(import.meta.url)

/** Where to look from: a folder, or else this file. */
type From = string | undefined
const resolve = (name: string, from: From): string =>
  require.resolve(name, from === undefined ? undefined : { paths: [from] })

/** The file that a package resolves to, or undefined where the package is not installed. */
export function resolvePackage(name: string, from?: string): string | undefined {
  try {
    return resolve(name, from)
  } catch {
    return undefined
  }
}

/** A package that is installed: the file that it resolves to, and its version. */
export interface Installed {
  readonly file: string
  readonly version: string
}

/** A package in the first of some folders that has it, or undefined where none has. */
export function findPackage(name: string, folders: readonly string[]): Installed | undefined {
  for (const folder of folders) {
    const file = resolvePackage(name, folder)
    if (file !== undefined) return { file, version: versionOf(name, folder) }
  }
  return undefined
}

/** The folder of the main file of an installed package, with a separator at the end. */
export function folderOf(name: string): string {
  return dirname(require.resolve(name)) + sep
}

/** The version of an installed package. */
export function versionOf(name: string, from?: string): string {
  return JSON.parse(readFileSync(manifestOf(name, from), 'utf8')).version
}

/** The `package.json` of a package, which not every package exports. */
function manifestOf(name: string, from: From): string {
  const exported = resolvePackage(`${name}/package.json`, from)
  if (exported !== undefined) return exported
  const file = resolve(name, from)
  const folder = join('node_modules', name)
  return join(file.slice(0, file.lastIndexOf(folder) + folder.length), 'package.json')
}

/**
 * The file of tfjs-core that a package uses, following `through` from package to package.
 * Two copies of tfjs-core share a part of their state only, so a backend must use ours.
 */
export function coreOf(name: string, through: readonly string[] = [], from?: string): string {
  let at = resolve(`${name}/package.json`, from)
  for (const next of through) {
    at = join(dirname(createRequire(at).resolve(`${next}/package.json`)), 'package.json')
  }
  return createRequire(at).resolve('@tensorflow/tfjs-core')
}

/** The file of tfjs-core that we use. */
export function ourCore(): string {
  return require.resolve('@tensorflow/tfjs-core')
}

/** The folder whose `node_modules` hold the packages that we use. */
function projectFolder(): string {
  const core = ourCore()
  return core.slice(0, core.indexOf(`${sep}node_modules${sep}`))
}

/** What is too large to come along and is set up by one command. */
export type SetupName = 'onnxruntime' | 'onnxruntime-web' | 'tensorflow' | 'python'

/**
 * Where `touchstone setup` puts things: beside `node_modules`, whose content npm replaces, and with the
 * project that asked for them, so that another version of this package has its own.
 */
export function setupFolder(name?: SetupName): string {
  return join(projectFolder(), '.touchstone', name ?? '')
}

/** Loads a package that may lie elsewhere than beside this file. */
export function loadPackage(name: string, from: string | undefined): unknown {
  return require(resolve(name, from))
}
