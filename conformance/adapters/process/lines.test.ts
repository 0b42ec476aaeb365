import { expect, it } from 'vitest'
import { LineTooLong } from '../../base/errors.ts'
import { Lines } from './lines.ts'

function linesIn(pieces: readonly string[], limit = 100) {
  const lines = new Lines(limit)
  const whole = pieces.flatMap((piece) => [...lines.push(Buffer.from(piece, 'latin1'))])
  return { whole, rest: lines.rest() }
}

it('puts lines together however they are cut', () => {
  expect(linesIn(['a', 'b\nc\n', '', 'd'])).toEqual({ whole: ['ab', 'c'], rest: 'd' })
  expect(linesIn(['\n\nx\n'])).toEqual({ whole: ['', '', 'x'], rest: '' })
})

it('does not cut a character in two', () => {
  const bytes = Buffer.from('é\n').toString('latin1')
  expect(linesIn([...bytes]).whole).toEqual(['é'])
})

it('gives up on a line that is too long, in whatever pieces it comes', () => {
  expect(linesIn(['x'.repeat(100), '\n']).whole).toHaveLength(1)
  expect(() => linesIn(['x'.repeat(60), 'x'.repeat(41)])).toThrow(LineTooLong)
  expect(() => linesIn([`${'x'.repeat(101)}\n`])).toThrow(LineTooLong)
})
