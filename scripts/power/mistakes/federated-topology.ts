import { build } from '../../../reference/arithmetic/array.ts'
import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, ofCallBefore, scalar } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what is said before FedAvg: learning alone, one start for all, messages, and who is connected. */
export const topologyMistakes: readonly Mistake[] = [
  mistake('federated.meanErrors', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  mistake(
    'federated.meanErrors',
    'numeric',
    'takes the square of the mean off the mean of squares for a bias',
    (the) => {
      const { means } = the.inputs
      const mu = Math.fround(the.right.mean.at())
      const f = Math.fround
      const bias = change(means, (m) => f(f(f(m * m) - f(f(2 * m) * mu)) + f(mu * mu)))
      return { bias, local: change(bias, (b, k) => b + the.right.variance.at(k)) }
    },
    { sizes: { K: 2 }, elements: { means: (_, k) => 4096 + k, counts: () => 1 } },
  ),
  mistake(
    'federated.meanErrors',
    'size',
    'learns the mean of the first 16 clients',
    (the) => {
      if (the.sizes.K <= 16) return
      // A client that all but vanishes keeps its own error.
      const counts = change(the.inputs.counts, (n, k) => (k < 16 ? n : 1e-30))
      const { mean, pooled } = the.but({ counts })
      return { mean, pooled }
    },
    { sizes: { K: 20 }, elements: { means: (_, k) => k } },
  ),
  lasting(
    'federated.meanErrors',
    'state',
    'keeps the counts of the call before, where there are as many clients',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ counts: before(the.inputs.counts) })
    },
  ),
  mistake('federated.averagedNetwork', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'federated.averagedNetwork',
    'shape',
    'of as many outputs as hidden units reads the last weights by columns',
    (the) => {
      const { output } = the.inputs
      if (the.sizes.H === the.sizes.O && the.sizes.H > 1)
        return the.but({ output: change(output, (_, m, h, o) => output.at(m, o, h)) })
    },
    { sizes: { H: 2, O: 2 } },
  ),
  mistake(
    'federated.averagedNetwork',
    'size',
    'leaves hidden units from the 33rd on out',
    (the) => {
      if (the.sizes.H > 32)
        return the.but({ output: change(the.inputs.output, (v, _, h) => (h < 32 ? v : 0)) })
    },
    { sizes: { H: 40 } },
  ),
  mistake(
    'federated.averagedNetwork',
    'special',
    'counts a network that was trained on nothing as one of one point',
    (the) => the.but({ counts: change(the.inputs.counts, (n) => Math.max(1, n)) }),
    { sizes: { M: 2 }, elements: { counts: (_, m) => m } },
  ),
  mistake(
    'federated.averagedNetwork',
    'term',
    'leaves the biases of the outputs out of the mean',
    (the) => {
      const { outputBias } = the.inputs
      const { averaged } = the.but({ outputBias: change(outputBias, () => 0) })
      return { averaged }
    },
  ),
  mistake(
    'federated.protocol',
    'range',
    'numbers models in four bits',
    (the) => ({ version: change(the.right.version, (v) => v % 16) }),
    {
      sizes: { T: 20, M: 1 },
      elements: { server: () => 1, replies: () => 1 },
    },
  ),
  mistake(
    'federated.protocol',
    'logic',
    'makes a new model only where all have replied',
    (the) => {
      const { replies } = the.inputs
      const all = (t: number) =>
        Array.from({ length: the.sizes.M }, (_, m) => m).every((m) => replies.at(t, m) === 1)
      const { version, begins, held } = the.but({
        replies: change(replies, (_, t) => (all(t) ? 1 : 0)),
      })
      return { version, begins, held }
    },
    { sizes: { M: 2 }, elements: { server: () => 1, replies: (_, at) => at % 2 } },
  ),
  mistake(
    'federated.protocol',
    'logic',
    'counts a model up while the server is gone',
    (the) => ({
      version: change(the.right.version, (v, t) =>
        the.inputs.server.at(t) === 0 && the.inputs.replies.at(t, 0) === 1 ? v + 1 : v,
      ),
    }),
    { elements: { server: () => 0, replies: () => 1 } },
  ),
  mistake(
    'federated.protocol',
    'size',
    'sends to the first eight participants alone',
    (the) => {
      if (the.sizes.M <= 8) return
      const K = the.parameters.clients
      return { sent: change(the.right.sent, (n, _, k) => (k === K ? Math.min(n, 8) : n)) }
    },
    { sizes: { M: 10 }, elements: { server: () => 1 } },
  ),
  mistake(
    'federated.protocol',
    'shape',
    'with as many rounds as participants reads replies by columns',
    (the) => {
      const { replies } = the.inputs
      if (the.sizes.T === the.sizes.M && the.sizes.T > 1)
        return the.but({ replies: change(replies, (_, t, m) => replies.at(m, t)) })
    },
    {
      sizes: { T: 2, M: 2 },
      elements: { server: () => 1, replies: (_, at) => (at < 2 ? 1 : 0) },
    },
  ),
  mistake(
    'federated.connectivity',
    'size',
    'follows ways of up to eight edges alone',
    (the) => {
      const { K } = the.sizes
      const { graph } = the.inputs
      const reach = (k: number) => {
        const found = new Map([[k, 0]])
        for (const [at, length] of found) {
          for (let l = 0; l < K && length < 8; l++) {
            const isEdge = graph.at(at, l) === 1 || graph.at(l, at) === 1
            if (isEdge && the.right.connected.at(k, l) === 1 && !found.has(l))
              found.set(l, length + 1)
          }
        }
        return found
      }
      const ways = Array.from({ length: K }, (_, k) => reach(k))
      return {
        connected: change(the.right.connected, (bit, k, l) => (ways[k]!.has(l) ? bit : 0)),
      }
    },
    {
      sizes: { K: 12 },
      elements: {
        failed: () => 0,
        graph: (_, at) => ((at % 12) - 1 === Math.floor(at / 12) ? 1 : 0),
      },
    },
  ),
  mistake(
    'federated.connectivity',
    'special',
    'counts one group where nobody is left',
    (the) => ({ groups: change(the.right.groups, (n) => Math.max(1, n)) }),
    { elements: { failed: () => 1 } },
  ),
  mistake(
    'federated.connectivity',
    'logic',
    'counts an edge that both sides name twice',
    (the) => {
      const { graph } = the.inputs
      const { K } = the.sizes
      const twice = (k: number) =>
        Array.from({ length: K }, (_, l) => l).filter(
          (l) =>
            l !== k &&
            graph.at(k, l) === 1 &&
            graph.at(l, k) === 1 &&
            the.right.connected.at(k, l) === 1,
        ).length
      return { load: change(the.right.load, (n, k) => n + 2 * twice(k)) }
    },
    { sizes: { K: 3 }, elements: { graph: () => 1, failed: () => 0 } },
  ),
  mistake(
    'federated.connectivity',
    'shape',
    'looks at what stands on the diagonal',
    (the) => {
      const { graph } = the.inputs
      return {
        load: build(the.right.load.shape, (k) => the.right.load.at(k) + 2 * graph.at(k, k)),
      }
    },
    { elements: { graph: () => 1 } },
  ),
  mistake(
    'federated.contractionRate',
    'numeric',
    'stops after four squarings, with the norm for the eigenvalue',
    (the) => {
      const { K } = the.sizes
      const rate = the.right.rate.at()
      return { rate: scalar(Math.min(1, rate * K ** (1 / 32))) }
    },
    { sizes: { K: 4 }, elements: { graph: (_, at) => ((at + 1) % 4 === 2 ? 1 : 0) } },
  ),
  mistake(
    'federated.contractionRate',
    'special',
    'gives 0 where a client has no neighbours',
    (the) => {
      const { graph } = the.inputs
      const { K } = the.sizes
      const clients = Array.from({ length: K }, (_, k) => k)
      const isAlone = (k: number) =>
        clients.every((l) => l === k || (graph.at(k, l) === 0 && graph.at(l, k) === 0))
      if (clients.some(isAlone)) return { rate: scalar(0) }
    },
    { sizes: { K: 3 }, elements: { graph: () => 0 } },
  ),
  mistake(
    'federated.contractionRate',
    'size',
    'looks at the first eight clients alone',
    (the) => {
      if (the.sizes.K <= 8) return
      const graph = build([8, 8], (k, l) => the.inputs.graph.at(k, l))
      return the.but({ graph })
    },
    {
      sizes: { K: 10 },
      elements: { graph: (_, at) => ((at % 10) - 1 === Math.floor(at / 10) ? 1 : 0) },
    },
  ),
  mistake(
    'federated.contractionRate',
    'logic',
    'counts what stands on the diagonal as neighbours',
    (the) => {
      const { graph } = the.inputs
      const { K } = the.sizes
      const isDouble = Array.from({ length: K }, (_, k) => k).every((k) => graph.at(k, k) === 1)
      if (isDouble && K > 1) return { rate: scalar((the.right.rate.at() + 1) / 2) }
    },
    { sizes: { K: 3 }, elements: { graph: () => 1 } },
  ),
]
