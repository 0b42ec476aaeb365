import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parts, rooms } from './directions.ts'

const text = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8')

/** The cells of the table below a heading, without its own two rows of headings. */
function table(heading: string): readonly (readonly string[])[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

const anyArea = (cell: string) =>
  cell.replace(/`(reference|impl)\/(?!layers|arithmetic|[a-z]+\.ts)[a-z]+`/g, '`$1/<area>`')

/** A list of names as the table writes it. */
const inWords = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

describe('what CONTRIBUTING.md says of imports', () => {
  const stated = table('What may import what')

  it('is what is checked', () => {
    const folders = rooms.map((room) => `conformance/${room}`)
    const checked = parts.map(({ folder, imports, packages }) => {
      const before = folders.slice(0, Math.max(0, folders.indexOf(folder)))
      const others = imports.filter((each) => !before.includes(each))
      expect(imports).toEqual(expect.arrayContaining(before))
      const named = inWords(others) + (before.length > 0 ? ', the rooms above' : '')
      return [
        `\`${folder}\``,
        named || 'nothing',
        packages === null ? 'any' : inWords(packages) || 'none',
      ]
    })
    // The areas of a tree all have the same rule, which the table says once.
    const said = checked.map((row) => row.map(anyArea).join(' | '))
    expect(stated.map((row) => row.slice(0, 3).join(' | '))).toEqual([...new Set(said)])
  })

  it('comes with what each part holds', () => {
    expect(stated.filter(([, , , holds]) => !holds)).toEqual([])
  })
})

describe('the words of the house', () => {
  it('are explained once each', () => {
    const words = table('The words of the house').map(([word]) => word)
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
    for (const word of ['case', 'question', 'answer', 'bench', 'fault', 'capsule', 'verdict']) {
      expect(words).toContain(`*${word}*`)
    }
  })
})
