import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Citation } from '../cite/citation.ts'
import { citationOf, publicationsOf } from '../cite/citation.ts'
import schema from '../cite/citations.schema.json' with { type: 'json' }
import { revision } from '../cite/revision.ts'
import { conforming, errored, partial, violating } from '../fixtures/sample-reports.ts'
import { propertiesOf } from '../properties/loaded.ts'
import { citedAs } from './cite.ts'
import '../properties/index.ts'

const plain = { columns: 80, write: () => {}, style: (_: unknown, text: string) => text }
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema)
const problems = (data: unknown) =>
  validate(data) ? [] : validate.errors!.map((it) => `${it.instancePath} ${it.message}`)
const plainly = (data: unknown) => JSON.parse(JSON.stringify(data))
const folded = (text: string) => text.replace(/\s+/g, ' ')

describe.each(clauses.map((clause) => [clause.id, clause] as const))(
  '%s is cited',
  (id, clause) => {
    const as = (format: Parameters<typeof citedAs>[1]['format']) => citedAs(id, { format }, plain)
    const { publications } = clause.source

    it('as text', () => {
      const text = as('text')
      expect(text.split('\n')[0]).toBe(`${id}  (${clause.kind})`)
      for (const said of [clause.title, clause.formula]) {
        expect(folded(text)).toContain(folded(said))
      }
      for (const { title, where } of publications) {
        expect(folded(text)).toContain(folded(title))
        expect(folded(text)).toContain(folded(where))
      }
      for (const property of propertiesOf(id))
        expect(folded(text)).toContain(folded(property.title))
    })

    it('as Markdown, LaTeX and BibTeX', () => {
      expect(as('markdown')).toContain(`### \`${id}\`: `)
      expect(as('markdown')).toContain(`\`\`\`math\n${clause.formula}\n\`\`\``)
      expect(as('latex')).toContain(`\\label{eq:${id}}\n  ${clause.formula}\n\\end{equation}`)
      const entries = as('bibtex').match(/^@\w+\{\w+,$/gm)!
      expect(entries).toHaveLength(1 + publicationsOf(citationOf(clause, revision())).length)
    })

    it('as JSON of the published shape', () => {
      const [citation, ...others] = JSON.parse(as('json')) as Citation[]
      expect(problems([citation])).toEqual([])
      expect(others).toEqual([])
      const { statement, formula, source, operations, properties, errata } = citation!
      expect({ statement, formula }).toEqual({
        statement: clause.statement,
        formula: clause.formula,
      })
      expect(source.publications.map(({ title, where }) => ({ title, where }))).toEqual(
        publications.map(({ title, where }) => ({ title, where })),
      )
      expect(operations.map((each) => each.id)).toEqual(clause.operations.map((each) => each.id))
      expect(properties.map((each) => each.id)).toEqual(propertiesOf(id).map((each) => each.id))
      expect(errata.map((each) => each.id)).toEqual(clause.errata.map((each) => each.id))
    })
  },
)

describe('the shape of citations as JSON', () => {
  it('holds for every kind of verdict', async () => {
    const reports = await Promise.all([conforming(), violating(), errored(), partial()])
    const all = clauses.map((clause) => citationOf(clause, revision(), reports))
    expect(problems(plainly(all))).toEqual([])
    const outcomes = new Set(all.flatMap(({ verdicts }) => verdicts.map(({ outcome }) => outcome)))
    expect([...outcomes].toSorted()).toEqual(['conforms', 'errored', 'unsupported', 'violates'])
  })

  const [sound] = plainly([citationOf(clauses[0]!, revision())])
  const objects = (data: object): readonly object[] => [
    data,
    ...Object.values(data).flatMap((part) =>
      part !== null && typeof part === 'object' ? objects(part) : [],
    ),
  ]

  it('is left by each member that is gone, and by each that is new', () => {
    expect(problems([sound])).toEqual([])
    const records = objects(sound).filter((part) => !Array.isArray(part)) as Record<
      string,
      unknown
    >[]
    expect(records.length).toBeGreaterThan(10)
    const optional = 'in volume number edition publisher doi arxiv url'.split(' ')
    for (const record of records) {
      record.more_ = 1
      expect(problems([sound])).not.toEqual([])
      delete record.more_
      for (const [name, value] of Object.entries(record)) {
        if (optional.includes(name)) continue
        delete record[name]
        expect(problems([sound]), name).not.toEqual([])
        record[name] = value
      }
    }
  })
})
