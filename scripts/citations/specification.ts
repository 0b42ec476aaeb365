import { build } from 'esbuild'

/** What the specification of a folder says, as values. */
export interface Specification {
  readonly clauses: readonly Identified[]
  readonly operations: readonly Identified[]
  /** What each file exports, by path and name. */
  readonly exports: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

interface Identified {
  readonly id: string
}

/**
 * Imports the specification, so that what is a clause or an operation is told by the values
 * themselves, however they are written down. It imports no packages, hence a bundle of it can be
 * imported from memory.
 */
export async function specificationIn(
  root: string,
  paths: readonly string[],
): Promise<Specification> {
  const namespaces = paths.map((path, at) => `import * as file${at} from './${path}'`)
  const entries = paths.map((path, at) => `'${path}': file${at}`)
  const bundle = await build({
    stdin: {
      contents: [
        ...namespaces,
        "export { clauses, operations } from './spec/index.ts'",
        `export const exports = { ${entries.join(', ')} }`,
      ].join('\n'),
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    logLevel: 'silent',
  })
  const code = Buffer.from(bundle.outputFiles[0]!.contents).toString('base64')
  return await import(`data:text/javascript;base64,${code}`)
}
