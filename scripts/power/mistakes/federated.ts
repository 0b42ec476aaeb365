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
  mistake(
    'federated.clientUpdate',
    'range',
    'does at most two local steps',
    (the) => {
      const { w, b } = the.right
      return {
        w: change(w, (v, l, i, o) => (l < 2 ? v : w.at(1, i, o))),
        b: change(b, (v, l, o) => (l < 2 ? v : b.at(1, o))),
      }
    },
    { sizes: { L: 4 }, parameters: { rate: 0.125, points: 2 }, elements: { count: () => 2 } },
  ),
  mistake(
    'federated.clientUpdate',
    'logic',
    'gives a client with a single point a batch of zeros behind it',
    (the) => {
      const { count, x } = the.inputs
      if (count.at() !== 1 || the.sizes.B === 1) return
      return the.but({ x: change(x, () => 0) })
    },
    { sizes: { B: 2 }, parameters: { rate: 0.25, points: 2 }, elements: { count: () => 1 } },
  ),
  mistake(
    'federated.clientUpdate',
    'size',
    'leaves points of a batch from the ninth on out',
    (the) => {
      const { batches } = the.inputs
      if (the.sizes.B > 8)
        return the.but({ batches: change(batches, (_, l, n) => batches.at(l, n % 8)) })
    },
    { sizes: { B: 10 }, parameters: { rate: 0.25, points: 10 }, elements: { count: () => 10 } },
  ),
  mistake('federated.clientUpdate', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'federated.clientUpdate',
    'term',
    'takes the targets of the logistic loss for ones that add up to 1',
    (the) => {
      const { y } = the.inputs
      const sum = (n: number) =>
        Array.from({ length: the.sizes.O }, (_, o) => y.at(n, o)).reduce((s, v) => s + v, 0)
      if (the.parameters.loss !== 'logistic') return
      return the.but({ y: change(y, (v, n) => (sum(n) === 0 ? v : v / sum(n))) })
    },
    { parameters: { loss: 'logistic', rate: 0.25, points: 2 }, elements: { count: () => 2 } },
  ),
  mistake(
    'federated.fedAvg',
    'range',
    'keeps the model of the second round from then on',
    (the) => {
      const { w, b } = the.right
      return {
        w: change(w, (v, t, i, o) => (t < 2 ? v : w.at(1, i, o))),
        b: change(b, (v, t, o) => (t < 2 ? v : b.at(1, o))),
      }
    },
    { sizes: { T: 3 }, parameters: { rate: 0.125, points: 2 }, elements: { counts: () => 2 } },
  ),
  mistake(
    'federated.fedAvg',
    'logic',
    'does not count a client that is named twice',
    (the) => {
      const { participants } = the.inputs
      const twice = participants.data.some((k, at) => k === participants.data[at - 1])
      const other = change(participants, (k) => (k + 1) % the.parameters.clients)
      if (twice) return the.but({ participants: other })
    },
    { sizes: { M: 2 }, parameters: { clients: 3 }, elements: { participants: () => 1 } },
  ),
  mistake(
    'federated.fedAvg',
    'special',
    'gives zeros where a round has no points',
    (the) => {
      const { counts, participants } = the.inputs
      const { M } = the.sizes
      const has = (t: number) =>
        Array.from({ length: M }, (_, m) => counts.at(participants.at(t, m))).some((n) => n > 0)
      return { w: change(the.right.w, (v, t) => (has(t) ? v : 0)) }
    },
    { elements: { counts: () => 0 } },
  ),
  mistake('federated.fedAvg', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  lasting(
    'federated.fedAvg',
    'state',
    'begins where the call before ended, where models are as large',
    () => {
      let last: ReturnType<typeof change> | undefined
      return (the) => {
        const { b } = the.inputs
        const before = last
        last = change(b, (_, o) => the.right.b.at(the.sizes.T - 1, o))
        if (before?.shape.join() === b.shape.join()) return the.but({ b: before })
      }
    },
  ),
]
