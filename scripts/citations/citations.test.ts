import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Place } from '../../conformance/cite/citations.ts'
import { citationsOf } from './index.ts'

/** A whole project of one operation, one clause and one property. */
const small = {
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

type Files = { readonly [path: string]: string }

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** What is cited in the small project when some files are others, and the code at each place. */
async function cited(others: Files = {}) {
  const files: Files = { ...small, ...others }
  const root = mkdtempSync(join(tmpdir(), 'touchstone-citations-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const { clauses, operations } = await citationsOf(root)
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

describe('a definition is cited', () => {
  it('from the comment above it to its last bracket', async () => {
    const { places, ...code } = await cited()
    expect(code).toEqual({
      statement:
        "export const forward = clause({\n  id: 'area.blur.forward',\n  operations: [blur],\n})",
      spec: "/** Blurs. */\nexport const blur = operation({\n  id: 'area.blur',\n})",
      reference: '/** The formula. */\nexport const blur = (x: number) => {\n  return x\n}',
      impl: 'export const blur = (x: number) => x',
      properties: ['  properties(\n    forward,\n    {},\n  ),'],
    })
    const path = 'reference/area/blur.ts'
    expect(places.reference).toEqual({ path, line: 2, first: 1, last: 4 })
    expect(places.impl).toEqual({ path: 'impl/area/blur.ts', line: 1, first: 1, last: 1 })
  })

  it('with the comments that touch it, and none that an empty line or code keeps away', async () => {
    const { reference } = await cited({
      'reference/area/blur.ts': `/** Of the file. */

const half = 0.5 // of the helper
/** Touches it: ’ × Σ 𝑥. */
// As does this.
export const blur = (x: number) => x * half
`,
    })
    expect(reference).toBe(
      '/** Touches it: ’ × Σ 𝑥. */\n// As does this.\nexport const blur = (x: number) => x * half',
    )
  })

  it.each([
    ['an arrow function without braces', 'export const blur = (x: number) =>\n  x / 2'],
    ['a function', 'export function blur(x: number) {\n  return x / 2\n}'],
    ['a wrapped call', 'export const blur = traced(\n  (x: number) => x / 2,\n)'],
    [
      'a call with several functions',
      'export const blur = both((x) => {\n  return x\n}, (x) => {\n})',
    ],
    ['overloads', 'export function blur(): 0\nexport function blur(x = 0) {\n  return x\n}'],
    ['laid out as no formatter would', 'export\nconst blur\n= (x: number) => { return {\n} }'],
    [
      'with a helper inside',
      'export const blur = () => {\n  const f = () => {\n  }\n\n  return f\n}',
    ],
    ['with brackets in text', "export const blur = () => {\n  return '})' // }\n}"],
  ])('as %s', async (_, definition) => {
    const helper = 'const helper = () => {\n  return 1\n}'
    const { reference } = await cited({
      'reference/area/blur.ts': `${helper}\n\n${definition}\n\nexport ${helper.replace('er', '')}\n`,
    })
    expect(reference).toBe(definition)
  })

  it.each([
    [
      'another file',
      "export { blur } from './kernel.ts'",
      'export const blur = (x: number) => x / 2',
    ],
    [
      'another file, where it has another name',
      "export { smooth as blur } from './kernel.ts'",
      'export const smooth = (x: number) => x / 2',
    ],
    [
      'another file, all of which is passed on',
      "export * from './kernel.ts'",
      'export const blur = (x: number) => x / 2',
    ],
    [
      'an import of another file',
      "import { smooth as s } from './kernel.ts'\nexport const blur = s",
      'export const smooth = (x: number) => x / 2',
    ],
    [
      'a whole import of another file',
      "import * as kernel from './kernel.ts'\nexport const blur = kernel.smooth as never",
      'export function smooth() {}',
    ],
  ])('where it is written, in %s', async (_, text, definition) => {
    const { reference, places } = await cited({
      'reference/area/blur.ts': text,
      'reference/area/kernel.ts': `const one = 1\n\n${definition}\n`,
    })
    expect(places.reference?.path).toBe('reference/area/kernel.ts')
    expect(reference).toBe(definition)
  })

  it('in its own file under another name', async () => {
    const { reference } = await cited({
      'reference/area/blur.ts': 'const smooth = () => 1\nexport { smooth as blur }',
    })
    expect(reference).toBe('const smooth = () => 1')
  })

  it('as null when it is not there', async () => {
    const { reference, impl } = await cited({
      'reference/area/blur.ts': "// export const blur = 1\nexport const other = 'const blur'",
      'impl/area/blur.ts': 'const blur = 1',
    })
    expect([reference, impl]).toEqual([null, null])
  })
})

describe('a clause or an operation is told by its value', () => {
  it('however it is made', async () => {
    const { statement, spec } = await cited({
      'spec/area/blur.ts': `import { clause as stated, operation } from '../language.ts'
const named = (name: string) => ({ id: \`area.\${name}\` })
const checked = <T>(value: T) => value
export const blur = checked(operation(named('blur')))
export const forward = checked(
  stated({ ...named('blur.forward'), operations: [blur] }),
)
`,
    })
    expect(spec).toBe("export const blur = checked(operation(named('blur')))")
    expect(statement).toBe(
      "export const forward = checked(\n  stated({ ...named('blur.forward'), operations: [blur] }),\n)",
    )
  })

  it('not by text that looks like one', async () => {
    const { spec } = await cited({
      'spec/area/aaa.ts': `import { operation } from '../language.ts'
export const unlisted = operation({
  id: 'area.blur',
})
`,
    })
    expect(spec).toMatch(/^\/\*\* Blurs\. \*\/\nexport const blur/)
  })

  it('where it is defined, though another file passes it on', async () => {
    const { places } = await cited({
      'spec/area/aaa.ts': "export * from './blur.ts'\nexport { blur as soften } from './blur.ts'",
    })
    expect(places.spec?.path).toBe('spec/area/blur.ts')
    expect(places.statement?.path).toBe('spec/area/blur.ts')
  })

  it('of which an operation may have the id of a clause', async () => {
    const text = small['spec/area/blur.ts'].replace("id: 'area.blur',", "id: 'area.blur.forward',")
    const folder = await cited().then(() => folders.at(-1)!)
    writeFileSync(join(folder, 'spec/area/blur.ts'), text)
    const { clauses, operations } = await citationsOf(folder)
    expect(clauses['area.blur.forward']?.statement?.line).toBe(8)
    expect(operations['area.blur.forward']?.spec?.line).toBe(4)
  })
})

describe('the properties of a clause are cited', () => {
  const imports = `import { forward } from '../../../spec/area/blur.ts'
import { properties } from '../../kit/properties.ts'
`
  const listedIn = async (text: string, others: Files = {}) =>
    (await cited({ 'conformance/properties/area/blur.ts': text, ...others })).properties

  it.each([
    [
      'under another name of the clause',
      "import { forward as f } from '../../../spec/area/blur.ts'\nimport { properties } from '../../kit/properties.ts'",
      'properties(f, {})',
    ],
    [
      'under another name of the function',
      "import { forward } from '../../../spec/area/blur.ts'\nimport { properties as list } from '../../kit/properties.ts'",
      'list(forward, {})',
    ],
    [
      'through a whole import',
      "import * as spec from '../../../spec/area/blur.ts'\nimport * as kit from '../../kit/properties.ts'",
      'kit.properties(spec.forward, {})',
    ],
    ['through a constant', `${imports}const stated = forward`, 'properties(stated, {})'],
    [
      'wrapped',
      `${imports}const share = (n: number, all: object[]) => all`,
      '...share(0.3, properties(forward, {}).toReversed())',
    ],
    [
      'after innocent helpers',
      `${imports}const helper = (forward: object) => [forward, 'properties(forward']\nhelper(forward)`,
      'properties(forward, {}, ...helper({}))',
    ],
    [
      'through a function that hands the clause on',
      `${imports}const twice = (c: object, ...all: object[]) => properties(c, ...all, ...all)`,
      'twice(forward, {})',
    ],
  ])('%s', async (_, above, call) => {
    const text = `${above}\nexport const blurProperties = [\n  // Why.\n  ${call},\n]\n`
    expect(await listedIn(text)).toEqual([`  // Why.\n  ${call},`])
  })

  it('through a function of another file that hands the clause on to another one', async () => {
    const found = await listedIn(
      `import { forward } from '../../../spec/area/blur.ts'
import { outer } from '../../kit/outer.ts'
export const blurProperties = outer(forward)
`,
      {
        'conformance/kit/outer.ts': `import { properties as list } from './properties.ts'
export const outer = (clause: object) => inner(clause)
function inner(clause: object) {
  return list(clause, {})
}
`,
      },
    )
    expect(found).toEqual(['export const blurProperties = outer(forward)'])
  })

  it('wherever they are listed', async () => {
    const found = await listedIn(`${imports}export const one = properties(forward, {})`, {
      'conformance/properties/area/blur-more.ts': `${imports}export const more = [
  properties(forward, { more: true }),
]`,
    })
    expect(found).toEqual([
      '  properties(forward, { more: true }),',
      'export const one = properties(forward, {})',
    ])
  })

  it('and not what another function of that name does', async () => {
    const own = imports.replace("'../../kit/properties.ts'", "'./own.ts'")
    const found = await listedIn(`${own}properties(forward, {})`, {
      'conformance/properties/area/own.ts': 'export const properties = (...all: object[]) => all',
    })
    expect(found).toEqual([])
  })
})

describe('what a definition calls is cited', () => {
  const calledIn = async (files: Files) => {
    await cited(files)
    const { calls } = await citationsOf(folders.at(-1)!)
    return Object.fromEntries(
      Object.entries(calls).map(([at, called]) => [at, called.map(({ name }) => name)]),
    )
  }

  it('from other files and its own, and from what is called in turn', async () => {
    const calls = await calledIn({
      'reference/area/blur.ts': `import * as kernel from './kernel.ts'
import type { Kind } from './kernel.ts'
export const blur = (x: number): Kind => halved(kernel.smooth(x))
function halved(x: number) {
  return x / two
}
const two = 2
`,
      'reference/area/kernel.ts': `export type Kind = number
export const smooth = (x: number) => [x].map(once)[0]
const once = (x: number) => x
const unasked = () => once(1)
export { unasked }
`,
    })
    expect(calls).toEqual({
      'reference/area/blur.ts:3': ['halved', 'smooth'],
      'reference/area/blur.ts:4': [],
      'reference/area/kernel.ts:2': ['once'],
      'reference/area/kernel.ts:3': [],
      'impl/area/blur.ts:1': [],
    })
  })

  it('and not itself, nor what is of packages', async () => {
    const calls = await calledIn({
      'impl/area/blur.ts': `import { relu } from 'somewhere'
export const blur = (x: number): number => (x > 1 ? blur(x - 1) : relu(x))
`,
    })
    expect(calls['impl/area/blur.ts:2']).toEqual([])
  })
})

it('a source that makes no sense is named', async () => {
  await expect(cited({ 'impl/area/blur.ts': 'export const blur = {' })).rejects.toThrow(
    /^impl\/area\/blur\.ts: /,
  )
})
