import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { UnrunnableError, UsageError } from '../base/errors.ts'
import { libraries, type OpenLibrary } from './libraries/names.ts'
import { isModuleFile } from './module-file.ts'
import { splitWords } from './process/words.ts'

/** What the text after `--implementation` stands for. */
export type Specifier =
  | { readonly kind: 'library'; readonly open: OpenLibrary }
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'command'; readonly words: readonly string[] }

/**
 * Tells a module from a package from a command, in this order:
 *
 * 0. one of those that are known by name, such as `touchstone:wasm` or `numpy`;
 * 1. a file that exists and is JavaScript or TypeScript by its name is a module;
 * 2. several words are a command;
 * 3. a path (`./mine`, `/opt/mine`) is a program that can be executed;
 * 4. one word is a package that is installed here, or else a program of the search path.
 *
 * @throws {UsageError} it is none of these, with what it could have been
 */
export function understand(specifier: string, isInstalled: (name: string) => boolean): Specifier {
  if (Object.hasOwn(libraries, specifier)) return { kind: 'library', open: libraries[specifier]! }
  const path = resolve(specifier)
  if (isModuleFile(specifier) && isFile(path)) return { kind: 'module', path }
  const words = wordsOf(specifier)
  if (words.length === 0) throw new UnrunnableError('--implementation is empty', advice)
  if (words.length > 1) return { kind: 'command', words }
  const [word] = words as [string]
  if (word.startsWith('.') || isAbsolute(word) || isModuleFile(word)) {
    if (!isFile(resolve(word))) throw new UsageError(`there is no file ${word}`, advice)
    if (isExecutable(resolve(word))) return { kind: 'command', words: [resolve(word)] }
    throw new UnrunnableError(`${word} is no module and may not be executed`, [
      'give the program that runs it too, such as "python3 mine.py"',
      ...advice,
    ])
  }
  if (isInstalled(word)) return { kind: 'package', name: word }
  if (onSearchPath(word)) return { kind: 'command', words }
  const file = isFile(path) ? [`the file ${word} needs a program that runs it`] : []
  throw new UnrunnableError(`${word} is neither a package installed here nor a program`, [
    ...file,
    ...advice,
  ])
}

const advice = [
  'an implementation is a module such as ./mine.ts, a package that is installed,',
  'or a command such as "python3 mine.py"; touchstone init writes one to begin with;',
  `or one known by name: ${Object.keys(libraries).join(', ')}`,
]

function wordsOf(specifier: string): readonly string[] {
  try {
    return splitWords(specifier)
  } catch (error) {
    throw new UnrunnableError(`${specifier}: ${(error as Error).message}`, advice)
  }
}

function onSearchPath(program: string): boolean {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : ['']
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.some((folder) =>
    endings.some((ending) => isExecutable(join(folder, program + ending))),
  )
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function isExecutable(path: string): boolean {
  if (!isFile(path)) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
