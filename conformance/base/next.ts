const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** The number of float32 next to one of float32, above or below it; an infinity stays what it is. */
export function nextFloat32(value: number, direction: 1 | -1): number {
  float[0] = value
  if (!Number.isFinite(float[0])) return float[0]
  if (float[0] === 0) return direction * 2 ** -149
  bits[0]! += value > 0 === direction > 0 ? 1 : -1
  return float[0]
}
