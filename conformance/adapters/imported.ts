import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import type { Implementation } from '../engine/implementation.ts'
import { checked } from './checked.ts'

/** What is imported for an implementation: a file that Node reads itself, or the code that a module was made into. */
export type Source = { readonly path: string } | { readonly code: string }

/**
 * The implementation that a source exports by default, or that a function gives which it exports.
 *
 * @throws {UsageError} it does not load, or is something else
 */
export async function importedFrom(source: Source, specifier: string): Promise<Implementation> {
  let value: unknown
  try {
    const { default: exported } = await ('path' in source
      ? import(pathToFileURL(source.path).href)
      : importCode(source.code))
    value = await (typeof exported === 'function' ? exported() : exported)
  } catch (error) {
    throw loadError(specifier, error)
  }
  return checked(value, specifier)
}

async function importCode(code: string): Promise<{ default?: unknown }> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-'))
  try {
    const file = join(folder, 'implementation.mjs')
    writeFileSync(file, code)
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Why something does not load, as advice to whoever wrote it. */
export function loadError(specifier: string, error: unknown): UsageError {
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
