import type { Sheet } from '../experiments/experiment.ts'

const [header, palette, grays] = [54, 64, 16]

/** A picture as the address of a bitmap that is in it: four bits a pixel, rows from the bottom, as the format has it. */
export function bitmapOf({ width, height, gray }: Sheet): string {
  const row = 4 * Math.ceil(width / 8)
  const bytes = Buffer.alloc(header + palette + row * height)
  bytes.write('BM')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(header + palette, 10)
  bytes.writeUInt32LE(40, 14)
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(height, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(4, 28)
  for (let level = 0; level < grays; level++) {
    bytes.fill(17 * level, header + 4 * level, header + 4 * level + 3)
  }
  for (let y = 0; y < height; y++) {
    const line = gray.slice(y * width, (y + 1) * width).padEnd(2 * row, '0')
    bytes.write(line, header + palette + (height - 1 - y) * row, 'hex')
  }
  return `data:image/bmp;base64,${bytes.toString('base64')}`
}
