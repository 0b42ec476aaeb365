import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { UsageError } from '../../base/errors.ts'
import { parsed } from '../../base/json.ts'
import { fromLossless, toLossless } from '../../base/lossless.ts'
import { messageOf } from '../../base/message.ts'
import { replaceFile } from '../../base/writable.ts'
import type { Shard } from './shard.ts'

const format = 'touchstone-shard/1'

/** A file of a shard: the digest is of the text that the shard is written as. */
interface ShardFile {
  readonly format: typeof format
  readonly digest: string
  readonly shard: string
}

/** The name of the file of a shard, the same each time, so that one that is run again replaces it. */
export function shardFile({ index, count }: Pick<Shard, 'index' | 'count'>): string {
  return `shard-${index}-of-${count}.json`
}

/** Whether a file begins as one that holds a shard does, under whatever name, and whole or not. */
export function isShardFile(file: string): boolean {
  const begin = `{"format":"${format}"`
  const bytes = Buffer.alloc(begin.length)
  const opened = openSync(file, 'r')
  try {
    readSync(opened, bytes)
  } finally {
    closeSync(opened)
  }
  return bytes.toString() === begin
}

/** Writes a shard, at once or not at all. */
export function writeShard(shard: Shard, file: string): void {
  const text = toLossless(shard)
  const content: ShardFile = { format, digest: digestOf(text), shard: text }
  replaceFile(file, `${JSON.stringify(content)}\n`)
}

/**
 * Reads a shard.
 *
 * @throws {UsageError} there is no such file, or it is no shard, or damaged
 */
export function readShard(file: string): Shard {
  const text = attempt(() => readFileSync(file, 'utf8'), `${file} cannot be read`)
  const content = contentOf(text, file)
  if (content?.format !== format || typeof content.shard !== 'string') {
    throw new UsageError(`${file} is no shard of a run`, [
      `its format is not ${format}; touchstone run --shard 1/2 writes one`,
    ])
  }
  if (digestOf(content.shard) !== content.digest) {
    throw new UsageError(`${file} is damaged: it does not have the digest that it names`, [
      'run this shard again',
    ])
  }
  return fromLossless(content.shard) as Shard
}

/** A digest that tells whether anything in a text is another. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function contentOf(text: string, file: string): Partial<ShardFile> | null {
  try {
    return parsed(text) as Partial<ShardFile> | null
  } catch (error) {
    throw new UsageError(`${file} is damaged: ${messageOf(error)}`, ['run this shard again'])
  }
}

function attempt<T>(act: () => T, problem: string): T {
  try {
    return act()
  } catch (error) {
    throw new UsageError(problem, [messageOf(error)])
  }
}
