import { expect, test } from 'vitest'
import { figure, onDevice, visible } from './text.ts'

/** What moves a cursor, turns the direction of what follows, or is forbidden in XML. */
const unfit = [
  ...[0x00, 0x08, 0x1b, 0x7f, 0x80, 0x9f, 0xfffe, 0x1ffff, 0xd800],
  ...[0x061c, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069],
]

test.each(unfit.map((code) => [code.toString(16), code] as const))(
  'U+%s is shown by its number',
  (name, code) => {
    expect(visible(`a${String.fromCodePoint(code)}b`)).toBe(`a\\u{${name}}b`)
  },
)

test('other text is shown as it is, in any direction, and a flood is cut', () => {
  const plain = 'Ångström — \t\n שלום, 数, 😀 <b>'
  expect(visible(plain)).toBe(plain)
  expect(visible('x'.repeat(1_000_000))).toBe(`${'x'.repeat(2000)} … (cut)`)
})

test('a device is what something runs on, and a process what it runs in', () => {
  expect(onDevice('wasm, SIMD yes')).toBe('on wasm, SIMD yes')
  expect(onDevice('in process')).toBe('in process')
})

test.each([
  [0, '0'],
  [-0, '-0'],
  [999, '999'],
  [1000, '1,000'],
  [-999, '-999'],
  [-1000, '-1,000'],
  [1234567, '1,234,567'],
  [100_000_000_000_000, '100,000,000,000,000'],
  [1e15, '1.00e+15'],
  [1234.5678, '1235'],
])('%s is shown as %s', (value, shown) => {
  expect(figure(value)).toBe(shown)
})
