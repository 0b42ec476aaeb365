import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'

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
  else if (there !== undefined) closeSync(openSync(file, 'a'))
  else {
    // Another process may put the file there meanwhile, which must not be removed.
    const beside = `${file}.${process.pid}.part`
    closeSync(openSync(beside, 'a'))
    rmSync(beside)
  }
}

/**
 * Writes a file at once or not at all: whoever reads it finds the text before or the one after, wherever this
 * process ends, and a full disk leaves what was there.
 *
 * @throws the error of the file system
 */
export function replaceFile(file: string, text: string): void {
  replaceFiles(new Map([[file, text]]))
}

/**
 * Writes files beside those that they are to replace, and puts them in their places only once all are whole: a
 * full disk leaves every one as it was. What a process that was ended meanwhile left of its own is removed.
 *
 * @throws the error of the file system
 */
export function replaceFiles(files: ReadonlyMap<string, string>): void {
  const fresh = new Map([...files.keys()].map((file) => [file, `${file}.${process.pid}.part`]))
  try {
    for (const folder of new Set([...files.keys()].map((file) => dirname(resolve(file))))) {
      makeFolder(folder)
      removeParts(folder)
    }
    for (const [file, text] of files) writeFileSync(fresh.get(file)!, text)
    for (const [file, part] of fresh) renameSync(part, file)
  } catch (error) {
    for (const part of fresh.values()) rmSync(part, { force: true })
    throw error
  }
}

/** How long one waits for another that writes into the same folder, in milliseconds; what takes longer hangs. */
const longestWait = 20_000

/**
 * Does something while nobody else writes into a folder in this way, so that of two that write the same files one has
 * all of them. Who was ended meanwhile keeps nobody waiting.
 *
 * @throws the error of the file system, or of what is done
 */
export function whileAlone<T>(folder: string, act: () => T): T {
  makeFolder(folder)
  const lock = join(folder, '.writing')
  const began = performance.now()
  while (!isTaken(lock)) {
    const writer = Number(readIfThere(lock))
    const isHanging = performance.now() - began > longestWait
    // Without a number it has just begun.
    if (isHanging || (writer > 0 && !isRunning(writer))) rmSync(lock, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  }
  try {
    return act()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Takes a lock for this process, if nobody has it. */
function isTaken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    rmSync(lock, { force: true })
    throw error
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Removes the parts of files whose processes are no more. */
function removeParts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const writer = /\.(\d+)\.part$/.exec(name)?.[1]
    if (writer !== undefined && !isRunning(Number(writer)))
      rmSync(join(folder, name), { force: true })
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    // It is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function existing(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}
