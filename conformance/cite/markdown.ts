import { unchecked } from '../../spec/checked.ts'
import { code, escaped, fenced } from '../base/markdown.ts'
import {
  type Citation,
  type CitedOperation,
  type CitedPlace,
  type CitedPublication,
  placeInWords,
  toolInWords,
} from './citation.ts'
import { subjectInWords, verdictInWords } from './verdicts.ts'

/** Clauses as the Markdown of GitHub, which typesets formulas. */
export function markdownOf(citations: readonly Citation[]): string {
  return citations.map(sectionOf).join('\n\n')
}

function sectionOf(citation: Citation): string {
  const { clause, title, statement, formula, source, errata, operations, verdicts } = citation
  const { properties, proved, stated } = citation
  const items = [
    `Source: ${[...(source.notes === null ? [] : [source.notes]), ...source.publications.map(publication)].join('; ')}`,
    ...errata.map(
      ({ id, lines, says, counterexample, correction, settledBy }) =>
        `Erratum ${id}, ${lines}: ${prose(says)} Counterexample: ${prose(counterexample)} Right: ${prose(correction)} Settled by ${publication(settledBy)}`,
    ),
    ...at('Stated in', stated),
    ...operations.flatMap(({ id, reference, impl, calls }) => [
      ...at(`Reference of ${code(id)}:`, reference, calls.reference),
      ...at(`Implementation of ${code(id)}:`, impl, calls.impl),
    ]),
    ...proved.flatMap((each) => at(`${properties.length} properties in`, each)),
    ...verdicts.map(
      (verdict) => `${escaped(subjectInWords(verdict))}: ${escaped(verdictInWords(verdict))}`,
    ),
  ]
  return [
    `### ${code(clause)}: ${prose(title)}`,
    fenced(formula, 'math'),
    prose(statement),
    items.map((item) => `- ${item}`).join('\n'),
    `${toolInWords(citation)}`,
  ].join('\n\n')
}

function at(
  what: string,
  place: CitedPlace | null,
  calls: CitedOperation['calls']['impl'] = [],
): readonly string[] {
  if (place === null) return []
  const called = calls.map((each) => linked(each.name, each)).join(', ')
  return [`${what} ${linked(placeInWords(place), place)}${called && `, which calls ${called}`}`]
}

function linked(name: string, { link }: CitedPlace): string {
  return link === null ? code(name) : `[${code(name)}](${link})`
}

function publication({ title, where, link, readIn }: CitedPublication): string {
  const name = escaped(title)
  const mark = readIn === null ? ` (${unchecked})` : ''
  return `${link === null ? name : `[${name}](<${link}>)`}, ${prose(where)}${mark}`
}

/** Text of the specification; GitHub takes what stands between a dollar sign and a backtick as a formula. */
function prose(text: string): string {
  return text
    .split(/(\$[^$]+\$|`[^`]+`)/)
    .map((part) => {
      if (part.startsWith('$') && part.length > 2) return `$\`${part.slice(1, -1)}\`$`
      return part.startsWith('`') && part.length > 2 ? code(part.slice(1, -1)) : escaped(part)
    })
    .join('')
}
