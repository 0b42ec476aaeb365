import * as tf from '@tensorflow/tfjs-core'
import { moved, type Round, roundsAcross, roundsWithin } from './svd-tournament.ts'

/** Matrices of one shape, one for each pair of blocks. */
type Matrices = tf.Tensor3D

/** Rows of a block. More need more products within a pair of blocks, fewer more steps over all rows. */
const usualBlock = 8

/**
 * How often all pairs of rows are turned. Convergence is quadratic in the end; what takes long are small rows
 * that come out of large ones, with a few more digits in each sweep.
 */
const sweepsOf = (rows: number) => (rows <= 16 ? 1 : 2) * Math.ceil(Math.log2(rows)) + 4

/** Tells apart rows of one length: less than the square of what counts as zero, and its square is a normal number. */
const tie = 2 ** -62

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
  const next = nextSeats(pairs)
  const seated = (x: tf.Tensor) =>
    tf.reshape(tf.gather(tf.reshape(x, [2 * pairs, block, -1]), next), [pairs, 2 * block, -1])

  // Rows of zeros fill the last blocks; nothing turns them.
  const filled = tf.pad(A, [
    [0, rows - n],
    [0, 0],
  ])
  let images = tf.reshape(filled, [pairs, 2 * block, m]) as Matrices
  let axes = tf.reshape(tf.eye(rows), [pairs, 2 * block, rows]) as Matrices
  for (let sweep = 0; sweep < sweepsOf(n); sweep++) {
    for (let round = 1; round < 2 * pairs; round++) {
      const before = [images, axes]
      ;[images, axes] = tf.tidy(() => {
        const Q = diagonalizing(images, round === 1 ? all : across)
        return before.map((x) => seated(tf.matMul(Q, x))) as [Matrices, Matrices]
      })
      tf.dispose(before)
    }
  }
  const first = (x: tf.Tensor, length: number) =>
    tf.slice(tf.reshape(x, [rows, -1]) as tf.Tensor2D, [0, 0], [n, length])
  return { images: first(images, m), axes: first(axes, n) }
}

/** The places of the blocks in the next round, of which those of a pair lie one after the other. */
function nextSeats(pairs: number): tf.Tensor1D {
  const seatAt = (place: number) => (place % 2) * pairs + (place >> 1)
  const placeOf = (seat: number) => (seat < pairs ? 2 * seat : 2 * (seat - pairs) + 1)
  const next = moved(2 * pairs)
  return tf.tensor1d(
    next.map((_, place) => placeOf(next[seatAt(place)]!)),
    'int32',
  )
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
    const size = tf.abs(apart)
    const tangent = tf.div(tf.mul(tf.div(apart, size), twice), tf.add(size, root))
    const cosine = tf.rsqrt(tf.add(tf.square(tangent), 1))
    const sine = tf.mul(cosine, tangent)
    const J = tf.add(tf.mul(cosine, unit), tf.mul(sine, turn.exchange)) as Matrices
    if (turn !== turns.at(-1)) G = tf.matMul(tf.matMul(J, G), J, false, true)
    Q = Q === undefined ? J : tf.matMul(J, Q)
  }
  return Q!
}
