import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clauses, operations } from './index.ts'
import type { Operation } from './language/operation.ts'
import { isWord, kinds, notation, symbolIn } from './notation.ts'
import { notationTables } from './notation-table.ts'

describe('the notation', () => {
  it('has every symbol of an axis that an operation uses', () => {
    const used = (operations as readonly Operation[]).flatMap(({ id, dimensions }) =>
      Object.keys(dimensions).map((symbol) => ({ area: id.slice(0, id.indexOf('.')), symbol })),
    )
    expect(used.length).toBeGreaterThan(0)
    const missing = used.filter(
      ({ area, symbol }) => !isWord(symbol) && symbolIn(area, symbol, 'size') === undefined,
    )
    expect(missing).toEqual([])
  })

  it('misses a symbol that nobody explained', () => {
    expect(symbolIn('cnn', 'Ω', 'size')).toBeUndefined()
    expect(isWord('Hf')).toBe(false)
  })

  it('gives a letter one meaning as an axis within an area', () => {
    const areas = new Set(operations.map(({ id }) => id.slice(0, id.indexOf('.'))))
    const ambiguous = [...areas].flatMap((area) => {
      const own = notation.filter(
        ({ kind, areas: where }) => kind === 'size' && where !== 'all' && where.includes(area),
      )
      return own.filter((entry) =>
        own.some(
          (other) =>
            other !== entry &&
            other.symbol === entry.symbol &&
            other.areas.length === entry.areas.length,
        ),
      )
    })
    expect(ambiguous).toEqual([])
  })

  it('lets an area change the meaning of a letter', () => {
    expect(symbolIn('cnn', 'K', 'size')?.meaning).toContain('channels')
    expect(symbolIn('federated', 'K', 'size')?.meaning).toBe('clients')
    expect(symbolIn('resnet', 'C', 'size')?.meaning).toBe('channels')
    expect(symbolIn('training', 'C', 'size')?.meaning).toBe('classes')
  })

  it('explains every kind of clause', () => {
    const explained = kinds.map(({ kind }) => kind)
    const unexplained = clauses.filter(({ kind }) => !explained.includes(kind))
    expect(unexplained).toEqual([])
  })

  it('stands in the README as it is here; `npm run notation` puts it there', () => {
    const text = readFileSync(new URL('README.md', import.meta.url), 'utf8')
    expect(text).toContain(notationTables())
  })
})
