import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'

/** How the parameters and the multiply-adds of AlexNet are spread over its layers. */
export const alexnet = operation({
  id: 'inception.alexnet',
  title: 'Parameters and multiply-adds of AlexNet',
  level: 'core',
  dimensions: { Layers: derived(() => 8, 'five convolutions, three fully connected layers') },
  inputs: {},
  parameters: {
    side: integer({ min: 67, upTo: 256 }),
    classes: integer({ min: 1, upTo: 1000 }),
    /** Into how many groups the second, fourth and fifth convolution are divided: 2 as published. */
    groups: integer({ min: 1, max: 2, upTo: 2 }),
  },
  usual: [
    { parameters: { side: 227, classes: 1000, groups: 2 } },
    { parameters: { side: 227, classes: 1000, groups: 1 } },
    { parameters: { side: 224, classes: 1000 } },
  ],
  outputs: {
    parameters: array('weights and biases of each layer', 'Layers'),
    multiplyAdds: array('its multiply-adds for one image', 'Layers'),
    shareOfParameters: array('what part of all parameters the fully connected layers have'),
    shareOfCost: array('what part of all multiply-adds they take'),
  },
  classes: {
    'in two groups': ({ parameters }: CaseView) => parameters.groups === 2,
    'in one group': ({ parameters }: CaseView) => parameters.groups === 1,
    'other images than published': ({ parameters }: CaseView) => parameters.side !== 227,
  },
})

const imageNet = {
  title:
    'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks',
  where: 'sections 3.5 and 4',
} as const

export const fullyConnectedShare = clause({
  id: 'inception.head.fully-connected-share',
  title: 'Fully connected layers on all pixels hold nearly all parameters',
  kind: 'count',
  operations: [alexnet],
  statement:
    'AlexNet has five convolutions and, on the 6 × 6 pixels of 256 channels that they leave, fully connected layers of 4096, 4096 and 1000 units. Of its 60 965 224 parameters the fully connected layers have 58 631 144, more than 95 of 100, though they take less than 10 of 100 multiply-adds. That is what a network without hidden layers on all pixels saves.',
  formula: String.raw`\frac{9216 \cdot 4096 + 4096 + 4096^2 + 4096 + 4096 \cdot 1000 + 1000}{60\,965\,224} = \frac{58\,631\,144}{60\,965\,224} \approx 0.962`,
  domain: 'Square images from 67 pixels a side on, any number of classes, one or two groups.',
  conventions: [
    {
      choice: 'Images of 227 pixels a side, which nothing surrounds, leave 55 positions a side.',
      others: 'The publication says 224, which leaves 54.25.',
    },
    {
      choice:
        'Two groups, one a processor, as published; one group for the single-processor variant.',
      others: 'torchvision has a later variant with other numbers of filters.',
    },
  ],
  source: {
    notes: [[102, 102]],
    publications: [
      imageNet,
      {
        title: 'Krizhevsky (2014), One weird trick for parallelizing convolutional neural networks',
        where: 'section 3',
      },
    ],
  },
  errata: [],
})
