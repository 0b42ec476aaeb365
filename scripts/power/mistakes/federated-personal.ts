import { number } from '../../../reference/arithmetic/number.ts'
import { references } from '../../../reference/index.ts'
import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, ofCallBefore, scalar } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what gives each client a model of its own. */
export const personalMistakes: readonly Mistake[] = [
  mistake(
    'federated.personalizedObjective',
    'size',
    'pulls the first four clients alone',
    (the) => {
      const { w, b } = the.inputs
      if (the.sizes.K <= 4) return
      const alone = the.but({}, { weight: 0 }).objective.at()
      const none = change(the.inputs.counts, () => 0)
      const still = (array: typeof w) =>
        change(array, (x, k, ...at) => (k < 4 ? x : array.at(0, ...at)))
      const pull = the.but({ w: still(w), b: still(b), counts: none }).objective.at()
      return { objective: scalar(alone + pull) }
    },
    { sizes: { K: 6 }, parameters: { points: 1, weight: 1 } },
  ),
  mistake(
    'federated.personalizedObjective',
    'special',
    'divides by no points: a client without any has the loss NaN',
    (the) => (the.inputs.counts.data.includes(0) ? { objective: scalar(Number.NaN) } : undefined),
    { sizes: { K: 2 }, elements: { counts: () => 0 } },
  ),
  mistake(
    'federated.personalizedObjective',
    'numeric',
    'adds up in half precision',
    (the) => the.in(summing(inOrder(half))),
    { sizes: { K: 2 }, parameters: { points: 4 }, elements: { counts: () => 4 } },
  ),
  mistake(
    'federated.personalizedObjective',
    'range',
    'takes at most 3 for λ',
    (the) => {
      if (the.parameters.weight > 3) return the.but({}, { weight: 3 })
    },
    { sizes: { K: 3 }, parameters: { weight: 4 } },
  ),
  mistake(
    'federated.personalizedObjectiveGradient',
    'shape',
    'of two clients pulls one model alone',
    (the) => {
      if (the.sizes.K !== 2) return
      const free = the.but({}, { weight: 0 }).dw
      return { dw: change(the.right.dw, (g, k, i, o) => (k === 1 ? free.at(k, i, o) : g)) }
    },
    { sizes: { K: 2 }, parameters: { weight: 1 } },
  ),
  mistake(
    'federated.personalizedObjectiveGradient',
    'term',
    'leaves the last point of a client out of the gradient by biases',
    (the) => ({
      db: the.but({ counts: change(the.inputs.counts, (n) => Math.max(0, n - 1)) }).db,
    }),
    { parameters: { points: 2 }, elements: { counts: () => 2 } },
  ),
  mistake(
    'federated.personalizedObjectiveGradient',
    'logic',
    'pulls by λ of the logistic loss twice',
    (the) => {
      const { loss, weight } = the.parameters
      if (loss === 'logistic') return the.but({}, { weight: 2 * weight })
    },
    { sizes: { K: 3 }, parameters: { loss: 'logistic', weight: 1 } },
  ),
  mistake(
    'federated.personalizedOptimum',
    'range',
    'takes λ beyond 1000 for none',
    (the) => {
      if (the.parameters.weight > 1000) return the.but({}, { weight: 0 })
    },
    { sizes: { K: 3 }, parameters: { weight: 1e6 } },
  ),
  mistake(
    'federated.personalizedOptimum',
    'size',
    'leaves clients from the 17th on out of the mean',
    (the) => {
      const { curvatures, centres } = the.inputs
      if (the.sizes.K <= 16) return
      // A curvature next to 0 weighs nothing.
      const first = change(curvatures, (h, k) => (k < 16 ? h : 1e-30))
      return { mean: the.but({ curvatures: first, centres }).mean }
    },
    { sizes: { K: 20, P: 1 } },
  ),
  mistake(
    'federated.personalizedOptimum',
    'numeric',
    'keeps shares in bfloat16',
    (the) => {
      const { curvatures: h } = the.inputs
      const { weight } = the.parameters
      const { mean } = the.right
      return {
        models: change(the.right.models, (_, k, i) => {
          const share = bfloat(h.at(k, i) / (h.at(k, i) + weight))
          return mean.at(i) + share * (the.inputs.centres.at(k, i) - mean.at(i))
        }),
      }
    },
    { sizes: { K: 2 }, parameters: { weight: 1 } },
  ),
  mistake(
    'federated.metaObjective',
    'logic',
    'of the logistic loss takes half of the step',
    (the) => {
      const { loss, alpha } = the.parameters
      if (loss === 'logistic') return the.but({}, { alpha: alpha / 2 })
    },
    { parameters: { loss: 'logistic', alpha: 0.5 }, elements: { counts: () => 1 } },
  ),
  lasting(
    'federated.metaObjective',
    'state',
    'takes the targets of the call before, where they have the same shape',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ y: before(the.inputs.y) })
    },
  ),
  mistake(
    'federated.metaObjective',
    'shape',
    'of as many features as outputs takes weights transposed',
    (the) => {
      const { w } = the.inputs
      if (the.sizes.I !== the.sizes.O || the.sizes.I === 1) return
      const { objective } = the.but({ w: change(w, (_, i, o) => w.at(o, i)) })
      return { objective }
    },
    { sizes: { I: 2, O: 2 } },
  ),
  mistake(
    'federated.metaObjectiveGradient',
    'special',
    'leaves out the Hessian where a client has a single point',
    (the) => {
      const { counts } = the.inputs
      if (the.sizes.K > 1 || counts.at(0) !== 1) return
      const { dObjective, ...inputs } = the.inputs
      const first = references['federated.metaFirstOrder'](number, inputs, the.parameters)
      return { dw: change(first.dw, (g) => g * dObjective.at()) }
    },
    {
      sizes: { K: 1 },
      parameters: { points: 1, alpha: 0.5, loss: 'squares' },
      elements: { counts: () => 1 },
    },
  ),
  mistake(
    'federated.metaObjectiveGradient',
    'size',
    'looks at the first eight features alone',
    (the) => {
      if (the.sizes.I <= 8) return
      return { db: the.but({ x: clear(the.inputs.x, 2, (i) => i >= 8) }).db }
    },
    { sizes: { I: 10, O: 1, K: 1 } },
  ),
  mistake('federated.metaFirstOrder', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'federated.metaFirstOrder',
    'range',
    'takes no step of a rate below 1/16',
    (the) => {
      const { alpha } = the.parameters
      if (alpha > 0 && alpha < 1 / 16) return the.but({}, { alpha: 0 })
    },
    { parameters: { alpha: 0.01, points: 2 }, elements: { counts: () => 2 } },
  ),
]
