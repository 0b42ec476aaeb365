import { clause } from '../language/clause.ts'
import { conventions, jacobian } from './jacobian.ts'
import { difficulty } from './publications.ts'

export const vanishing = clause({
  id: 'bptt.vanishing',
  title: 'Below a limit of the largest singular value gradients vanish',
  kind: 'theorem',
  operations: [jacobian],
  statement:
    'Where the largest singular value of $W$ is below $1 / \\gamma$, $\\gamma$ being the largest slope of the activation, the Jacobian between two states is at most $q^{t - k}$ in norm, with $q = \\gamma\\,\\sigma_{\\max}(W) < 1$, whatever the inputs are. The largest slope is a quarter for the sigmoid, and 1 for tanh and the rectifier. Units that are saturated pass nothing on.',
  formula: String.raw`\gamma\,\sigma_{\max}(W) \le q < 1 \;\Rightarrow\; \Bigl\lVert \frac{\partial h^{(t)}}{\partial h^{(k)}} \Bigr\rVert_2 \le q^{\,t - k} \to 0`,
  domain: 'Any sequences. The condition suffices, and is not necessary.',
  conventions,
  source: {
    notes: [[384, 388]],
    publications: [{ ...difficulty, where: 'section 2.1' }],
  },
  errata: [
    {
      id: 'E-61',
      lines: [386, 386],
      says: 'Against vanishing gradients, a linear activation is to be chosen.',
      counterexample:
        'One unit without an activation, with the weight ½: over ten steps the Jacobian is 1/1024.',
      correction:
        'A non-linear one is meant, whose slope is 1 where units are active, such as the rectifier. Without an activation gradients vanish all the same.',
      settledBy: { ...difficulty, where: 'section 2.1' },
    },
  ],
})
