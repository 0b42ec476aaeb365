import { elements, type Tensor } from '../../../spec/language/tensor.ts'

type Amounts = readonly [readonly [number, number], readonly [number, number]]

/** Images N × H × W × K in a frame of one value; what has other axes stays as it is. */
export function framed(image: Tensor, [rows, columns]: Amounts, value: number): Tensor {
  return moved(image, rows[0], columns[0], rows[0] + rows[1], columns[0] + columns[1], value)
}

/** Images without their frame. */
export function cropped(image: Tensor, [rows, columns]: Amounts): Tensor {
  return moved(image, -rows[0], -columns[0], -rows[0] - rows[1], -columns[0] - columns[1], 0)
}

function moved(
  image: Tensor,
  down: number,
  right: number,
  taller: number,
  wider: number,
  value: number,
): Tensor {
  const { shape, data } = image
  if (shape.length !== 4 || data.length !== elements(shape)) return image
  const [N, H, W, K] = shape as [number, number, number, number]
  const [rows, columns] = [H + taller, W + wider]
  if (rows < 0 || columns < 0) return image
  const ArrayType = data.constructor as Float32ArrayConstructor
  // Whole numbers have no infinity; their least one is below all others, too.
  const held = image.dtype === 'int32' ? Math.max(value, -(2 ** 31)) : value
  const result = new ArrayType(N * rows * columns * K).fill(held)
  for (let n = 0; n < N; n++) {
    for (let i = Math.max(0, -down); i < H && i + down < rows; i++) {
      for (let j = Math.max(0, -right); j < W && j + right < columns; j++) {
        const from = ((n * H + i) * W + j) * K
        result.set(data.subarray(from, from + K), ((n * rows + i + down) * columns + j + right) * K)
      }
    }
  }
  return { ...image, shape: [N, rows, columns, K], data: result }
}

/** Images with every number times a factor that belongs to its place. */
export function weighted(
  image: Tensor,
  [Ho, Wo]: readonly [number, number],
  factor: (i: number, j: number) => number,
): Tensor {
  const { shape, data, dtype } = image
  if (shape.length !== 4 || shape[1] !== Ho || shape[2] !== Wo) return image
  if (data.length !== elements(shape)) return image
  const K = shape[3]!
  const result = dtype === 'float64' ? Float64Array.from(data) : Float32Array.from(data)
  for (let at = 0; at < result.length; at++) {
    const place = Math.floor(at / K)
    result[at]! *= factor(Math.floor(place / Wo) % Ho, place % Wo)
  }
  return { dtype: dtype === 'float64' ? dtype : 'float32', shape, data: result }
}
