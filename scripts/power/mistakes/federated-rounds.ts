import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, ofCallBefore, scalar } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what is said about rounds: objectives, quadratics, parallel training and its costs. */
export const roundMistakes: readonly Mistake[] = [
  mistake(
    'federated.parallelSgd',
    'size',
    'takes the gradients of the first eight clients alone',
    (the) => {
      const counts = change(the.inputs.counts, (n, k) => (k < 8 ? n : 0))
      if (the.sizes.K > 8) return the.but({ counts })
    },
    { parameters: { clients: 10, rate: 0.25 }, elements: { counts: () => 1 } },
  ),
  mistake('federated.parallelSgd', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  lasting(
    'federated.parallelSgd',
    'state',
    'keeps the counts of the call before, where there are as many clients',
    () => {
      const before = ofCallBefore()
      return (the) => {
        const counts = before(the.inputs.counts)
        if (counts.data.every((n) => n <= the.parameters.points)) return the.but({ counts })
      }
    },
  ),
  mistake(
    'federated.roundCosts',
    'range',
    'counts gradients in 16 bits',
    (the) => ({ gradients: change(the.right.gradients, (n) => n % 2 ** 16) }),
    { parameters: { participants: 100, steps: 100, localSteps: 10, batch: 20 } },
  ),
  mistake(
    'federated.roundCosts',
    'special',
    'counts one round where there is no step',
    (the) => (the.parameters.steps === 0 ? { rounds: scalar(1) } : undefined),
    { parameters: { steps: 0 } },
  ),
  mistake('federated.quadraticOptima', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'federated.quadraticOptima',
    'shape',
    'of as many clients as parameters reads minima by columns',
    (the) => {
      const { c } = the.inputs
      if (the.sizes.K === the.sizes.P) return the.but({ c: change(c, (_, k, i) => c.at(i, k)) })
    },
    { sizes: { K: 2, P: 2 } },
  ),
  mistake(
    'federated.quadraticRounds',
    'range',
    'does at most two local steps',
    (the) => the.but({}, { localSteps: Math.min(2, the.parameters.localSteps) }),
    { parameters: { localSteps: 4, rate: 0.125 } },
  ),
  mistake(
    'federated.quadraticRounds',
    'size',
    'leaves parameters from the 65th on as they are',
    (the) => ({
      trajectory: change(the.right.trajectory, (v, _, i) => (i < 64 ? v : the.inputs.start.at(i))),
    }),
    { sizes: { P: 70, K: 1 }, parameters: { rate: 0.125 } },
  ),
  mistake(
    'federated.localFixedPoint',
    'range',
    'takes at most 64 local steps',
    (the) => the.but({}, { localSteps: Math.min(64, the.parameters.localSteps) }),
    {
      parameters: { rate: 0.0625, localSteps: 200 },
      sizes: { K: 2 },
      elements: { h: (_, k) => 1 / (8 * k + 8) },
    },
  ),
  mistake('federated.localFixedPoint', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  mistake(
    'federated.objective',
    'special',
    'gives the loss of a client without points as that of its first place',
    (the) => {
      const { counts } = the.inputs
      const more = the.but({ counts: change(counts, (n) => Math.max(1, n)) })
      return { clientLosses: more.clientLosses }
    },
    { parameters: { clients: 2 }, elements: { counts: (_, k) => k } },
  ),
  mistake('federated.objective', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'federated.objective',
    'size',
    'leaves points from the seventeenth on out',
    (the) => {
      const counts = change(the.inputs.counts, (n) => Math.min(16, n))
      if (the.inputs.counts.data.some((n) => n > 16)) return the.but({ counts })
    },
    { parameters: { points: 20, clients: 1 }, elements: { counts: () => 20 } },
  ),
  mistake(
    'federated.sizes',
    'range',
    'counts at most eight points of a client',
    (the) => ({ counts: change(the.right.counts, (n) => Math.min(n, 8)) }),
    { sizes: { Points: 12 }, elements: { holds: () => 1 } },
  ),
  mistake(
    'federated.sizes',
    'logic',
    'counts a point that all hold as none',
    (the) => {
      const { holds } = the.inputs
      const shared = Array.from({ length: the.sizes.Points }, (_, p) => p).filter((p) =>
        Array.from({ length: the.sizes.K }, (_, k) => holds.at(k, p)).every((bit) => bit === 1),
      )
      return { different: change(the.right.different, (n) => n - shared.length) }
    },
    { elements: { holds: () => 1 } },
  ),
  mistake(
    'federated.clientSampling',
    'size',
    'looks at the first 32 clients alone',
    (the) => {
      const { draws } = the.inputs
      const most = Math.max(...draws.data)
      if (the.sizes.K > 32)
        return the.but({ draws: change(draws, (u, k) => (k < 32 ? u : most + 1)) })
    },
    { parameters: { clients: 40, rate: 0.25 }, elements: { draws: (_, k) => 40 - k } },
  ),
  mistake(
    'federated.clientSampling',
    'special',
    'begins with the second client where all drew the same',
    (the) => {
      const { draws } = the.inputs
      if (new Set(draws.data).size > 1 || the.sizes.M === the.sizes.K) return
      return { participants: change(the.right.participants, (k) => k + 1) }
    },
    { parameters: { clients: 4, rate: 0.5 }, elements: { draws: () => 1 } },
  ),
  mistake(
    'federated.alternativeAggregate',
    'shape',
    'with as many participants as clients takes them in the order of the clients',
    (the) => {
      const { participants } = the.inputs
      if (the.sizes.M !== the.sizes.K) return
      return the.but({ participants: change(participants, (_, m) => m) })
    },
    {
      sizes: { M: 3 },
      parameters: { clients: 3, rule: 'scaled' },
      elements: { participants: (_, m) => Math.max(0, 2 - m), counts: (_, k) => k + 1 },
    },
  ),
  mistake(
    'federated.alternativeAggregate',
    'logic',
    'counts a client that is named twice once',
    (the) => {
      const { participants, w, b } = the.inputs
      const [first, second] = participants.data
      if (participants.data.length !== 2 || first !== second || the.parameters.rule !== 'kept')
        return
      return the.but({
        participants: change(participants, (k) => k),
        w: change(w, (v, m, i, o) => (m === 0 ? v : the.inputs.w0.at(i, o))),
        b: change(b, (v, m, o) => (m === 0 ? v : the.inputs.b0.at(o))),
      })
    },
    {
      sizes: { M: 2 },
      parameters: { clients: 2, rule: 'kept' },
      elements: { participants: () => 1, counts: () => 2 },
    },
  ),
  mistake('federated.alternativeAggregate', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
]
