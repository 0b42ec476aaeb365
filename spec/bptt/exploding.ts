import { clause } from '../language/clause.ts'
import { conventions, jacobian } from './jacobian.ts'
import { difficulty } from './publications.ts'

export const exploding = clause({
  id: 'bptt.exploding',
  title: 'Whether gradients explode is a matter of eigenvalues, not of entries',
  kind: 'theorem',
  operations: [jacobian],
  statement:
    'Without an activation the Jacobian over $n$ steps is $W^n$, whose norm is at least $\\rho^n$, $\\rho$ being the largest modulus of an eigenvalue of $W$, and at most $\\kappa \\rho^n$ where $W = S \\Lambda S^{-1}$ is diagonal in a basis of condition $\\kappa$. It grows exponentially exactly if $\\rho > 1$; with $\\rho = 1$ it may still grow, as a power of $n$; where $W$ is nilpotent it is 0 from some $n$ on, however large the entries are. With an activation of slope $\\gamma$ at most, $\\sigma_{\\max}(W) > 1 / \\gamma$ is necessary. Around a state of rest at 0, tanh is as if it were not there.',
  formula: String.raw`\rho^n \le \lVert W^n \rVert \le \kappa(S)\,\rho^n,\qquad \begin{pmatrix} 0 & 10 \\ 0 & 0 \end{pmatrix}^2 = 0,\qquad \begin{pmatrix} .6 & .6 \\ .6 & .6 \end{pmatrix}^n = \tfrac12\, 1.2^n \begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix},\qquad \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}^n = \begin{pmatrix} 1 & n \\ 0 & 1 \end{pmatrix}`,
  domain: 'Networks without an activation, or at rest.',
  conventions,
  source: {
    notes: [[382, 384]],
    publications: [
      { ...difficulty, where: 'section 2.1' },
      { title: 'Horn, Johnson (2013), Matrix Analysis', where: 'section 5.6' },
    ],
  },
  errata: [
    {
      id: 'E-38',
      lines: [382, 384],
      says: 'Gradients explode where many values are above 1, and vanish where many are below.',
      counterexample:
        'W with rows 0, 10 and 0, 0: the Jacobian over two steps is 0. With all entries 0.6 it is 3.1 after ten steps, and grows.',
      correction:
        'Entries do not decide. Gradients vanish if the largest singular value is below 1 / γ, and explode only if it is above; without an activation they explode exactly if an eigenvalue is above 1 in size.',
      settledBy: { ...difficulty, where: 'section 2.1' },
    },
  ],
})
