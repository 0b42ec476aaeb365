import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import type { Place } from '../../conformance/cite/citations.ts'
import { citationsOf } from './index.ts'

/** A whole project of one operation, one clause and one property. */
export const small = {
  'spec/language.ts': `export const operation = <O>(o: O) => o
export const clause = <C>(c: C) => c
`,
  'spec/index.ts': `import * as blur from './area/blur.ts'
export const operations = [blur.blur]
export const clauses = [blur.forward]
`,
  'spec/area/blur.ts': `import { clause, operation } from '../language.ts'

/** Blurs. */
export const blur = operation({
  id: 'area.blur',
})

export const forward = clause({
  id: 'area.blur.forward',
  operations: [blur],
})
`,
  'reference/area/blur.ts': `/** The formula. */
export const blur = (x: number) => {
  return x
}
`,
  'impl/area/blur.ts': `export const blur = (x: number) => x
`,
  'conformance/kit/properties.ts': `export function properties(clause: object, ...all: object[]) {
  return [clause, ...all]
}
`,
  'conformance/properties/area/blur.ts': `import { forward } from '../../../spec/area/blur.ts'
import { properties } from '../../kit/properties.ts'

export const blurProperties = [
  properties(
    forward,
    {},
  ),
]
`,
} as const

export type Files = { readonly [path: string]: string }

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A folder with the small project in it when some files are others. */
export function written(others: Files = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'touchstone-citations-'))
  folders.push(root)
  for (const [path, text] of Object.entries({ ...small, ...others })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** What is cited in the small project when some files are others, and the code at each place. */
export async function cited(others: Files = {}) {
  const files: Files = { ...small, ...others }
  const { clauses, operations } = await citationsOf(written(others))
  const { statement, properties } = clauses['area.blur.forward']!
  const { spec, reference, impl } = operations['area.blur']!
  const codeAt = ({ path, first, last }: Place) =>
    files[path]!.split('\n')
      .slice(first - 1, last)
      .join('\n')
  const code = (place: Place | null) => place && codeAt(place)
  return {
    places: { statement, spec, reference, impl },
    statement: code(statement),
    spec: code(spec),
    reference: code(reference),
    impl: code(impl),
    properties: properties.map(codeAt),
  }
}
