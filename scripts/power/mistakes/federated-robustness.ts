import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, ofCallBefore, reread } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what makes one model of several, of which some may come from attackers. */
export const robustnessMistakes: readonly Mistake[] = [
  mistake(
    'federated.medianAggregate',
    'size',
    'sorts the first 64 models alone',
    (the) => {
      const { w, b } = the.inputs
      if (the.sizes.M > 64) {
        return the.but({
          w: reread(w, 0, (m) => m % 64),
          b: reread(b, 0, (m) => m % 64),
        })
      }
    },
    { sizes: { M: 70, I: 1, O: 1 } },
  ),
  mistake(
    'federated.medianAggregate',
    'numeric',
    'keeps what it sorts in bfloat16',
    (the) => the.but({ w: change(the.inputs.w, bfloat) }),
    { elements: { w: () => 1.001 } },
  ),
  mistake(
    'federated.medianAggregate',
    'shape',
    'of four models takes those in the middle without sorting',
    (the) => {
      const { w } = the.inputs
      if (the.sizes.M !== 4) return
      return { w: change(the.right.w, (_, i, o) => (w.at(1, i, o) + w.at(2, i, o)) / 2) }
    },
    { sizes: { M: 4 } },
  ),
  lasting(
    'federated.medianAggregate',
    'state',
    'keeps the biases of the call before, where they have the same shape',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ b: before(the.inputs.b) })
    },
  ),
  mistake(
    'federated.trimmedMean',
    'size',
    'leaves out models from the 33rd on before it sorts',
    (the) => {
      if (the.sizes.M <= 32 || the.parameters.trim > 3) return
      const first = (models: typeof the.inputs.w) => reread(models, 0, (m) => Math.min(m, 31))
      return the.but({ w: first(the.inputs.w), b: first(the.inputs.b) })
    },
    { sizes: { M: 40, I: 1, O: 1 }, parameters: { trim: 1 } },
  ),
  mistake(
    'federated.trimmedMean',
    'range',
    'leaves out at most two on either side',
    (the) => {
      if (the.parameters.trim > 2) return the.but({}, { trim: 2 })
    },
    { sizes: { M: 8 }, parameters: { trim: 3 } },
  ),
  mistake('federated.trimmedMean', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'federated.trimmedMean',
    'logic',
    'leaves out nothing of biases that are all positive',
    (the) => {
      const { b } = the.inputs
      if (b.data.every((x) => x > 0)) return { b: the.but({}, { trim: 0 }).b }
    },
    { sizes: { M: 6, O: 1 }, parameters: { trim: 1 }, elements: { b: (x) => 1 + Math.abs(x) } },
  ),
  mistake(
    'federated.krum',
    'size',
    'looks at the first 32 weights of a unit alone',
    (the) => {
      const { w } = the.inputs
      if (the.sizes.I <= 32) return
      const { scores } = the.but({ w: clear(w, 1, (i) => i >= 32) })
      return { scores }
    },
    { sizes: { M: 5, I: 40, O: 1 }, parameters: { attackers: 1, kept: 1 } },
  ),
  mistake(
    'federated.krum',
    'numeric',
    'measures distances by a product of all models, in single precision',
    (the) => {
      const { w, b } = the.inputs
      const { M } = the.sizes
      const [I, O] = [the.sizes.I, the.sizes.O]
      const numbers = (m: number) => {
        const vector: number[] = []
        for (let o = 0; o < O; o++) {
          for (let i = 0; i < I; i++) vector.push(w.at(m, i, o))
          vector.push(b.at(m, o))
        }
        return vector
      }
      const vectors = Array.from({ length: M }, (_, m) => numbers(m))
      const f = Math.fround
      const product = (x: readonly number[], y: readonly number[]) =>
        x.reduce((sum, value, i) => f(sum + f(value * y[i]!)), 0)
      const squared = (m: number, l: number) => {
        const [x, y] = [vectors[m]!, vectors[l]!]
        return Math.max(0, f(f(product(x, x) + product(y, y)) - f(2 * product(x, y))))
      }
      const scores = vectors.map((_, m) =>
        vectors
          .flatMap((_, l) => (l === m ? [] : [squared(m, l)]))
          .sort((x, y) => x - y)
          .slice(0, M - the.parameters.attackers - 2)
          .reduce((sum, d) => f(sum + d), 0),
      )
      return { scores: change(the.right.scores, (_, m) => scores[m]!) }
    },
    { sizes: { M: 5 }, elements: { w: (x) => 100 + x / 16 } },
  ),
  mistake(
    'federated.krum',
    'shape',
    'of as few models as there may be looks at one neighbour more',
    (the) => {
      const { attackers, kept } = the.parameters
      if (the.sizes.M !== 2 * attackers + 3 || attackers === 0) return
      return the.but({}, { attackers: attackers - 1, kept })
    },
    { sizes: { M: 5 }, parameters: { attackers: 1, kept: 1 } },
  ),
  mistake(
    'federated.krum',
    'special',
    'takes the last one of models that are all the same',
    (the) => {
      const { scores, chosen } = the.right
      if (the.parameters.kept > 1 || scores.data.some((s) => s !== 0)) return
      return { chosen: change(chosen, (_, m) => (m === the.sizes.M - 1 ? 1 : 0)) }
    },
    {
      sizes: { M: 5 },
      parameters: { attackers: 1, kept: 1 },
      elements: { w: () => 1, b: () => 2 },
    },
  ),
  mistake(
    'federated.krum',
    'range',
    'keeps at most three models',
    (the) => {
      if (the.parameters.kept > 3) {
        const { w, b, chosen } = the.but({}, { kept: 3 })
        return { w, b, chosen }
      }
    },
    { sizes: { M: 6 }, parameters: { attackers: 1, kept: 4 } },
  ),
]
