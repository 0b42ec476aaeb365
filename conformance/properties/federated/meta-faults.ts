import {
  build,
  fromData,
  memberOf,
  type NumberArray,
  stacked,
} from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  metaFirstOrder as firstReference,
  metaObjectiveGradient as gradientReference,
  metaObjective as reference,
} from '../../../reference/federated/meta.ts'
import {
  hessianTimes,
  meanGradient,
  pointsOf,
} from '../../../reference/federated/personalized-loss.ts'
import {
  metaFirstOrder,
  metaObjective,
  metaObjectiveGradient,
} from '../../../spec/federated/meta.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

type Numbers = NumberArray<number>
type Asked = Question<typeof metaObjective>

const wrong = faultsOf(metaObjective, reference)
const wrongGradient = faultsOf(metaObjectiveGradient, gradientReference)
const wrongFirst = faultsOf(metaFirstOrder, firstReference)

/** The points of all clients as those of one, without padding. */
function pooled({ x, y, counts }: Asked['inputs']) {
  const own = (array: Numbers) => {
    const [K, N, size] = array.shape as [number, number, number]
    return Array.from({ length: K }, (_, k) => k).flatMap((k) =>
      array.data.slice(k * N * size, (k * N + counts.at(k)) * size),
    )
  }
  const n = counts.data.reduce((sum, count) => sum + count, 0)
  return {
    x: fromData([1, n, x.shape[2]!], own(x)),
    y: fromData([1, n, y.shape[2]!], own(y)),
    counts: fromData([1], [n]),
  }
}

/** The objective of adapted models, each of them on the points of its client. */
function objectiveOf({ inputs, parameters, right }: Asked, w: Numbers, b: Numbers): Numbers {
  const K = inputs.counts.shape[0]!
  let total = 0
  for (let k = 0; k < K; k++) {
    const counts = changed(inputs.counts, (n, at) => (at === k ? n : 0))
    const model = { w: memberOf(w, k), b: memberOf(b, k) }
    total += right({ ...inputs, ...model, counts }, { ...parameters, alpha: 0 }).objective.at()
  }
  return scalar(total)
}

export const adaptsOnAll = wrong.outputs(
  'E-49 read literally: takes the step on the points of all clients',
  (_, question) => {
    const { inputs, parameters, right } = question
    const { w, b, counts } = inputs
    const step = right({ w, b, ...pooled(inputs) }, parameters)
    const forAll = (models: Numbers) =>
      build([counts.shape[0]!, ...models.shape.slice(1)], (_, ...at) => models.at(0, ...at))
    const [adaptedW, adaptedB] = [forAll(step.adaptedW), forAll(step.adaptedB)]
    return { adaptedW, adaptedB, objective: objectiveOf(question, adaptedW, adaptedB) }
  },
)

export const adaptsInTurn = wrong.outputs(
  'begins the step of each client where that of the one before ended',
  (_, question) => {
    const { inputs, parameters, right } = question
    const one = (array: Numbers, k: number) =>
      build([1, ...array.shape.slice(1)], (_, ...at) => array.at(k, ...at))
    let model = { w: inputs.w, b: inputs.b }
    const each = Array.from({ length: inputs.counts.shape[0]! }, (_, k) => {
      const own = { x: one(inputs.x, k), y: one(inputs.y, k), counts: one(inputs.counts, k) }
      const { adaptedW, adaptedB } = right({ ...model, ...own }, parameters)
      model = { w: memberOf(adaptedW, 0), b: memberOf(adaptedB, 0) }
      return model
    })
    const adaptedW = stacked(each.map(({ w }) => w))
    const adaptedB = stacked(each.map(({ b }) => b))
    return { adaptedW, adaptedB, objective: objectiveOf(question, adaptedW, adaptedB) }
  },
)

export const adaptsNot = wrong.parameters('takes no step', () => ({ alpha: 0 }))

export const ascends = wrong.parameters('goes up the gradient', ({ alpha }) => ({ alpha: -alpha }))

