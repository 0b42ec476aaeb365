import { existsSync, realpathSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../../base/errors.ts'
import { root } from '../../base/root.ts'

/** Whether a path is a folder, or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}

/**
 * What a confined module may read: its own folder, the packages that it finds from there, and this program.
 *
 * @throws {UsageError} its folder holds more than it
 */
export function readableForModule(path: string): readonly string[] {
  const folder = ownFolder(realpathSync(path))
  return outermost([folder, ...packagesFrom(folder), root, ...packagesFrom(root)])
}

/**
 * What a confined command may read beside the system: the folders of the files that it names, and where its
 * program is installed.
 *
 * @throws {UsageError} one of these folders holds more than it
 */
export function readableForCommand(words: readonly string[]): readonly string[] {
  const named = words.slice(1).filter(existsSync)
  const folders = named.map((word) => realpathSync(word)).map(ownFolder)
  return outermost([...folders, ...installationsOf(words[0]!)])
}

/** The folder that an implementation has for itself, or is. */
function ownFolder(path: string): string {
  const folder = statSync(path).isDirectory() ? path : dirname(path)
  const shared = [homedir(), tmpdir()].find((one) => existsSync(one) && isWithin(real(one), folder))
  if (shared === undefined) return folder
  throw new UsageError(`${path} cannot be confined to its folder ${folder}`, [
    `${shared} and what else is there would be readable; move it to a folder of its own`,
  ])
}

/** The folders of packages above a folder. */
function packagesFrom(folder: string): readonly string[] {
  const above: string[] = []
  for (let at = folder; ; at = dirname(at)) {
    const packages = join(at, 'node_modules')
    if (existsSync(packages)) above.push(real(packages))
    if (at === dirname(at)) return above
  }
}

/** Where a program is, and where it is a link to: `venv` for `venv/bin/python`. */
function installationsOf(program: string): readonly string[] {
  const path = onSearchPath(program)
  if (path === undefined) return []
  return [path, real(path)].map((file) => {
    const folder = dirname(file)
    const prefix = ['bin', 'shims'].includes(basename(folder)) ? dirname(folder) : folder
    // Of a program in `~/bin` nothing but the program.
    return isWithin(real(homedir()), prefix) || prefix === dirname(prefix) ? file : prefix
  })
}

function onSearchPath(program: string): string | undefined {
  if (program.includes('/')) return resolve(program)
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => resolve(folder, program)).find(existsSync)
}

/** Without what lies in another. */
function outermost(folders: readonly string[]): readonly string[] {
  const all = [...new Set(folders)]
  return all.filter((one) => !all.some((other) => other !== one && isWithin(one, other)))
}

const real = (path: string) => realpathSync(path)
