import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, ranged } from '../language/operation.ts'
import { activation, derivative, effort, slopes } from './derivatives.ts'
import { deepLearning } from './publications.ts'

/** Whether some path has numbers above 0 only. */
function hasOpenPath({ inputs, sizes }: CaseView): boolean {
  const { T, P } = sizes as Readonly<Record<'T' | 'P', number>>
  const steps = Array.from({ length: T }, (_, t) => t)
  return Array.from({ length: P }, (_, p) => p).some((p) =>
    steps.every((t) => inputs.z!.data[t * P + p]! > 0),
  )
}

/** What is left of a gradient after the activations of a path: the product of their slopes. */
export const pathDerivative = operation({
  id: 'activation.pathDerivative',
  title: 'Product of the slopes along a path',
  level: 'core',
  dimensions: { T: free(1, 6, 'activations in a row'), P: free(1, 4, 'paths') },
  inputs: { z: array('what enters the activations of every path', 'T', 'P') },
  parameters: { activation },
  usual: [
    { parameters: { activation: 'sigmoid' }, sizes: { T: 3 } },
    { parameters: { activation: 'tanh' }, sizes: { T: 3 } },
    { parameters: { activation: 'relu' }, sizes: { T: 3 } },
    { parameters: { activation: 'relu' }, sizes: { T: 100 } },
  ],
  effort,
  outputs: { product: ranged(slopes, array('the product of the slopes of every path', 'P')) },
  classes: {
    sigmoid: ({ parameters }: CaseView) => parameters.activation === 'sigmoid',
    tanh: ({ parameters }: CaseView) => parameters.activation === 'tanh',
    rectifier: ({ parameters }: CaseView) => parameters.activation === 'relu',
    'one activation': ({ sizes }: CaseView) => sizes.T === 1,
    'several in a row': ({ sizes }: CaseView) => sizes.T! > 1,
    'a rectified path that is open': (the: CaseView) =>
      the.parameters.activation === 'relu' && the.sizes.T! > 1 && hasOpenPath(the),
    'a rectified path that is closed by a 0': ({ parameters, inputs }: CaseView) =>
      parameters.activation === 'relu' && inputs.z!.data.includes(0),
  },
})

export const reluDerivative = clause({
  id: 'activation.relu-derivative',
  title: 'The rectifier passes gradients as they are, or not at all',
  kind: 'gradient',
  operations: [derivative, pathDerivative],
  statement:
    'The slope of the rectifier is 1 above 0, and 0 below. Along a path on which all units are active, the product of the slopes is 1, however long the path is; one unit that is not active makes it 0. Through $T$ sigmoids at most $4^{-T}$ is left of a gradient.',
  formula: String.raw`\varphi'(x) = [x > 0],\qquad \prod_{t=1}^{T} \varphi'(z^{(t)}) = \bigl[\min_t z^{(t)} > 0\bigr],\qquad \prod_{t=1}^{T} \sigma'(z^{(t)}) \le 4^{-T}`,
  domain: 'Finite numbers of any size, and any number of activations in a row.',
  conventions: [
    {
      choice: 'The slope at 0 is 0.',
      others:
        'Any number from 0 to 1 is a subgradient there. PyTorch, TensorFlow and JAX take 0, too.',
    },
  ],
  source: {
    notes: [[403, 403]],
    publications: [{ ...deepLearning, where: 'section 6.3' }],
  },
  errata: [],
})
