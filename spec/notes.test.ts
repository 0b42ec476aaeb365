import { describe, expect, it } from 'vitest'
import { clauses } from './index.ts'
import { countLines, informative, ledger, lineCount } from './notes.ts'

describe('the ledger of the notes', () => {
  const accounts = ledger(clauses)

  it('accounts for every line', () => {
    const open = accounts.flatMap(({ kind }, line) =>
      line > 0 && kind === 'unaccounted' ? [line] : [],
    )
    expect(open).toEqual([])
  })

  it('has no line that is informative and yet has a clause', () => {
    const claimed = informative.filter(({ lines: [first, last] }) =>
      accounts.slice(first, last + 1).some(({ kind }) => kind === 'clauses'),
    )
    expect(claimed).toEqual([])
  })

  it('cites lines that exist', () => {
    const ranges = clauses.flatMap(({ source, errata }) => [
      ...source.notes,
      ...errata.map(({ lines }) => lines),
    ])
    const wrong = ranges.filter(
      ([first, last]) => !(first >= 1 && first <= last && last <= lineCount),
    )
    expect(wrong).toEqual([])
  })

  it('notices a line that lost its clause', () => {
    const account = accounts[28]!
    const ids = account.kind === 'clauses' ? account.ids : []
    expect(ids).toContain('cnn.conv2d.forward')
    const without = clauses.filter(({ id }) => !ids.includes(id))
    expect(ledger(without)[28]!.kind).not.toBe('clauses')
  })

  it('counts lines of paper apart from all, and those without a clause or a reason as open', () => {
    const { noteLines, noteLinesAccounted, writtenLines, writtenLinesAccounted } =
      countLines(clauses)
    expect([noteLines, noteLinesAccounted]).toEqual([727, 727])
    expect([writtenLines, writtenLinesAccounted]).toEqual([317, 317])
    const account = accounts[725]!
    const ids = account.kind === 'clauses' ? account.ids : []
    const without = countLines(clauses.filter(({ id }) => !ids.includes(id)))
    expect([without.writtenLines, without.writtenLinesAccounted]).toEqual([317, 316])
  })

  it('does not take credit for blank lines', () => {
    const none = countLines([])
    expect(none.noteLinesAccounted).toBeGreaterThan(400)
    expect(none.writtenLinesAccounted).toBe(
      informative.reduce((sum, { lines: [first, last] }) => sum + last - first + 1, 0),
    )
  })
})
