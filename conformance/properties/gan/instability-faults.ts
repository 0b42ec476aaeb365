import { build, memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import { bilinearGame as reference } from '../../../reference/gan/instability.ts'
import { bilinearGame } from '../../../spec/gan/instability.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(bilinearGame, reference)

export const stepsInTurn = wrong.parameters('lets the players step in turn always', () => ({
  order: 'alternating',
}))
export const stepsAtOnce = wrong.parameters('lets both step at once always', () => ({
  order: 'simultaneous',
}))
export const bothMinimize = wrong.answer(
  'lets both players minimize',
  ({ inputs: { x, y }, parameters: { rate, steps } }) => {
    const after: [typeof x, typeof y][] = []
    let [xt, yt] = [x, y]
    for (let t = 0; t < steps; t++) {
      const [x0, y0] = [xt, yt]
      xt = build(x.shape, (i) => x0.at(i) - rate * y0.at(i))
      yt = build(y.shape, (i) => y0.at(i) - rate * x0.at(i))
      after.push([xt, yt])
    }
    return { x: stacked(after.map(([one]) => one)), y: stacked(after.map(([, one]) => one)) }
  },
)
export const exchangesSides = wrong.parameters('exchanges who minimizes', ({ rate }) => ({
  rate: -rate,
}))
export const otherFirst = wrong.answer(
  'lets the player who maximizes go first',
  ({ inputs: { x, y }, parameters, right }) => {
    if (parameters.order === 'simultaneous') return right({ x, y }, parameters)
    // With the players exchanged, and the sign of one of them.
    const { x: first, y: second } = right({ x: y, y: changed(x, (v) => -v) }, parameters)
    return { x: changed(second, (v) => -v), y: first }
  },
)
export const staysAtFirst = wrong.outputs('begins every step at the start', ({ x, y }) => ({
  x: stacked(Array.from({ length: x.shape[0]! }, () => memberOf(x, 0))),
  y: stacked(Array.from({ length: y.shape[0]! }, () => memberOf(y, 0))),
}))
export const dampens = wrong.outputs(
  'lets the player who minimizes forget a thousandth each step',
  ({ x }) => ({ x: build(x.shape, (t, i) => x.at(t, i) * 0.999 ** (t + 1)) }),
)
export const clamps = wrong.outputs('keeps parameters within 4', ({ x, y }) => ({
  x: changed(x, (v) => Math.max(-4, Math.min(4, v))),
  y: changed(y, (v) => Math.max(-4, Math.min(4, v))),
}))
