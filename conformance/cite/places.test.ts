import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { excerptOf } from './excerpt.ts'
import {
  callsOf,
  clausesIn,
  computedAt,
  definitionOf,
  placesOf,
  propertiesOf,
  statementOf,
} from './places.ts'

const idsIn = (subject: string) => clausesIn(subject).map(({ id }) => id)

describe('the places of every clause', () => {
  it.each((clauses as readonly Clause[]).map((clause) => [clause.id, clause] as const))(
    '%s',
    (id, clause) => {
      const { clause: statement, operations, properties } = placesOf(clause)
      expect(excerptOf(statement!)).toContain(`id: '${id}'`)
      expect(properties).not.toEqual([])
      for (const place of properties) expect(excerptOf(place)).toMatch(/\w+\(\s*\w+,/)
      for (const operation of operations) {
        const name = operation.id.slice(operation.id.indexOf('.') + 1)
        for (const tree of ['spec', 'reference', 'impl'] as const) {
          expect(excerptOf(operation[tree]!)).toMatch(new RegExp(`\\b${name}\\b`))
        }
      }
    },
  )

  it('are none for what does not exist', () => {
    expect(statementOf('cnn.conv2d')).toBeNull()
    expect(propertiesOf('cnn.conv2d')).toEqual([])
    expect(definitionOf('cnn.conv2d.forward', 'spec')).toBeNull()
    expect(definitionOf('cnn.conv2d', 'spec')).not.toBeNull()
  })

  it('tell a clause from an operation of the same id', () => {
    expect(excerptOf(statementOf('cnn.flatten')!)).toContain('= clause(')
    expect(excerptOf(definitionOf('cnn.flatten', 'spec')!)).toContain('= operation(')
  })
})

describe('an excerpt', () => {
  it('begins at the left margin', () => {
    const [place] = propertiesOf('cnn.conv2d.forward')
    expect(excerptOf(place!)).toMatch(
      /^export const conv2dProperties = properties\(\n {2}forward,\n/,
    )
  })
})

describe('what code calls', () => {
  it('is found in other files, and every place is one', () => {
    const called = callsOf(definitionOf('cnn.conv2d', 'impl')!)
    expect(called.map(({ name, path }) => `${path} ${name}`)).toEqual([
      'impl/layers/convolution.ts convolution',
    ])
    const everything = (clauses as readonly Clause[]).flatMap((clause) => computedAt(clause))
    const wrong = everything.flatMap(callsOf).filter((place) => {
      return !new RegExp(`\\b${place.name}\\b`).test(excerptOf(place))
    })
    expect(wrong).toEqual([])
  })

  it('leads to the clauses of code that many share', () => {
    const [{ path, line } = expect.fail()] = callsOf(definitionOf('cnn.conv2d', 'impl')!)
    for (const subject of [path, `${path}:${line}`]) {
      const ids = idsIn(subject)
      expect(ids).toContain('cnn.conv2d.forward')
      expect(ids).toContain('gan.tconv.adjoint')
      expect(ids).not.toContain('cnn.dropout.semantics')
    }
  })
})

describe('the clauses of a file', () => {
  it.each([
    'spec/cnn/dropout.ts',
    'reference/cnn/dropout.ts',
    'impl/cnn/dropout.ts',
    'conformance/properties/cnn/dropout.ts',
    'conformance/properties/cnn/dropout-faults.ts',
    'reference/cnn/dropout.test.ts',
    '/home/someone/touchstone/impl/cnn/dropout.ts',
    '.\\impl\\cnn\\dropout.ts',
  ])('%s', (file) => {
    expect(idsIn(file)).toEqual(['cnn.dropout.semantics'])
  })

  it.each(['spec/cnn/nothing.ts', 'reference/index.ts', 'dropout.ts', 'cnn.dropout', ''])(
    'are none in %j',
    (subject) => {
      expect(idsIn(subject)).toEqual([])
    },
  )

  it('are those of the definition in which a line stands', () => {
    const statement = statementOf('cnn.conv2d.forward')!
    expect(idsIn(`${statement.path}:${statement.last}`)).toEqual(['cnn.conv2d.forward'])
    const { path, first } = propertiesOf('cnn.local.connectivity')[0]!
    expect(idsIn(`${path}:${first}`)).toEqual(['cnn.local.connectivity'])
    const gradient = definitionOf('cnn.conv2dBiasGradient', 'impl')!
    const constrains = (clauses as readonly Clause[])
      .filter(({ operations }) => operations.some(({ id }) => id === 'cnn.conv2dBiasGradient'))
      .map(({ id }) => id)
    // Those of the topic come before those that only use the operation.
    expect(constrains).toEqual(['cnn.local.param-reduction', 'cnn.backprop.bias-gradient'])
    expect(idsIn(`${gradient.path}:${gradient.line}`)).toEqual(constrains.toReversed())
  })

  it('are all of them for a line between definitions', () => {
    expect(idsIn('impl/cnn/backprop.ts:1')).toEqual(idsIn('impl/cnn/backprop.ts'))
    expect(idsIn('impl/cnn/backprop.ts:1').length).toBeGreaterThan(1)
  })
})
