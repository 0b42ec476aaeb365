import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { networkCurvature, tanhNetwork, tanhNetworkClasses } from './obd-network.ts'
import { lecun, mozer } from './publications.ts'

/** What the loss of a network gains by the removal of each weight, by itself. */
export const networkSensitivity = operation({
  id: 'pruning.networkSensitivity',
  title: 'Change of the loss of a network by the removal of each weight',
  level: 'core',
  dimensions: tanhNetwork.dimensions,
  inputs: tanhNetwork.inputs,
  parameters: { outputs: tanhNetwork.outputsAre },
  usual: [{ sizes: { N: 4, D: 2, M: 2, C: 1 } }],
  work: ({ N, D, M, C }) => N! * (D! * M! + M! * C!) ** 2,
  effort: () => 20,
  saturating: ['x', 'weights1', 'bias1', 'weights2', 'bias2'],
  sums: 'Each is a difference of two losses, in which the sums of the layers are squared.',
  outputs: {
    loss: array('the loss with all weights'),
    changes1: array('the loss without each weight of the first layer minus that', 'D', 'M'),
    changes2: array('the loss without each weight of the second layer minus that', 'M', 'C'),
  },
  classes: {
    ...tanhNetworkClasses,
    'a weight that is 0': ({ inputs: { weights1, weights2 } }: CaseView) =>
      weights1!.data.includes(0) || weights2!.data.includes(0),
  },
})

export const ofNetwork = clause({
  id: 'pruning.sensitivity.network',
  title: 'The sensitivity of a network to a weight is the loss of the network without it',
  kind: 'formula',
  operations: [networkSensitivity, networkCurvature],
  statement:
    'For any loss, the sensitivity to a weight is what the loss of the network with this weight at 0, all others as they are, has more than that of the network. To know it for all weights takes a pass forward for each. An expansion to the second order is cheaper; it is exact for the weights to linear outputs, along which the squared error is quadratic, and only for those.',
  formula: String.raw`\Delta_k = E(u - u_k e_k) - E(u),\qquad f(a) = a \;\Rightarrow\; \Delta_{jc} = -\frac{\partial E}{\partial W_{jc}} W_{jc} + \tfrac12 \frac{\partial^2 E}{\partial W_{jc}^2} W_{jc}^2`,
  domain:
    'Any samples, targets and parameters of a network with one hidden layer of hyperbolic tangents, its outputs linear or tangents, too.',
  conventions: [
    {
      choice:
        'The loss is the squared error without a half, as a mean over samples, as for second derivatives.',
      others: 'With a half, or as a sum, all changes have that factor.',
    },
  ],
  source: {
    notes: [[192, 192]],
    publications: [
      { ...mozer, where: 'the relevance of a unit: the error without it minus the error with it' },
      { ...lecun, where: 'section 2, equation 1' },
    ],
  },
  errata: [],
})
