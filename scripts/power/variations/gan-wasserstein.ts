import { arithmetic, pairwise, single } from '../arithmetics.ts'
import { scalar } from '../arrays.ts'
import { evaluatedIn, type Variation, variation } from '../variation.ts'

const f = single

const sum = (numbers: readonly number[]) => numbers.reduce((all, v) => f(all + v), 0)

/** Critics and distances, as they are written elsewhere. */
export const critics: readonly Variation[] = [
  variation('gan.criticLoss', 'as one mean of differences', (the) => {
    const { real, generated } = the.inputs
    const M = real.data.length
    const estimate = f(sum(real.data.map((v, i) => f(v - generated.data[i]!))) / M)
    return { estimate: scalar(estimate), critic: scalar(f(-estimate)) }
  }),
  variation(
    'gan.lineDistance',
    'as the area between two functions, each divided by its own whole',
    (the) => {
      const { places, data, generatedPlaces, generated } = the.inputs
      const all = [...places.data, ...generatedPlaces.data].sort((a, b) => a - b)
      const upTo = (t: number, at: readonly number[], masses: readonly number[]) =>
        f(sum(masses.filter((_, i) => at[i]! <= t)) / sum(masses))
      const areas = all.slice(1).map((next, k) => {
        const t = all[k]!
        const left = upTo(t, places.data, data.data)
        const right = upTo(t, generatedPlaces.data, generated.data)
        return f(Math.abs(f(left - right)) * f(next - t))
      })
      return { distance: scalar(sum(areas)) }
    },
  ),
  ...evaluatedIn('adds up pairwise', arithmetic({ adding: pairwise(f) }), [
    'gan.criticLoss',
    'gan.criticLossGradient',
    'gan.sampleDistance',
    'gan.lineDistance',
  ]),
]
