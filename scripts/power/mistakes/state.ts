import type { OperationId } from '../../../spec/index.ts'
import { change, clear, type Numbers, times } from '../arrays.ts'
import { lasting, type Mistake } from '../mistake.ts'

/** An array that is kept from the first call with its shape, or from the one before. */
function keeping(which: 'first' | 'last'): (given: Numbers) => Numbers {
  const kept = new Map<string, Numbers>()
  return (given) => {
    const key = given.shape.join()
    const old = kept.get(key) ?? given
    kept.set(key, which === 'first' ? old : given)
    return old
  }
}

/** Whether a call is the last of so many, over and over. */
function every(calls: number): () => boolean {
  let count = 0
  return () => ++count % calls === 0
}

const weightsByShape = 'packs weights once a shape, and goes on with those of the first call'

/** Mistakes that show only when calls follow each other: caches, buffers, races. */
export const stateMistakes: readonly Mistake[] = [
  lasting('cnn.dense', 'state', weightsByShape, () => {
    const keep = keeping('first')
    return (the) => the.but({ weights: keep(the.inputs.weights) })
  }),
  lasting('efficient.groupPointwise', 'state', weightsByShape, () => {
    const keep = keeping('first')
    return (the) => the.but({ filters: keep(the.inputs.filters) })
  }),
  lasting(
    'efficient.fire',
    'state',
    'squeezes the image of the call before, if it had the same shape',
    () => {
      const keep = keeping('last')
      return (the) => the.but({ x: keep(the.inputs.x) })
    },
  ),
  lasting('resnet.bottleneck', 'state', 'keeps the biases of the reduction by their number', () => {
    const keep = keeping('first')
    return (the) => the.but({ reduceBias: keep(the.inputs.reduceBias) })
  }),
  lasting(
    'training.descend',
    'state',
    'starts where the descent before ended, if there are as many coordinates',
    () => {
      const ends = new Map<number, Numbers>()
      return (the) => {
        const { D } = the.sizes
        const start = ends.get(D) ?? the.inputs.start
        const { trajectory } = the.right
        const last = trajectory.shape[0] - 1
        ends.set(
          D,
          change(the.inputs.start, (_, d) => trajectory.at(last, d)),
        )
        return the.but({ start })
      }
    },
  ),
  lasting('transfer.trainHead', 'state', 'keeps the momentum of the first call', () => {
    let momentum: number | undefined
    return (the) => {
      momentum ??= the.parameters.momentum
      return the.but({}, { momentum })
    }
  }),
  lasting(
    'cnn.lrnAcross',
    'state',
    'keeps the radius for images of the same shape',
    () => {
      const radii = new Map<string, number>()
      return (the) => {
        const key = the.inputs.x.shape.join()
        const radius = radii.get(key) ?? the.parameters.radius
        radii.set(key, radius)
        return the.but({}, { radius })
      }
    },
    { sizes: { N: 1, H: 1, W: 1, K: 3 } },
  ),
  lasting(
    'cnn.conv2dFilterGradient',
    'state',
    'every 37th call loses the addition of the first image to a race',
    () => {
      const unlucky = every(37)
      return (the) =>
        unlucky() ? the.but({ dy: clear(the.inputs.dy, 0, (n) => n === 0) }) : undefined
    },
  ),
  lasting(
    'efficient.pointwise',
    'state',
    'every 101st call reads its first pixel before it has arrived',
    () => {
      const unlucky = every(101)
      return (the) => {
        const { x } = the.inputs
        if (unlucky()) return the.but({ x: change(x, (v, n, i, j) => (n + i + j === 0 ? 0 : v)) })
      }
    },
  ),
  lasting(
    'cnn.maxPool',
    'state',
    'after a larger image, the last row of a smaller one is that of the larger',
    () => {
      let largest: Numbers | undefined
      return (the) => {
        const { y } = the.right
        const before = largest
        if (before === undefined || y.data.length >= before.data.length) {
          largest = y
          return
        }
        const last = y.shape[1] - 1
        const stale = (n: number, i: number, j: number, k: number) => {
          const [N, Ho, Wo, K] = before.shape
          return before.at(n % N, i % Ho, j % Wo, k % K)
        }
        return { y: change(y, (v, n, i, j, k) => (i === last ? stale(n, i, j, k) : v)) }
      }
    },
  ),
  ...(
    ['cnn.activationGradient', 'cnn.flattenGradient', 'cnn.zeroPadGradient'] satisfies OperationId[]
  ).map((id) =>
    lasting(id, 'state', 'adds to what a gradient of the same shape left, every fifth time', () => {
      const again = every(5)
      return (the) => (again() ? { dx: times(the.right.dx, 2) } : undefined)
    }),
  ),
]
