import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from '@unified-latex/unified-latex-util-parse'
import temml from 'temml'
import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { hostile } from '../fixtures/sample-reports.ts'
import { type Citation, citationOf, publicationsOf } from './citation.ts'
import { latexOf } from './latex.ts'
import { latexProse, latexText } from './latex-text.ts'
import { revisionFrom } from './revision.ts'

const checkout = { commit: 'abc', changed: [], remote: 'https://github.com/a/b' }
const state = revisionFrom(checkout, null)
const citations = clauses.map((clause) => citationOf(clause, state))

interface Node {
  readonly type: string
  readonly content?: string | readonly Node[]
  readonly env?: string | Node
  readonly args?: readonly { readonly content: readonly Node[] }[]
}

/** What LaTeX would stumble over in text, as a parser sees it; formulas are for another one. */
function mistakesIn(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node): readonly string[] => {
    const { type, content, args = [] } = node
    if (type === 'inlinemath' || type === 'displaymath' || type === 'mathenv') return []
    // What stands in an address, and after a label, is not printed.
    if (type === 'macro' && /^(?:label|url)$/.test(String(content))) return []
    const own =
      type === 'string'
        ? (String(content).match(
            /[{}&#$_^~\\]|[^\x20-\x7e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]/g,
          ) ?? [])
        : type === 'macro' && !known.has(String(content))
          ? [`\\${content}`]
          : []
    const inner = args.slice(content === 'href' ? 1 : 0).flatMap((each) => mistakesIn(each.content))
    return [...own, ...inner, ...(Array.isArray(content) ? mistakesIn(content) : [])]
  })
}

const known = new Set(
  'cite emph texttt item href textless textgreater textbar textbackslash textasciicircum textasciitilde dots { } $ & # % _'.split(
    ' ',
  ),
)

/** A tie before a citation is meant. */
const mistakes = (text: string) =>
  mistakesIn(parse(text.replaceAll('~\\cite', ' \\cite')).content as readonly Node[])

/** The formulas of a text, each as it stands between its signs. */
function formulasIn(text: string): readonly string[] {
  const pattern = /\\label\{[^}]*\}\n([\s\S]*?)\\end\{equation\}|(?<!\\)\$((?:\\\$|[^$])+)\$/g
  return [...text.matchAll(pattern)].map(([, block, inline]) => block ?? inline!)
}

describe('LaTeX', () => {
  it.each(citations.map((citation) => [citation.clause, citation] as const))(
    'of %s is text and formulas without mistakes',
    (_, citation) => {
      const text = latexOf([citation])
      expect(mistakes(text)).toEqual([])
      const formulas = formulasIn(text)
      expect(formulas[0]!.trim()).toBe(citation.formula)
      for (const formula of formulas) {
        expect(formula).toMatch(/^[\x20-\x7e\n]*$/)
        temml.renderToString(formula, { throwOnError: true })
      }
      expect(text.match(/^%.*\S$/gm)).toHaveLength(3)
      const keys = [...text.matchAll(/\\cite(?:\[\{.*?\}\])?\{(\w+)\}/g)].map(([, key]) => key)
      expect(new Set(keys)).toEqual(
        new Set(['touchstone', ...publicationsOf(citation).map(({ key }) => key)]),
      )
    },
  )

  it('prints what an implementation calls itself as it is', () => {
    const [citation] = citations
    const verdict = {
      implementation: hostile,
      version: '50%',
      device: '\\input{x} #1 _^~&',
      outcome: 'conforms',
    }
    const said = {
      ...verdict,
      properties: 1,
      cases: 1,
      worstUtilization: 0.5,
      reason: null,
      startedAt: '',
      commit: null,
    }
    const text = latexOf([{ ...citation!, verdicts: [said] } as Citation])
    expect(mistakes(text)).toEqual([])
    expect(text).toContain('50\\% on \\textbackslash{}input\\{x\\} \\#1 \\_\\textasciicircum{}')
  })

  it('has signs as formulas', () => {
    expect(latexText('2 × 10⁻¹⁰ ≤ ⌊λ⌋, H′, “é”')).toBe(
      "2 $\\times$ 10$^{-10}$ $\\le$ $\\lfloor\\lambda\\rfloor$, H$'$, ?é?",
    )
  })

  it('has formulas of letters that TeX knows', () => {
    expect(latexProse('The same $H′ × W′$, `a_b` and $x$.')).toBe(
      "The same $H' \\times  W'$, \\texttt{a\\_b} and $x$.",
    )
  })

  it('is seen to be wrong where it is', () => {
    for (const wrong of [
      'a_b',
      '50 & more',
      '{',
      '}',
      '#',
      '\\begin{itemize}',
      '\\unknown',
      '×',
      '$x',
    ]) {
      expect(mistakes(wrong), wrong).not.toEqual([])
    }
    expect(() => temml.renderToString('\\frac{1', { throwOnError: true })).toThrow()
  })

  const tex = spawnSync('pdflatex', ['--version']).status === 0
  it.skipIf(!tex)(`compiles${tex ? '' : ' (skipped: there is no pdflatex)'}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-tex-'))
    const text = `\\documentclass{article}\n\\usepackage{amsmath, amssymb, hyperref}\n\\begin{document}\n${latexOf(citations)}\n\\end{document}\n`
    writeFileSync(join(folder, 'all.tex'), text)
    const words = ['-interaction=nonstopmode', '-halt-on-error', 'all.tex']
    const { status, stdout } = spawnSync('pdflatex', words, { cwd: folder, encoding: 'utf8' })
    rmSync(folder, { recursive: true, force: true })
    expect(status, stdout.slice(-2000)).toBe(0)
  })
})
