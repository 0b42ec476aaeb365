import { clause } from '../language/clause.ts'
import { conv2d } from './conv2d.ts'
import { averagePool, goodfellowPooling, maxPool, poolOutputSize } from './pool.ts'

const boureau = {
  title:
    'Boureau, Ponce, LeCun (2010), A theoretical analysis of feature pooling in visual recognition',
  where: 'abstract',
} as const

export const maxVersusAverage = clause({
  id: 'cnn.pool.max-vs-avg',
  title: 'The average lies between the smallest and the largest number under the window',
  kind: 'law',
  operations: [maxPool, averagePool],
  statement:
    'Both kinds of pooling look at the same windows. The average is at most the maximum and at least the minimum, which is the negated maximum of the negated image; all three are equal on a constant window. Between them lie the means of powers: for numbers that are not negative, the $m$-th root of the average $m$-th power is at most the maximum and at least $|\\Omega|^{-1/m}$ times it, a factor that tends to 1.',
  formula: String.raw`-\mathrm{maxpool}(-x) \le \mathrm{avgpool}(x) \le \mathrm{maxpool}(x),\qquad \frac{\mathrm{maxpool}(x)^m}{|\Omega|} \le \mathrm{avgpool}(x^m) \le \mathrm{maxpool}(x)^m \text{ for } x \ge 0`,
  domain: 'Finite numbers; not negative where powers are averaged.',
  conventions: [],
  source: { notes: [[62, 62]], publications: [boureau] },
  errata: [],
})

export const averageAsConvolution = clause({
  id: 'cnn.pool.avg-as-conv',
  title: 'Average pooling is a convolution; max pooling is not even linear',
  kind: 'law',
  operations: [averagePool, maxPool, conv2d],
  statement:
    'Without padding, average pooling is the convolution whose filter for channel $q$ is $1 / (h w)$ at every place of channel $q$ and 0 on the others. So it is linear. Max pooling is not: of 1, 0 and of 0, 1 the maximum is 1, of their sum it is 1 again.',
  formula: String.raw`h w \cdot \mathrm{avgpool}(x) = \mathrm{conv}_F(x),\quad F_{uvkq} = [k = q]`,
  domain: 'Finite numbers, no padding.',
  conventions: [],
  source: { notes: [[66, 66]], publications: [goodfellowPooling] },
  errata: [],
})

export const shiftStability = clause({
  id: 'cnn.pool.shift-stability',
  title: 'What pooling saves, and what it makes of small changes and shifts',
  kind: 'theorem',
  operations: [maxPool, averagePool, poolOutputSize],
  statement:
    'A layer after pooling by $h \\times w$ tiles has $h w$ times fewer positions to compute. Max and average pooling move no output by more than the image changes anywhere. Pooling over the whole image does not notice a circular shift; pooling with stride $S$ follows shifts by multiples of $S$ with its output, not others: 1, 0, 0, 0 and 0, 1, 0, 0 pooled in twos give 1, 0 both, but 0, 0, 1, 0 gives 0, 1.',
  formula: String.raw`\|\mathrm{pool}(x) - \mathrm{pool}(x')\|_\infty \le \|x - x'\|_\infty,\qquad \mathrm{pool}_S(T_{S} x) = T_1\, \mathrm{pool}_S(x)`,
  domain: 'Finite numbers; no padding where shifts are compared.',
  conventions: [],
  source: {
    notes: [[18, 18]],
    publications: [
      goodfellowPooling,
      {
        title: 'Zhang (2019), Making convolutional networks shift-invariant again',
        where: 'section 3',
      },
    ],
  },
  errata: [],
})
