import { describe, expect, it } from 'vitest'
import { clauses, operations } from './index.ts'
import type { Clause } from './language/clause.ts'
import type { Operation } from './language/operation.ts'

/** The places of a clause that are left open, as `where: what is missing`. */
function openIn({ id, title, statement, formula, domain, source, operations }: Clause) {
  const texts = Object.entries({ title, statement, formula, domain })
  return [
    ...texts.flatMap(([field, text]) => (text.trim() === '' ? [`${id}: its ${field}`] : [])),
    ...(source.notes.length + source.publications.length === 0
      ? [`${id}: the lines of the notes or the publication that it comes from`]
      : []),
    ...(operations.length === 0 ? [`${id}: the operations that it constrains`] : []),
  ]
}

/** The places of an operation that are left open. */
function openInOperation({ id, title, dimensions, inputs, outputs, classes }: Operation) {
  const described = Object.entries({ ...dimensions, ...inputs, ...outputs })
  return [
    ...(title.trim() === '' ? [`${id}: its title`] : []),
    ...described.flatMap(([name, { meaning }]) =>
      meaning.trim() === '' ? [`${id}: the meaning of ${name}`] : [],
    ),
    ...(Object.keys(classes).length === 0 ? [`${id}: the classes that its cases must reach`] : []),
  ]
}

describe('the specification says everything', () => {
  it('of every clause', () => {
    expect((clauses as readonly Clause[]).flatMap(openIn)).toEqual([])
  })

  it('of every operation', () => {
    expect((operations as readonly Operation[]).flatMap(openInOperation)).toEqual([])
  })

  it('or the places that are open are named', () => {
    const [clause] = clauses as readonly Clause[]
    const [operation] = operations as readonly Operation[]
    const source = { notes: [], publications: [] }
    expect(openIn({ ...clause!, domain: ' ', source, operations: [] })).toHaveLength(3)
    const outputs = { y: { axes: [], elements: 'real', meaning: '' } } as const
    expect(openInOperation({ ...operation!, title: '', outputs, classes: {} })).toHaveLength(3)
  })
})