export const sumsClients = wrong.outputs(
  'adds losses of clients up',
  ({ objective }, { sizes }) => ({
    objective: scalar(objective.at() * sizes.K!),
  }),
)

export const countsPadding = wrong.inputs('counts padding as points', ({ counts }, { sizes }) => ({
  counts: filled(counts.shape, sizes.N!),
}))

export const biasesStay = wrong.outputs('adapts weights alone', (_, question) => {
  const { inputs, parameters, right } = question
  const { adaptedW } = right(inputs, parameters)
  const adaptedB = right(inputs, { ...parameters, alpha: 0 }).adaptedB
  return { adaptedB, objective: objectiveOf(question, adaptedW, adaptedB) }
})

/** The mean over clients of what is made of the gradient v at the adapted model of each. */
const throughSteps = (
  name: string,
  make: (
    v: { w: Numbers; b: Numbers },
    curved: (at: 'common' | 'adapted') => typeof v,
    alpha: number,
  ) => typeof v,
) =>
  wrongGradient.outputs(name, ({ dw, db }, { inputs, parameters: { alpha, loss } }) => {
    const { w, b, dObjective, ...data } = inputs
    const K = data.counts.shape[0]!
    const each = Array.from({ length: K }, (_, k) => {
      const points = pointsOf(number, data, k, loss)
      const g = meanGradient(number, { w, b }, points)
      const less = (x: Numbers, slope: Numbers) =>
        changed(x, (v, at) => v - alpha * slope.data[at]!)
      const adapted = { w: less(w, g.w), b: less(b, g.b) }
      const v = meanGradient(number, adapted, points)
      const curved = (at: 'common' | 'adapted') =>
        hessianTimes(number, at === 'common' ? { w, b } : adapted, v, points)
      return make(v as never, curved as never, alpha)
    })
    const share = dObjective.at() / K
    const mean = (slopes: Numbers, of: 'w' | 'b') =>
      changed(slopes, (_, at) => each.reduce((sum, model) => sum + share * model[of].data[at]!, 0))
    return { dw: mean(dw, 'w'), db: mean(db, 'b') }
  })

/** v + factor · c, of both arrays of a model. */
const combined = (v: { w: Numbers; b: Numbers }, factor: number, c: typeof v) => ({
  w: changed(v.w, (x, at) => x + factor * c.w.data[at]!),
  b: changed(v.b, (x, at) => x + factor * c.b.data[at]!),
})

export const leavesOutHessian = throughSteps(
  'leaves out how the step depends on the model',
  (v) => v,
)

export const hessianBehind = throughSteps(
  'takes the Hessian at the adapted model',
  (v, curved, alpha) => combined(v, -alpha, curved('adapted')),
)

export const addsHessian = throughSteps('adds the second-order term', (v, curved, alpha) =>
  combined(v, alpha, curved('common')),
)

export const forgetsAlpha = throughSteps('does not multiply the Hessian by α', (v, curved) =>
  combined(v, -1, curved('common')),
)

export const gradientForgetsFactor = wrongGradient.inputs(
  'takes 1 for the derivative by the objective',
  () => ({ dObjective: scalar(1) }),
)

export const gradientSums = wrongGradient.inputs(
  'adds gradients of clients up',
  ({ dObjective }, { sizes }) => ({ dObjective: scalar(dObjective.at() * sizes.K!) }),
)

export const firstAtCommon = wrongFirst.parameters('takes gradients at the common model', () => ({
  alpha: 0,
}))

export const firstIsExact = wrongFirst.outputs(
  'goes through the step',
  (_, { inputs, parameters }) =>
    gradientReference(number, { ...inputs, dObjective: scalar(1) }, parameters),
)

export const firstSums = wrongFirst.outputs(
  'adds gradients of clients up',
  ({ dw, db }, { sizes }) => ({
    dw: changed(dw, (x) => x * sizes.K!),
    db: changed(db, (x) => x * sizes.K!),
  }),
)
