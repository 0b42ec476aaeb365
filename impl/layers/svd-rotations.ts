import * as tf from '@tensorflow/tfjs-core'
import { type Round, roundsAcross, roundsWithin } from './svd-tournament.ts'

/** Matrices of one shape, one for each pair of blocks. */
type Matrices = tf.Tensor3D

/** Rows of a block. More need more products within a pair of blocks, fewer more steps over all rows. */
const usualBlock = 8

/**
 * How often all pairs of rows are turned, for rows in the coordinates of `spanning`: convergence is quadratic in
 * the end. Of matrices with clustered, graded and random values the hardest took 5 sweeps of 8 rows, 6 of 16, 7 of
 * 32 and 9 of 64.
 */
const sweepsOf = (rows: number) => Math.ceil(1.5 * Math.log2(rows)) + 2

/** Tells apart rows of one length: less than the square of any length that counts, by more digits than there are. */
const tie = 2 ** -100

/**
 * Rows made orthogonal: those of Q A, and Q itself, a product of rotations.
 *
 * Blocks of rows meet in a tournament, all pairs of blocks at a time. When two meet, the products of their rows
 * are taken, the rotations of each row of one with each of the other are found on these products alone, and
 * their product is applied to the rows at once. Rows of one block meet in the first round of a sweep. The number
 * of sweeps is fixed, so that the host is never asked whether the rows are orthogonal yet.
 */
export function orthogonalized(A: tf.Tensor2D): { images: tf.Tensor2D; axes: tf.Tensor2D } {
  const [n, m] = A.shape
  if (n === 1) return { images: A, axes: tf.ones([1, 1]) }
  const block = n === 2 ? 1 : Math.min(usualBlock, 2 * Math.ceil(n / 4))
  const pairs = Math.ceil(n / (2 * block))
  const rows = 2 * block * pairs
  const across = roundsAcross(block).map(turnOf)
  const all = [...roundsWithin(block).map(turnOf), ...across]

  // Rows of zeros fill the last blocks; nothing turns them. Beside each row lies that of Q.
  const filled = tf.pad(A, [
    [0, rows - n],
    [0, 0],
  ])
  let both = tf.reshape(tf.concat([filled, tf.eye(rows)], 1), [pairs, 2 * block, -1]) as Matrices
  for (let sweep = 0; sweep < sweepsOf(n); sweep++) {
    for (let round = 1; round < 2 * pairs; round++) {
      const before = both
      both = tf.tidy(() => {
        const images = tf.slice(before, [0, 0, 0], [pairs, 2 * block, m])
        const Q = diagonalizing(images, round === 1 ? all : across)
        return movedOn(tf.matMul(Q, before))
      })
      before.dispose()
    }
  }
  const inRows = tf.reshape(both, [rows, m + rows]) as tf.Tensor2D
  return { images: tf.slice(inRows, [0, 0], [n, m]), axes: tf.slice(inRows, [0, m], [n, n]) }
}

/**
 * The blocks of all pairs in their places for the next round, as `moved` has them: the firsts of the pairs are one
 * half of the seats, the seconds the other. In pieces, since gathering takes far longer on WebAssembly.
 */
function movedOn(x: Matrices): Matrices {
  const [pairs, w, length] = x.shape
  if (pairs === 1) return x
  const seats = tf.reshape(x, [pairs, 2, (w / 2) * length]) as Matrices
  const part = (half: number, from: number, to: number) =>
    to > from ? [tf.slice(seats, [from, half, 0], [to - from, 1, -1])] : []
  const firsts = [...part(0, 0, 1), ...part(1, 0, 1), ...part(0, 1, pairs - 1)]
  const seconds = [...part(1, 1, pairs), ...part(0, pairs - 1, pairs)]
  return tf.reshape(tf.concat([tf.concat(firsts), tf.concat(seconds)], 1), x.shape)
}

/** What a round of rotations needs to know of who meets whom. */
interface Turn {
  /**
   * From the products of all rows to y·y − x·x and x·y + y·x, y being whom x meets. Rounded products are not quite
   * symmetric, and both rows have to be turned by the same angle.
   */
  readonly pick: tf.Tensor2D
  /** 1 for who meets, less what the rotation takes from it. */
  readonly exchange: tf.Tensor2D
  readonly tie: tf.Tensor2D
}

function turnOf(opponent: Round): Turn {
  const w = opponent.length
  const pick = tf.buffer([w * w, 2 * w])
  const exchange = tf.buffer([w, w])
  opponent.forEach((y, x) => {
    pick.set(1, y * w + y, x)
    pick.set(-1, x * w + x, x)
    pick.set(1, x * w + y, w + x)
    pick.set(1, y * w + x, w + x)
    exchange.set(-1, x, y)
  })
  return {
    pick: pick.toTensor() as tf.Tensor2D,
    exchange: exchange.toTensor() as tf.Tensor2D,
    tie: tf.tensor2d(
      opponent.map((y, x) => (x < y ? tie : -tie)),
      [w, 1],
    ),
  }
}

/** For each pair of blocks, the product of a round of rotations after the other, each found on the products of rows. */
function diagonalizing(rows: Matrices, turns: readonly Turn[]): Matrices {
  const [pairs, w] = rows.shape
  const unit = tf.eye(w)
  let G = tf.matMul(rows, rows, false, true) as Matrices
  let Q: Matrices | undefined
  for (const turn of turns) {
    const picked = tf.reshape(tf.matMul(tf.reshape(G, [pairs, w * w]), turn.pick), [
      pairs,
      2 * w,
      1,
    ])
    const apart = tf.add(tf.slice(picked, [0, 0, 0], [pairs, w, 1]), turn.tie)
    const twice = tf.slice(picked, [0, w, 0], [pairs, w, 1])
    const root = tf.sqrt(tf.add(tf.square(apart), tf.square(twice)))
    // Of both rotations that make a pair orthogonal, the smaller one.
    const size = tf.maximum(tf.abs(apart), tie)
    const tangent = tf.div(tf.mul(tf.div(apart, size), twice), tf.add(size, root))
    // Not `tf.rsqrt`, which TensorFlow estimates: 1 comes out a little smaller, and rows shrink with each rotation.
    const cosine = tf.div(1, tf.sqrt(tf.add(tf.square(tangent), 1)))
    const J = tf.mul(cosine, tf.add(unit, tf.mul(tangent, turn.exchange))) as Matrices
    if (turn !== turns.at(-1)) G = tf.matMul(tf.matMul(J, G), J, false, true)
    Q = Q === undefined ? J : tf.matMul(J, Q)
  }
  return Q!
}
