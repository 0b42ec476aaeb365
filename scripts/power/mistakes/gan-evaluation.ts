import { fromData } from '../../../reference/arithmetic/array.ts'
import { half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, only } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of how generated samples are judged. */
export const ganEvaluationMistakes: readonly Mistake[] = [
  mistake(
    'gan.inceptionScore',
    'size',
    'looks at the first 64 classes',
    (the) => {
      if (the.sizes.C > 64) {
        return the.but({
          probabilities: change(
            clear(the.inputs.probabilities, 1, (c) => c >= 64),
            (w, _, c) => (c === 0 ? w + 2 ** -20 : w),
          ),
        })
      }
    },
    { sizes: { C: 129 } },
  ),
  mistake('gan.inceptionScore', 'numeric', 'adds up probabilities in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'gan.inceptionScore',
    'shape',
    'begins each split behind the rounded length of the ones before',
    (the) => {
      const { N, C } = the.sizes
      const { splits } = the.parameters
      const length = Math.round(N / splits)
      const last = (s: number) => (s === splits - 1 ? N : Math.min(N, (s + 1) * length))
      const scores = change(the.right.scores, (_, s) => {
        const from = Math.min(s * length, N - 1)
        const rows = Array.from({ length: Math.max(1, last(s) - from) }, (_, n) => from + n)
        const data = rows.flatMap((n) => [...only(the.inputs.probabilities, n).data])
        const probabilities = fromData([rows.length, C], data)
        return the.but({ probabilities }, { splits: 1 }).scores.at(0)
      })
      return { scores }
    },
    { sizes: { N: 8, C: 3 }, parameters: { splits: 3 } },
  ),
  mistake(
    'gan.inceptionScore',
    'special',
    'raises probabilities of 0 to a hundredth before it takes logarithms',
    (the) =>
      the.but({
        probabilities: change(the.inputs.probabilities, (w) => (w === 0 ? 0.01 : w)),
      }),
    { sizes: { N: 3, C: 3 } },
  ),
  mistake('gan.inceptionScore', 'term', 'gives the median of the splits for their mean', (the) => {
    const sorted = the.right.scores.data.toSorted((a, b) => a - b)
    const middle = sorted[(sorted.length - 1) >> 1]!
    return { score: change(the.right.score, (x, i) => (i === 0 ? middle : x)) }
  }),
  lasting('gan.inceptionScore', 'state', 'compares with the classes of the call before', () => {
    let before: readonly number[] = []
    return (the) => {
      const last = before
      before = the.right.scores.data
      if (last.length === before.length && last[0] !== before[0]) {
        return { scores: change(the.right.scores, (_, s) => last[s]!) }
      }
    }
  }),
]
