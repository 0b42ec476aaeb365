import { expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { piecesOf } from './formula-pieces.ts'

const { raw } = String

it('divides a formula at wide spaces, and at narrower ones after a comma or a semicolon', () => {
  expect(piecesOf(raw`a = b,\qquad c = d;\quad e\quad f`)).toEqual([
    'a = b,',
    'c = d;',
    raw`e\quad f`,
  ])
})

it.each([
  ['braces', raw`\text{a,\quad b}\qquad c`],
  ['an environment', raw`\begin{cases} 1,\quad 2 \\ 3\qquad 4 \end{cases}\qquad c`],
  ['brackets that grow', raw`\left( a,\quad b \right]\qquad c`],
])('leaves what stands in %s together', (_, latex) => {
  const [first] = latex.split(/\\qquad c$/)
  expect(piecesOf(latex)).toEqual([first, 'c'])
})

it('takes an escaped brace and a command that only begins like another for what they are', () => {
  expect(piecesOf(raw`\{ a\qquad b \}`)).toEqual([raw`\{ a`, raw`b \}`])
  expect(piecesOf(raw`\leftarrow a\qquad b`)).toEqual([raw`\leftarrow a`, 'b'])
})

it('loses nothing of any formula', () => {
  const bare = (latex: string) => latex.replace(/\\qquad|\\quad|\s/g, '')
  for (const { id, formula } of clauses as readonly Clause[]) {
    expect(bare(piecesOf(formula).join('')), id).toBe(bare(formula))
  }
})
