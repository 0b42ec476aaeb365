import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

// Everything is found through package resolution, never relative to this file,
// which may have been bundled into another folder.
const require = createRequire(import.meta.url)

/** The file that a package resolves to, or undefined where the package is not installed. */
export function resolvePackage(name: string): string | undefined {
  try {
    return require.resolve(name)
  } catch {
    return undefined
  }
}

/** The folder of the main file of an installed package, with a separator at the end. */
export function folderOf(name: string): string {
  return dirname(require.resolve(name)) + sep
}

/** The version of an installed package. */
export function versionOf(name: string): string {
  return JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version
}

/**
 * The file of tfjs-core that a package uses, following `through` from package to package.
 * Two copies of tfjs-core share a part of their state only, so a backend must use ours.
 */
export function coreOf(name: string, through: readonly string[] = []): string {
  let from = require.resolve(`${name}/package.json`)
  for (const next of through) {
    from = join(dirname(createRequire(from).resolve(`${next}/package.json`)), 'package.json')
  }
  return createRequire(from).resolve('@tensorflow/tfjs-core')
}

/** The file of tfjs-core that we use. */
export function ourCore(): string {
  return require.resolve('@tensorflow/tfjs-core')
}
