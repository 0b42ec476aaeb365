import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { clauseById, operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { UsageError } from '../base/errors.ts'
import { stringify } from '../base/json.ts'
import { messageOf } from '../base/message.ts'
import { nearest } from '../base/nearest.ts'
import { terminalOn } from '../base/terminal.ts'
import { writeOnnx } from '../vectors/onnx.ts'
import { vectorsOf } from '../vectors/vectors.ts'
import { prepareFile } from './files.ts'

/** `touchstone vectors export`: cases with the right answers, a file an operation. */
export function exportVectors(
  folder: string,
  options: { readonly operation: string; readonly cases: number; readonly seed: number },
): void {
  const matches = picomatch(options.operation, { dot: true })
  const all: readonly Operation[] = operations
  const selected = all.filter(({ id }) => matches(id))
  const clause = clauseById(options.operation)
  if (selected.length === 0 && clause) {
    throw new UsageError(`${clause.id} is a clause, not an operation`, [
      'the operations that it is about are',
      ...clause.operations.map(({ id }) => `  ${id}`),
    ])
  }
  if (selected.length === 0) {
    const near = nearest(
      options.operation.replaceAll('*', ''),
      all.map(({ id }) => id),
    )
    throw new UsageError(`no operation matches ${options.operation}`, [
      ...(near.length > 0 ? ['did you mean', ...near.map((id) => `  ${id}`)] : []),
    ])
  }
  for (const { id } of selected) prepareFile(join(folder, `${id}.json`))
  const terminal = terminalOn(process.stdout)
  for (const operation of selected) {
    const vectors = vectorsOf(operation, options.cases, options.seed)
    const path = join(folder, `${operation.id}.json`)
    let models = 0
    try {
      writeFileSync(path, `${stringify(vectors)}\n`)
      models = writeOnnx(vectors, join(folder, 'onnx'))
    } catch (error) {
      throw new UsageError(`${path} cannot be written`, [messageOf(error)])
    }
    const short = vectors.cases.length < options.cases ? ', rounding left the others open' : ''
    const also = models > 0 ? `, and in ${join(folder, 'onnx')}` : ''
    terminal.write(`wrote ${path}: ${vectors.cases.length} cases${short}${also}\n`)
  }
}
