import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { descend } from '../training/descent.ts'
import { convexOptimization } from '../training/publications.ts'

/** How many steps a start near the minimum saves. */
export const warmStart = operation({
  id: 'transfer.warmStart',
  title: 'Steps from a cold and from a warm start',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    contraction: real({ min: 0, max: 1, open: true, from: 0.3, to: 0.95, values: [0.5, 0.75] }),
    distance: real({ min: 0, open: true, from: 1, to: 64, values: [1, 8] }),
    ratio: real({ min: 0, max: 1, open: true, from: 0.01, to: 0.9, values: [0.5, 0.1] }),
    tolerance: real({ min: 0, open: true, from: 0.001, to: 0.5, values: [0.01] }),
  },
  usual: [
    { parameters: { contraction: 0.9, ratio: 0.1, tolerance: 0.01 } },
    { parameters: { contraction: 0.5, ratio: 0.5 } },
  ],
  outputs: {
    cold: array('steps from the cold start until the distance is at most the tolerance'),
    warm: array('steps from the warm start'),
  },
  classes: {
    'warm start near enough': ({ parameters: p }: CaseView) => p.ratio * p.distance <= p.tolerance,
    'both need steps': ({ parameters: p }: CaseView) => p.ratio * p.distance > p.tolerance,
  },
})

export const warm = clause({
  id: 'transfer.warm-start',
  title: 'A start nearer to the minimum saves the steps that it takes to get there',
  kind: 'theorem',
  operations: [warmStart, descend],
  statement:
    'Where every step leaves the share $q < 1$ of the distance from the minimum, $\\lceil \\ln(d/\\epsilon) / \\ln(1/q) \\rceil$ steps lead from the distance $d$ to within $\\epsilon$, none if it is within already. A start at $r d \\ge \\epsilon$ in the same direction, $r < 1$, so saves $\\ln(1/r) / \\ln(1/q)$ steps, rounded up or down: a constant number, however small $\\epsilon$ is. On any quadratic with positive eigenvalues the distance after $t$ steps is at most $q^t$ times the first one, $q = \\max_i |1 - \\eta\\lambda_i|$.',
  formula: String.raw`\lVert x_t - x^* \rVert \le q^t \lVert x_0 - x^* \rVert,\qquad t(d) = \max\left(0, \left\lceil \frac{\ln(d/\epsilon)}{\ln(1/q)} \right\rceil\right),\qquad t(d) - t(rd) \in \left\{ \left\lfloor \frac{\ln(1/r)}{\ln(1/q)} \right\rfloor, \left\lceil \frac{\ln(1/r)}{\ln(1/q)} \right\rceil \right\} \text{ for } rd \ge \epsilon`,
  domain:
    'Starts in the same direction from the minimum, or equal eigenvalues; the bound on any quadratic with positive eigenvalues.',
  conventions: [],
  evaluations: [{ way: '$\\ln d - \\ln\\epsilon$' }],
  source: {
    notes: [[145, 145]],
    publications: [{ ...convexOptimization, where: 'theorem 2.1.15' }],
  },
  errata: [],
})
