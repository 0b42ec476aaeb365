import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, ofCallBefore } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of servers that average models. */
export const federatedMistakes: readonly Mistake[] = [
  mistake('federated.aggregate', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  mistake(
    'federated.aggregate',
    'numeric',
    'rounds shares of points to half precision',
    (the) => {
      const all = the.inputs.counts.data.reduce((sum, n) => sum + n, 0)
      const counts = change(the.inputs.counts, (n) => half(n / all))
      if (counts.data.some((n) => n > 0)) return the.but({ counts })
    },
    { sizes: { M: 3 }, elements: { counts: (_, k) => k + 1 } },
  ),
  mistake(
    'federated.aggregate',
    'size',
    'takes the first sixteen participants alone',
    (the) => {
      const counts = change(the.inputs.counts, (n, k) => (k < 16 ? n : 0))
      if (counts.data.some((n) => n > 0)) return the.but({ counts })
    },
    { sizes: { M: 20 }, elements: { counts: () => 3 } },
  ),
  mistake(
    'federated.aggregate',
    'range',
    'counts points of a participant up to 65535',
    (the) => the.but({ counts: change(the.inputs.counts, (n) => Math.min(n, 65535)) }),
    { sizes: { M: 2 }, elements: { counts: (_, k) => 1e5 * (k + 1) } },
  ),
  mistake(
    'federated.aggregate',
    'shape',
    'reads square weights by columns',
    (the) => {
      const { w } = the.right
      if (the.sizes.I === the.sizes.O) return { w: change(w, (_, i, o) => w.at(o, i)) }
    },
    { sizes: { I: 2, O: 2 } },
  ),
  lasting(
    'federated.aggregate',
    'state',
    'keeps the counts of the round before, where as many take part',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ counts: before(the.inputs.counts) })
    },
  ),
]
