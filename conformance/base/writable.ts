import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it that are missing, one by one: asked to make all of them at once,
 * Node never ends where a file system has no room for any, such as below `/proc`.
 *
 * @throws the error of the file system
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder)
  const there = existing(path)
  if (there?.isDirectory()) return
  if (there !== undefined) throw new Error(`${folder} is no folder`)
  if (dirname(path) !== path) makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existing(path)?.isDirectory()) throw error
  }
}

/**
 * Makes sure that files can be written into a folder, which is made where it is missing.
 *
 * @throws the error of the file system
 */
export function tryFolder(folder: string): void {
  makeFolder(folder)
  accessSync(folder, constants.W_OK | constants.X_OK)
}

/**
 * Makes sure that a file can be written, by opening it, and leaves it as it was. What is no plain
 * file, such as a pipe, is not opened: its reader would take the end of the trial for the end of all.
 *
 * @throws the error of the file system
 */
export function tryFile(file: string): void {
  const there = existing(file)
  if (there?.isDirectory()) throw new Error(`${file} is a folder`)
  makeFolder(dirname(resolve(file)))
  if (there !== undefined && !there.isFile()) accessSync(file, constants.W_OK)
  else closeSync(openSync(file, 'a'))
  if (there === undefined) rmSync(file)
}

/**
 * Writes a file at once or not at all: whoever reads it finds the text before or the one after, wherever this
 * process ends, and a full disk leaves what was there.
 *
 * @throws the error of the file system
 */
export function replaceFile(file: string, text: string): void {
  makeFolder(dirname(resolve(file)))
  const fresh = `${file}.${process.pid}.part`
  try {
    writeFileSync(fresh, text, { flush: true })
    renameSync(fresh, file)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

function existing(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}
