import { toBase64 } from '../base/base64.ts'
import type { Sheet } from '../experiments/experiment.ts'

const [header, palette, grays] = [54, 64, 16]

/** A picture as the address of a bitmap that is in it: four bits a pixel, rows from the bottom, as the format has it. */
export function bitmapOf({ width, height, gray }: Sheet): string {
  const row = 4 * Math.ceil(width / 8)
  const bytes = new Uint8Array(header + palette + row * height)
  const fields = new DataView(bytes.buffer)
  bytes.set([0x42, 0x4d])
  for (const [at, word] of [
    [2, bytes.length],
    [10, header + palette],
    [14, 40],
    [18, width],
    [22, height],
  ] as const) {
    fields.setUint32(at, word, true)
  }
  fields.setUint16(26, 1, true)
  fields.setUint16(28, 4, true)
  for (let level = 0; level < grays; level++) {
    bytes.fill(17 * level, header + 4 * level, header + 4 * level + 3)
  }
  for (let y = 0; y < height; y++) {
    const line = gray.slice(y * width, (y + 1) * width).padEnd(2 * row, '0')
    const pairs = line.match(/../g) ?? []
    bytes.set(
      pairs.map((pair) => Number.parseInt(pair, 16)),
      header + palette + (height - 1 - y) * row,
    )
  }
  return `data:image/bmp;base64,${toBase64(bytes)}`
}
