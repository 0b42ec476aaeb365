import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, ofCallBefore, scalar } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of critics, and of the distance that they are to measure. */
export const wassersteinMistakes: readonly Mistake[] = [
  mistake(
    'gan.criticLoss',
    'size',
    'averages over at most 64 samples',
    (the) => {
      const first = (v: number, i: number) => (i < 64 ? (v * the.sizes.M) / 64 : 0)
      if (the.sizes.M <= 64) return undefined
      return the.but({
        real: change(the.inputs.real, first),
        generated: change(the.inputs.generated, first),
      })
    },
    { sizes: { M: 65 } },
  ),
  mistake('gan.criticLoss', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'gan.criticLoss',
    'range',
    'keeps what the critic gives between −1000 and 1000',
    (the) => the.but({ real: change(the.inputs.real, (v) => Math.max(-1000, Math.min(1000, v))) }),
    { elements: { real: () => 5000 } },
  ),
  mistake(
    'gan.criticLossGradient',
    'size',
    'gives no gradient for the last of an odd number of samples',
    (the) => ({
      dGenerated: change(the.right.dGenerated, (v, i) =>
        the.sizes.M % 2 === 1 && i === the.sizes.M - 1 ? 0 : v,
      ),
    }),
    { sizes: { M: 3 } },
  ),
  mistake('gan.criticLossGradient', 'numeric', 'divides by a reciprocal in bfloat16', (the) => ({
    dReal: change(
      the.right.dReal,
      () => (the.inputs.dEstimate.at() - the.inputs.dCritic.at()) * bfloat(1 / the.sizes.M),
    ),
  })),
  mistake(
    'gan.sampleDistance',
    'size',
    'sorts by halves of 32 that it does not merge',
    (the) => {
      const { M } = the.sizes
      if (M <= 32) return undefined
      const sorted = (data: readonly number[]) => {
        const parts: number[] = []
        for (let at = 0; at < M; at += 32) {
          parts.push(...data.slice(at, at + 32).toSorted((a, b) => a - b))
        }
        return parts
      }
      const y = sorted(the.inputs.generated.data)
      const differences = sorted(the.inputs.real.data).map((v, i) => Math.abs(v - y[i]!))
      return { distance: scalar(differences.reduce((sum, d) => sum + d, 0) / M) }
    },
    { sizes: { M: 40 } },
  ),
  mistake(
    'gan.sampleDistance',
    'special',
    'sorts as text, so that −1 comes before −2 and 10 before 9',
    (the) => {
      const y = [...the.inputs.generated.data].sort()
      const differences = [...the.inputs.real.data].sort().map((v, i) => Math.abs(v - y[i]!))
      return { distance: scalar(differences.reduce((sum, d) => sum + d, 0) / the.sizes.M) }
    },
    { sizes: { M: 3 } },
  ),
  lasting('gan.sampleDistance', 'state', 'keeps the sorted real samples of the call before', () => {
    const before = ofCallBefore()
    return (the) => the.but({ real: before(the.inputs.real) })
  }),
  mistake('gan.sampleDistance', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  mistake(
    'gan.lineDistance',
    'shape',
    'of as many points on both sides pairs them in ascending order, whatever their masses',
    (the) => {
      if (the.sizes.N !== the.sizes.M) return undefined
      const alike = change(the.inputs.data, () => 1)
      return the.but({ data: alike, generated: alike })
    },
    { sizes: { N: 3, M: 3 } },
  ),
  mistake(
    'gan.lineDistance',
    'special',
    'leaves out the gap before a place that is 0',
    (the) => {
      const places = [...the.inputs.places.data, ...the.inputs.generatedPlaces.data]
      const below = Math.max(...places.filter((t) => t < 0))
      if (!places.includes(0) || below === Number.NEGATIVE_INFINITY) return undefined
      const moved = (t: number) => (t < 0 ? t - below : t)
      return the.but({
        places: change(the.inputs.places, moved),
        generatedPlaces: change(the.inputs.generatedPlaces, moved),
      })
    },
    { sizes: { N: 2, M: 2 }, elements: { places: (_, n) => n - 1, generatedPlaces: () => 5 } },
  ),
  mistake(
    'gan.lineDistance',
    'size',
    'forgets points from the 33rd on',
    (the) => {
      if (the.sizes.M <= 32) return undefined
      return the.but({ generated: change(the.inputs.generated, (v, j) => (j < 32 ? v : 0)) })
    },
    { sizes: { M: 40 }, elements: { generated: () => 1 } },
  ),
  mistake('gan.lineDistance', 'numeric', 'keeps masses in bfloat16', (the) =>
    the.but({ data: change(the.inputs.data, bfloat) }),
  ),
]
