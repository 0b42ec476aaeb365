import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { shoemake, white } from './publications.ts'

const products = ({ start, end }: CaseView['inputs']) => {
  const [a, b] = [start!.data, end!.data]
  return Array.from(a, (x, i) => x * b[i]!)
}
const dot = (the: CaseView) => products(the.inputs).reduce((sum, x) => sum + x, 0)
const lengthOf = (data: ArrayLike<number>) => Math.hypot(...Array.from(data))
const cosine = (the: CaseView) =>
  dot(the) / (lengthOf(the.inputs.start!.data) * lengthOf(the.inputs.end!.data))

/** Points on the way from one noise vector to another that keeps the angle between two points. */
export const sphericalInterpolate = operation({
  id: 'gan.sphericalInterpolate',
  title: 'Points on a great circle between two noise vectors',
  level: 'core',
  dimensions: {
    Z: free(1, 6, 'units of the noise'),
    Points: derived((_: Sizes, { halvings }: Parameters) => 2 ** halvings + 1, 'points of the way'),
  },
  inputs: {
    start: array('the noise that the way begins with', 'Z'),
    end: array('the noise that it ends with', 'Z'),
  },
  parameters: { halvings: integer({ min: 1, upTo: 3, max: 8 }) },
  usual: [
    { sizes: { Z: 2 }, parameters: { halvings: 1 } },
    { sizes: { Z: 100 }, parameters: { halvings: 3 } },
    { sizes: { Z: 64 }, parameters: { halvings: 2 } },
  ],
  work: ({ Z, Points }: Sizes) => Z! * (Points! + 6),
  effort: () => 12,
  sums: 'Factors are roots of sums.',
  outputs: { noise: array('the noise at each point, at equal steps', 'Points', 'Z') },
  classes: {
    'an acute angle': (the: CaseView) => dot(the) > 0 && cosine(the) < 0.999,
    'an obtuse angle': (the: CaseView) => dot(the) < 0 && cosine(the) > -0.999,
    'a right angle, of no zeros alone': (the: CaseView) =>
      dot(the) === 0 &&
      [the.inputs.start!, the.inputs.end!].every(({ data }) => lengthOf(data) > 0),
    'nearly or fully the same direction': (the: CaseView) => cosine(the) > 0.9999,
    'opposite directions': (the: CaseView) => cosine(the) === -1,
    'a vector of zeros': ({ inputs }: CaseView) =>
      [inputs.start!, inputs.end!].some(({ data }) => lengthOf(data) === 0),
  },
})

export const latentSpherical = clause({
  id: 'gan.latent-interpolation.spherical',
  title: 'On a great circle noise keeps its length, which it loses on a line',
  kind: 'formula',
  operations: [sphericalInterpolate],
  statement:
    'With the angle $\\Omega$ between two vectors, the point at the share $\\lambda$ of the way is their sum with the weights $\\sin((1 - \\lambda)\\Omega) / \\sin \\Omega$ and $\\sin(\\lambda\\Omega) / \\sin \\Omega$. Of two vectors of one length all points have that length, and two neighbours have the same angle everywhere; the middle of the line between them is shorter by $\\cos(\\Omega / 2)$. Gaussian noise of many units is nearly always of the length $\\sqrt Z$, and at right angles, so that the middle of a line, at 0.71 of it, is noise that a generator was never trained on. In between of two neighbouring points is their sum over $2 \\cos$ of half the angle between them, which needs no other function than a root, and does not divide by 0 where the directions are the same. From the other end it is the same way, and both ends times a factor give the points times that factor.',
  formula: String.raw`z_\lambda = \frac{\sin((1 - \lambda)\Omega)}{\sin\Omega} z_1 + \frac{\sin(\lambda\Omega)}{\sin\Omega} z_2,\qquad \cos\Omega = \frac{\langle z_1, z_2 \rangle}{\lVert z_1 \rVert \lVert z_2 \rVert},\qquad z_{(\lambda + \mu)/2} = \frac{z_\lambda + z_\mu}{2 \cos((\mu - \lambda)\Omega / 2)}`,
  domain: 'Any two vectors; shares that are multiples of $2^{-h}$, both ends included.',
  conventions: [
    {
      choice:
        'The weights are those of the angle between both directions, and are applied to the vectors as they are.',
      others:
        'Some code divides vectors by their lengths first, and gives points of length 1; some makes points on the line as long as they should be, which are not at equal angles.',
    },
    {
      choice:
        'Where an angle tells no way, of opposite directions or a vector of zeros, the way is the line. Of the same direction it is the line as well, which is the limit.',
      others:
        'White’s code takes the line where the sine is 0, and divides by the length of a vector of zeros; other code takes it wherever the cosine is beyond 0.9995.',
    },
  ],
  evaluations: [
    { way: 'with the cosine of half the angle as half the length of the sum of both directions' },
  ],
  source: {
    notes: [[698, 698]],
    publications: [
      { ...shoemake, where: 'spherical linear interpolation' },
      { ...white, where: 'on spherical linear interpolation' },
    ],
  },
  errata: [],
})
