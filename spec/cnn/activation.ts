import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  type Parameters,
  type Range,
  ranged,
} from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'
import { convolutionStack } from './linear.ts'

const slope = real({ min: 0, max: 1, from: 0, to: 1, values: [0.01, 0.25, 0.5] })

/** Sigmoid and tanh are bounded, whatever is put into them. */
function between({ activation }: Parameters): Range | null {
  if (activation === 'sigmoid') return [0, 1]
  return activation === 'tanh' ? [-1, 1] : null
}

/** What a function with exponentials costs, in products. */
const exponentials: Readonly<Record<string, number>> = { sigmoid: 6, tanh: 3 }

/** A function of one number, applied to every response of a layer. */
export const activation = operation({
  id: 'cnn.activation',
  title: 'Activation function, element by element',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 4, 'rows'),
    W: free(1, 4, 'columns'),
    K: free(1, 4, 'channels'),
  },
  inputs: { x: array('the responses', 'N', 'H', 'W', 'K') },
  parameters: { activation: choice('relu', 'leaky-relu', 'sigmoid', 'tanh'), slope },
  usual: [
    { parameters: { activation: 'relu' } },
    { parameters: { activation: 'leaky-relu', slope: 0.01 } },
    { parameters: { activation: 'leaky-relu', slope: 0.2 } },
    { parameters: { activation: 'sigmoid' } },
    { parameters: { activation: 'tanh' } },
    { parameters: { activation: 'relu' }, sizes: { H: 1, W: 1 } },
  ],
  effort: ({ activation }) => exponentials[activation] ?? null,
  outputs: { y: ranged(between, array('the activations', 'N', 'H', 'W', 'K')) },
  classes: {
    rectifier: ({ parameters }: CaseView) => parameters.activation === 'relu',
    'leaky rectifier': ({ parameters }: CaseView) => parameters.activation === 'leaky-relu',
    sigmoid: ({ parameters }: CaseView) => parameters.activation === 'sigmoid',
    'hyperbolic tangent': ({ parameters }: CaseView) => parameters.activation === 'tanh',
    'a zero under a rectifier': ({ parameters, inputs }: CaseView) =>
      parameters.activation.endsWith('relu') && inputs.x!.data.includes(0),
    'a negative number under a leaky rectifier': ({ parameters, inputs }: CaseView) =>
      parameters.activation === 'leaky-relu' && inputs.x!.data.some((v: number) => v < 0),
    'a large number': ({ inputs }: CaseView) => inputs.x!.data.some((v: number) => v > 100),
    'a large negative number': ({ inputs }: CaseView) =>
      inputs.x!.data.some((v: number) => v < -100),
  },
})

/** Its gradient: each derivative by its own response, and by no other. */
export const activationGradient = gradientOf(activation, {
  title: 'Gradient of an activation function',
})

const krizhevsky = {
  title:
    'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks',
  where: 'section 3.1',
} as const

export const elementwise = clause({
  id: 'cnn.activation.elementwise',
  title: 'An activation function acts on each number by itself',
  kind: 'formula',
  operations: [activation, activationGradient],
  statement:
    "The activation function $\\psi$ maps every response on its own and leaves the shape as it is: which place a number has makes no difference, and no number touches another. So the derivative of the loss by a response is the derivative by its activation times $\\psi'$ there. The functions are the rectifier, the leaky rectifier with its slope for negative numbers, the sigmoid and the hyperbolic tangent.",
  formula: String.raw`y_{nijk} = \psi(x_{nijk}),\quad \frac{\partial E}{\partial x_{nijk}} = \psi'(x_{nijk})\,\frac{\partial E}{\partial y_{nijk}};\qquad \psi(x) = \max(0, x),\ \max(x, \lambda x),\ \frac{1}{1 + e^{-x}},\ \tanh x`,
  domain: 'Finite numbers; slope of the leaky rectifier 0 ≤ λ ≤ 1, ignored by the others.',
  conventions: [
    {
      choice: 'At 0 the derivative of the rectifier is 0, and that of the leaky one is λ.',
      others:
        'Any number in between is a subgradient. TensorFlow and PyTorch take 0 and λ too; JAX takes 0 and 1.',
    },
  ],
  evaluations: [{ way: 'the sigmoid as $\\tfrac12 (1 + \\tanh(x/2))$', profile: 'tanh-sigmoid' }],
  source: {
    notes: [[57, 57]],
    publications: [
      krizhevsky,
      {
        title:
          'Maas, Hannun, Ng (2013), Rectifier nonlinearities improve neural network acoustic models',
        where: 'section 2',
      },
    ],
  },
  errata: [],
})

export const breaksCollapse = clause({
  id: 'cnn.activation.breaks-collapse',
  title: 'A non-linearity between layers keeps them from being one',
  kind: 'theorem',
  operations: [convolutionStack],
  statement:
    "A stack with nothing between its layers is affine: $N(x) + N(x') = N(x + x') + N(0)$. With a rectifier between them it is not: two layers of one weight 1 give $N(x) + N(-x) = |x|$ where an affine stack would give 0. With the hyperbolic tangent they give $N(2x) = 2 N(x) / (1 + N(x)^2)$, less than twice $N(x)$ in size unless $x = 0$.",
  formula: String.raw`N(x) + N(-x) - 2N(0) = |x| \ne 0 \text{ for the rectifier},\qquad N(2x)\,\bigl(1 + N(x)^2\bigr) = 2 N(x) \text{ for } \tanh`,
  domain:
    'Layers of one weight 1, without bias, for the two non-linear stacks; any layers without a non-linearity.',
  conventions: [],
  source: {
    notes: [[57, 57]],
    publications: [
      { title: 'Goodfellow, Bengio, Courville (2016), Deep Learning', where: 'section 6.1' },
    ],
  },
  errata: [],
})
