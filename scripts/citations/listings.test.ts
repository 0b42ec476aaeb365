import { describe, expect, it } from 'vitest'
import { cited, type Files } from './small-project.ts'

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
