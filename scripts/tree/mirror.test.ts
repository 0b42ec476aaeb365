import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The areas of the specification: the folders that all four trees share. */
const areas = readdirSync(`${root}/spec`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'language')
  .map(({ name }) => name)

/** The files of a folder, without tests and without the index. */
function stems(folder: string): readonly string[] {
  return readdirSync(`${root}/${folder}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
}

/** What a file exports that is an operation or a clause. */
async function contents(area: string, stem: string) {
  const values: unknown[] = Object.values(await import(`../../spec/${area}/${stem}.ts`))
  const has = (...fields: readonly string[]) =>
    values.some((v) => typeof v === 'object' && v !== null && fields.every((f) => f in v))
  return {
    hasOperations: has('id', 'inputs', 'outputs'),
    hasClauses: has('id', 'statement', 'source'),
  }
}

describe.each(areas)('the four trees have the same files in %s', (area) => {
  const inSpec = stems(`spec/${area}`)

  it.each(inSpec)('%s leads from formula to code to evidence', async (stem) => {
    const { hasOperations, hasClauses } = await contents(area, stem)
    const expected = [
      ...(hasOperations ? ['reference', 'impl'] : []),
      ...(hasClauses ? ['conformance/properties'] : []),
    ]
    const missing = expected.filter((tree) => !stems(`${tree}/${area}`).includes(stem))
    expect(missing).toEqual([])
  })

  it.each(['reference', 'impl', 'conformance/properties'])(
    '%s adds no topic of its own',
    (tree) => {
      // Helpers beside a topic carry its name: `conv2d-faults.ts` belongs to `conv2d.ts`.
      const strangers = stems(`${tree}/${area}`).filter(
        (stem) => !inSpec.some((topic) => stem === topic || stem.startsWith(`${topic}-`)),
      )
      expect(strangers).toEqual([])
    },
  )
})
