import { expect, it } from 'vitest'
import { checked, readIn } from './checked.ts'
import { clauses } from './index.ts'
import type { Checked } from './language/checked.ts'
import type { Clause } from './language/clause.ts'

const cited = (clauses as readonly Clause[]).flatMap(({ source, errata }) => [
  ...source.publications,
  ...errata.map(({ settledBy }) => settledBy),
])

/** What is said to be checked and that no clause cites, or that is said twice. */
function strayIn(all: readonly Checked[]): readonly string[] {
  const names = all.flatMap(({ title, where }) => where.map((place) => `${title}, ${place}`))
  const known = new Set(cited.map(({ title, where }) => `${title}, ${where}`))
  return names.filter((name, at) => !known.has(name) || names.indexOf(name) !== at)
}

it('what was checked is cited, and is said once', () => {
  expect(strayIn(checked)).toEqual([])
})

it('a place that no clause cites is noticed, and one that is said twice', () => {
  const [first] = checked
  const elsewhere = { ...first!, where: ['section 99'] }
  expect(strayIn([...checked, elsewhere])).toEqual([`${first!.title}, section 99`])
  expect(strayIn([...checked, { ...first!, where: [first!.where[0]!] }])).toHaveLength(1)
})

it('every check says in which form the publication was open', () => {
  for (const check of checked) expect(check.readIn).not.toBe('')
})

it('nothing is checked unless it is said so', () => {
  const title = 'Somebody (2000), Something'
  expect(readIn({ title, where: 'section 1' })).toBeNull()
  expect(readIn({ title: checked[0]!.title, where: 'section 99' })).toBeNull()
  expect(readIn({ title: checked[0]!.title, where: checked[0]!.where[0]! })).toBe(
    checked[0]!.readIn,
  )
})
