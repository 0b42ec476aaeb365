import { existsSync, type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { clauses } from '../../spec/index.ts'
import { prepareBeside } from '../adapters/beside/start.ts'
import { bundledFiles } from '../adapters/bundle.ts'
import { closeOpened } from '../adapters/opened.ts'
import { UsageError } from '../base/errors.ts'
import { terminalOn } from '../base/terminal.ts'
import { plural } from '../base/text.ts'
import { shelfHere } from '../base/worked-out.ts'
import { selectClauses } from '../suite/select.ts'
import type { Choice } from './implementation.ts'
import type { Kills } from './kills.ts'
import { interruption, runCommand } from './run.ts'

export interface WatchOptions extends Choice {
  readonly clause: readonly string[]
  readonly runs: number
  readonly seed: number
  readonly report: string
}

/** Editors write a file in several steps, in milliseconds. */
const untilQuiet = 20

/** By how much the time of a file may be behind that of the process, in milliseconds. */
const behind = 10

/**
 * `touchstone watch`: runs, and again in the same process whenever a file of the implementation changes. What became
 * of the faults, and what the seed alone tells, is known from the first run; nothing of an implementation is reused.
 *
 * @throws {UsageError} there is no such clause, or no implementation that could change
 */
export async function watchCommand(options: WatchOptions): Promise<void> {
  selectClauses(clauses, options.clause)
  if (options.implementation.length === 0) throw nothingToWatch()
  const signal = interruption()
  const kills: Kills = new Map()
  const shelf = shelfHere()
  const terminal = terminalOn(process.stdout)
  const asked = { ...options, jobs: 1, require: 'provided', fresh: true, pages: false } as const
  while (!signal.aborted) {
    const begun = Date.now()
    let problem: UsageError | null = null
    try {
      await runCommand(asked, { signal, kills, shelf })
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problem = error
    }
    const files = filesOf(options.implementation)
    if (files.length === 0) throw problem ?? nothingToWatch()
    for (const line of problem === null ? [] : [problem.message, ...problem.advice]) {
      terminal.write(`${line}\n`)
    }
    const took = ((Date.now() - begun) / 1000).toFixed(2)
    const shown = files.length === 1 ? relative('', files[0]!) : plural(files.length, 'file')
    terminal.write(`\n${took} s; waiting for a change of ${shown}\n\n`)
    await closeOpened()
    if (bundledFiles.size > 0) prepareBeside()
    await changed(files, problem === null, begun, signal)
  }
}

function nothingToWatch(): UsageError {
  return new UsageError('there is no file to watch', [
    'give a module or a program of your own, such as -i ./mine.ts',
  ])
}

/** What modules were made of, and the files that commands name. */
function filesOf(specifiers: readonly string[]): readonly string[] {
  const named = specifiers.flatMap((specifier) => specifier.split(/\s+/)).filter(existsSync)
  const files = new Set([...named.map((name) => resolve(name)), ...bundledFiles])
  return [...files].filter((file) => existsSync(dirname(file)) && !file.includes('node_modules'))
}

/** Resolves when a file has changed or been replaced since a moment, or when the signal comes. */
function changed(
  files: readonly string[],
  /** Whether these are all files: one that is missing may be what does not load. */
  areAll: boolean,
  since: number,
  signal: AbortSignal,
): Promise<void> {
  const watchers: FSWatcher[] = []
  return new Promise<void>((done) => {
    let quiet: NodeJS.Timeout | undefined
    for (const folder of new Set(files.map(dirname))) {
      const names = files.filter((file) => dirname(file) === folder).map((file) => basename(file))
      const watcher = watch(folder, (_, name) => {
        if (areAll && name !== null && !names.includes(name)) return
        clearTimeout(quiet)
        quiet = setTimeout(done, untilQuiet)
      })
      watchers.push(watcher)
    }
    const isNewer = (file: string) => {
      const there = statSync(file, { throwIfNoEntry: false })
      // What is moved here keeps the time at which it was written.
      return there !== undefined && Math.max(there.mtimeMs, there.ctimeMs) > since - behind
    }
    if (signal.aborted || files.some(isNewer)) done()
    signal.addEventListener('abort', () => done(), { once: true })
  }).finally(() => {
    for (const watcher of watchers) watcher.close()
  })
}
