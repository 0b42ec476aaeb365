import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { alexnet as reference } from '../../../reference/inception/alexnet.ts'
import { alexnet, fullyConnectedShare } from '../../../spec/inception/alexnet.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'

const wrong = faultsOf(alexnet, reference)

const ignoresGroups = wrong.parameters(
  'gives every filter all channels, whatever the groups',
  () => ({ groups: 1 }),
)

const forgetsBiases = wrong.outputs('leaves the biases out', (answer, { parameters }) => {
  const units = [96, 256, 384, 384, 256, 4096, 4096, parameters.classes]
  return {
    parameters: changed(answer.parameters, (count, layer) => count - units[layer]!),
  }
})

const pooledHead = wrong.parameters(
  'puts the first fully connected layer on the means of the channels',
  () => ({ side: 67 }),
)

const costLikeSize = wrong.outputs(
  'counts a weight once, however many positions use it',
  (answer) => {
    return { shareOfCost: answer.shareOfParameters }
  },
)

const roundsUp = wrong.parameters('rounds positions up', (parameters) => {
  // The next side that every window fits without rest.
  const side = Math.ceil((parameters.side - 67) / 32) * 32 + 67
  return { side }
})

const ofImageNet = { side: 227, classes: 1000, groups: 2 } as const

export const alexnetProperties = properties(
  fullyConnectedShare,
  agreement(alexnet, 'integers', {
    kills: [ignoresGroups, forgetsBiases, pooledHead, costLikeSize, roundsUp],
  }),
  law('shares', {
    of: alexnet,
    title: 'the shares are those of the counts',
    kills: [costLikeSize],
    async holds(bench) {
      const { multiply, total } = bench.arithmetic
      const answer = await bench.measure(alexnet, {}, bench.parameters)
      const compare = (
        label: string,
        counts: typeof answer.parameters,
        share: typeof answer.shareOfCost,
      ) => ({
        label,
        expected: build([], () => total(counts.data.slice(5))),
        actual: build([], () => multiply(share.at(), total(counts.data))),
      })
      return [
        compare('parameters', answer.parameters, answer.shareOfParameters),
        compare('multiply-adds', answer.multiplyAdds, answer.shareOfCost),
      ]
    },
  }),
  law('about-95', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [alexnet],
    title: 'about 95 of 100 parameters and 5 to 10 of 100 multiply-adds, as published',
    kills: [pooledHead, costLikeSize],
    share: 0.01,
    async holds({ answer, arithmetic }) {
      const { exact, maximum } = arithmetic
      const { shareOfParameters, shareOfCost } = await answer(alexnet, {}, ofImageNet)
      const atMost = (label: string, x: typeof shareOfCost, y: typeof shareOfCost) => ({
        label,
        expected: y,
        actual: build([], () => maximum([x.at(), y.at()])),
      })
      const number = (value: number) => build([], () => exact(value))
      return [
        atMost('parameters, at least', number(0.95), shareOfParameters),
        atMost('multiply-adds, at least', number(0.05), shareOfCost),
        atMost('multiply-adds, at most', shareOfCost, number(0.1)),
      ]
    },
  }),
  published(
    'layers',
    alexnet,
    [
      {
        parameters: ofImageNet,
        printed: [
          {
            label: 'parameters of each layer',
            output: 'parameters',
            values: [34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000],
          },
        ],
      },
    ],
    {
      title: 'the layers of section 3.5, by hand',
      kills: [ignoresGroups, forgetsBiases, pooledHead],
    },
  ),
  law('sixty-million', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [alexnet],
    title: 'all together 60 965 224 parameters, where 60 million are printed',
    kills: [ignoresGroups, forgetsBiases],
    share: 0.01,
    async holds({ answer, arithmetic, exact }) {
      const { parameters } = await answer(alexnet, {}, ofImageNet)
      return [
        {
          label: 'all layers',
          expected: exact(fromData([], [60_965_224])),
          actual: build([], () => arithmetic.total(parameters.data)),
        },
      ]
    },
  }),
)
