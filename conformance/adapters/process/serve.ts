import { createInterface } from 'node:readline'
import type { Implementation } from '../../engine/implementation.ts'
import type { Request } from '../../protocol/messages.ts'
import { answered } from './answers.ts'

/**
 * Answers the questions of another process about an implementation of this one, in the protocol, so
 * that a crash ends this process only. Ends when there are no more.
 */
export async function serve(
  implementation: Implementation,
  lines: AsyncIterable<string>,
  write: (line: string) => void,
): Promise<void> {
  for await (const line of lines) {
    if (line.trim() === '') continue
    const message = JSON.parse(line) as Request | readonly Request[]
    write(`${await answered(implementation, message)}\n`)
    if (!Array.isArray(message) && (message as Request).method === 'shutdown') return
  }
}

/** What is written on the standard input of this process, line by line. */
export function linesIn(): AsyncIterable<string> {
  return createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
}
