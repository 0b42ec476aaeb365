import { expect, it } from 'vitest'
import { bitmapOf } from './bitmap.ts'

it('has rows from the bottom, each in whole words, behind sixteen grays', () => {
  const bytes = Buffer.from(
    bitmapOf({ width: 3, height: 2, gray: '0f7a12' }).split(',')[1]!,
    'base64',
  )
  expect(bytes.subarray(0, 2).toString()).toBe('BM')
  expect(bytes.readUInt32LE(2)).toBe(bytes.length)
  expect(bytes.subarray(54, 62).toString('hex')).toBe('0000000011111100')
  expect(bytes.subarray(bytes.readUInt32LE(10)).toString('hex')).toBe('a12000000f700000')
})
