import temml from 'temml'
import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { notation } from '../../spec/notation.ts'

describe('the formulas of every clause', () => {
  it.each((clauses as readonly Clause[]).map((clause) => [clause.id, clause] as const))(
    '%s',
    (_, { formula, statement, domain, conventions, errata }) => {
      const texts = [
        statement,
        domain,
        ...conventions.flatMap(({ choice, others }) => [choice, others]),
        ...errata.flatMap(({ says, counterexample, correction }) => [
          says,
          counterexample,
          correction,
        ]),
      ]
      const inline = texts.flatMap((text) =>
        [...text.matchAll(/\$([^$]+)\$/g)].map(([, latex]) => latex!),
      )
      for (const latex of [formula, ...inline]) {
        expect(temml.renderToString(latex, { throwOnError: true })).toContain('<math')
      }
    },
  )

  it('include those of the notation', () => {
    for (const { latex } of notation) {
      expect(temml.renderToString(latex, { throwOnError: true })).toContain('<math')
    }
  })
})
