import { describe, expect, it } from 'vitest'
import { citationsOf } from './index.ts'
import { cited, small, written } from './small-project.ts'

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
    const { clauses, operations } = await citationsOf(written({ 'spec/area/blur.ts': text }))
    expect(clauses['area.blur.forward']?.statement?.line).toBe(8)
    expect(operations['area.blur.forward']?.spec?.line).toBe(4)
  })
})

it('a source that makes no sense is named', async () => {
  await expect(cited({ 'impl/area/blur.ts': 'export const blur = {' })).rejects.toThrow(
    /^impl\/area\/blur\.ts: /,
  )
})
