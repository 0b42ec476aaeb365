import {
  type Citation,
  type CitedPlace,
  type CitedPublication,
  placeInWords,
  toolInWords,
} from './citation.ts'
import { latexCode, latexProse, latexText } from './latex-text.ts'
import { subjectInWords, verdictInWords } from './verdicts.ts'

/** The key of this project in the entries of a bibliography. */
export const ownKey = 'touchstone'

/** Clauses as LaTeX, to be pasted: a numbered formula each, and below it where it comes from. */
export function latexOf(citations: readonly Citation[]): string {
  const [first] = citations
  return [
    ...(first ? [`% ${toolInWords(first)}`] : []),
    '% \\usepackage{amsmath, amssymb, hyperref}; touchstone cite --format bibtex has the entries cited',
    ...citations.map(sectionOf),
  ].join('\n')
}

function sectionOf(citation: Citation): string {
  const { clause, title, statement, formula, source, errata, operations, proved, verdicts } =
    citation
  const items = [
    ...(source.notes === null ? [] : [`Source: ${latexText(source.notes)}.`]),
    ...errata.map(
      ({ id, lines, says, correction, settledBy }) =>
        `Erratum ${id}, ${latexText(lines)}: ${latexProse(says)} Right: ${latexProse(correction)} ${cite(settledBy)}`,
    ),
    ...operations.flatMap(({ id, reference, impl }) => [
      ...(reference ? [`Reference of ${latexCode(id)}: ${place(reference)}.`] : []),
      ...(impl ? [`Implementation of ${latexCode(id)}: ${place(impl)}.`] : []),
    ]),
    ...proved.map((at) => `Properties: ${place(at)}.`),
    ...verdicts.map(
      (verdict) => `${latexText(`${subjectInWords(verdict)}: ${verdictInWords(verdict)}`)}.`,
    ),
  ]
  return [
    `% ${clause}`,
    '\\begin{equation}',
    `  \\label{eq:${clause}}`,
    `  ${formula}`,
    '\\end{equation}',
    `\\emph{${latexProse(title)}.} ${latexProse(statement)}`,
    `${source.publications.map(cite).join(', ')} (Clause ${latexCode(clause)} of Touchstone~\\cite{${ownKey}}.)`,
    '\\begin{itemize}',
    ...items.map((item) => `  \\item ${item}`),
    '\\end{itemize}',
  ].join('\n')
}

/** Braces keep a bracket in the place from ending it. */
function cite({ where, key }: CitedPublication): string {
  return `\\cite[{${latexProse(where)}}]{${key}}`
}

function place(at: CitedPlace): string {
  const text = latexCode(placeInWords(at))
  return at.link === null ? text : `\\href{${at.link.replace(/[#%&~_]/g, '\\$&')}}{${text}}`
}
