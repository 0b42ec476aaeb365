import { build, sum } from '../../../reference/arithmetic/array.ts'
import { latentSpherical, sphericalInterpolate } from '../../../spec/gan/latent-spherical.ts'
import type { Fault } from '../../engine/fault.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, plain } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  angleOfVectors,
  divideByLengths,
  fromTheEnd,
  goesStraight,
  leansToStart,
  nearlyStraight,
  straightWhereOpposite,
  stretchesLine,
  withoutGuard,
} from './latent-spherical-faults.ts'

const { dimensions, parameters } = sphericalInterpolate
const start = { start: sphericalInterpolate.inputs.start }

/** Of an end that is the start times a factor, of which one element has another one. */
const nearly = (
  what: 'parallel' | 'opposite',
  {
    title,
    factors,
    kills,
  }: {
    readonly title: string
    readonly factors: readonly number[]
    readonly kills: readonly Fault[]
  },
) =>
  law(`nearly-${what}`, {
    of: { dimensions, parameters, inputs: start },
    asks: [sphericalInterpolate],
    values: 'reals',
    title,
    kills,
    share: 0.4,
    async holds({ answer, expected, inputs, parameters }) {
      const compared = []
      for (const factor of factors) {
        const end = changed(inputs.start, (z, j) =>
          Math.fround(z * (j === 0 ? factor : Math.sign(factor))),
        )
        const both = { start: inputs.start, end } as never
        const { noise } = await answer(sphericalInterpolate, both, parameters as never)
        const right = expected(sphericalInterpolate, both, parameters as never)
        compared.push({ label: 'noise', expected: right.noise!, actual: noise! })
      }
      return compared
    },
  })

export const latentSphericalProperties = properties(
  latentSpherical,
  ...agreementTwice(sphericalInterpolate, {
    kills: [
      goesStraight,
      stretchesLine,
      divideByLengths,
      withoutGuard,
      angleOfVectors,
      fromTheEnd,
      leansToStart,
    ],
  }),
  nearly('parallel', {
    title:
      'where the directions are nearly the same the way is nearly the line, and no more than that',
    // By less than single precision can tell from the cosine, and by more.
    factors: [1 + 2 ** -16, 1 + 2 ** -6],
    kills: [withoutGuard, nearlyStraight],
  }),
  nearly('opposite', {
    title: 'where the directions are nearly opposite the way is still no line',
    factors: [-1 - 2 ** -3, -1 - 2 ** -5],
    kills: [nearlyStraight, straightWhereOpposite],
  }),
  law('keeps-length', {
    of: { dimensions, parameters, inputs: start },
    asks: [sphericalInterpolate],
    values: 'reals',
    title: 'between two vectors of one length all have that length',
    kills: [goesStraight],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { Z } }) {
      const { multiply } = arithmetic
      // A quarter turn of each two units; one that is left over stays.
      const z = plain(inputs.start)
      const end = build([Z!], (j) => {
        const [at, sign] = j % 2 === 0 ? [j + 1, -1] : [j - 1, 1]
        return at! < Z! ? sign! * z.at(at!) : z.at(j)
      })
      const { noise } = await measure(sphericalInterpolate, { ...inputs, end }, parameters as never)
      const first = noise.data.slice(0, Z!)
      const [points] = noise.shape as [number]
      const square = (at: (j: number) => (typeof first)[number]) =>
        sum(arithmetic, [Z!], (j) => multiply(at(j), at(j)))
      return [
        {
          label: 'squared lengths',
          expected: build([points], () => square((j) => first[j]!)),
          actual: build([points], (l) => square((j) => noise.at(l, j))),
        },
      ]
    },
  }),
  law('from-the-other-end', {
    of: sphericalInterpolate,
    values: 'reals',
    title: 'from the other end it is the same way',
    kills: [leansToStart],
    share: 0.2,
    async holds({ inputs, measure, parameters }) {
      const { noise } = await measure(sphericalInterpolate, inputs, parameters)
      const turned = { start: inputs.end, end: inputs.start }
      const back = (await measure(sphericalInterpolate, turned, parameters)).noise
      const last = noise.shape[0]! - 1
      return [
        {
          label: 'noise',
          expected: noise,
          actual: build(noise.shape, (l, j) => back.at(last - l, j)),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: sphericalInterpolate,
    title: 'a right angle in four; and where the way is a line',
    kills: [goesStraight, withoutGuard],
    cases: [
      {
        says: 'at 22.5, 45 and 67.5 degrees',
        inputs: { start: tensor([2], [1, 0]), end: tensor([2], [0, 1]) },
        parameters: { halvings: 2 },
        gives: {
          noise: [
            1,
            0,
            Math.cos(Math.PI / 8),
            Math.sin(Math.PI / 8),
            Math.SQRT1_2,
            Math.SQRT1_2,
            Math.sin(Math.PI / 8),
            Math.cos(Math.PI / 8),
            0,
            1,
          ],
        },
      },
      {
        says: 'the same direction',
        inputs: { start: tensor([2], [1, 0]), end: tensor([2], [3, 0]) },
        parameters: { halvings: 1 },
        gives: { noise: [1, 0, 2, 0, 3, 0] },
      },
      {
        says: 'opposite directions',
        inputs: { start: tensor([2], [3, 4]), end: tensor([2], [-3, -4]) },
        parameters: { halvings: 1 },
        gives: { noise: [3, 4, 0, 0, -3, -4] },
      },
      {
        says: 'from a vector of zeros',
        inputs: { start: tensor([2], [0, 0]), end: tensor([2], [2, 4]) },
        parameters: { halvings: 1 },
        gives: { noise: [0, 0, 1, 2, 2, 4] },
      },
    ],
  }),
)
