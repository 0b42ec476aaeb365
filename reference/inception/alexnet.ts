import type { alexnet as spec } from '../../spec/inception/alexnet.ts'
import { build, fromData } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Parameters and multiply-adds of AlexNet.
 *
 * Formula    a convolution has k² C Q / g weights and Q biases, each weight used at every position of
 *            its output; a fully connected layer m n weights and n biases; share = the sum over the
 *            last three layers, over that of all
 * Clauses    inception.head.fully-connected-share
 * Shapes     → parameters: [8], multiplyAdds: [8], shareOfParameters: [], shareOfCost: []
 * Edges      poolings of 3 × 3 with stride 2 round down
 * Source     Krizhevsky, Sutskever, Hinton (2012), section 3.5
 * Example    side 227, 1000 classes, two groups → 34 944, 307 456, 885 120, 663 936, 442 624,
 *            37 752 832, 16 781 312, 4 097 000 parameters
 */
export const alexnet: Reference<typeof spec> = (arithmetic, _, { side, classes, groups: g }) => {
  const { add, divide, exact, multiply, total } = arithmetic
  const pooled = (length: number) => Math.floor((length - 3) / 2) + 1
  const first = Math.floor((side - 11) / 4) + 1
  const [second, third] = [pooled(first), pooled(pooled(first))]
  const last = pooled(third)
  const layers = [
    { factors: [11, 11, 3, 96], units: 96, length: first },
    { factors: [5, 5, 96 / g, 256], units: 256, length: second },
    { factors: [3, 3, 256, 384], units: 384, length: third },
    { factors: [3, 3, 384 / g, 384], units: 384, length: third },
    { factors: [3, 3, 384 / g, 256], units: 256, length: third },
    { factors: [last, last, 256, 4096], units: 4096, length: 1 },
    { factors: [4096, 4096], units: 4096, length: 1 },
    { factors: [4096, classes], units: classes, length: 1 },
  ]
  const weights = layers.map(({ factors }) => product(arithmetic, ...factors))
  const parameters = layers.map(({ units }, l) => add(weights[l]!, exact(units)))
  const costs = layers.map(({ length }, l) => multiply(weights[l]!, exact(length * length)))
  const share = (counts: typeof weights) => divide(total(counts.slice(5)), total(counts))
  return {
    parameters: fromData([8], parameters),
    multiplyAdds: fromData([8], costs),
    shareOfParameters: build([], () => share(parameters)),
    shareOfCost: build([], () => share(costs)),
  }
}
