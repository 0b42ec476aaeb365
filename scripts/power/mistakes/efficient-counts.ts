import { half, toBits } from '../arithmetics.ts'
import { change, reread, scalar } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what counts the layers for small devices. */
export const efficientCountMistakes: readonly Mistake[] = [
  mistake(
    'efficient.separableCost',
    'range',
    'counts in 31 bits',
    (the) => ({
      multiplyAdds: change(the.right.multiplyAdds, (v) => v % 2 ** 31),
    }),
    { parameters: { kernel: 5, channels: 1024, filters: 1024, side: 112 } },
  ),
  mistake('efficient.separableCost', 'numeric', 'gives the ratio in half precision', (the) => ({
    ratio: change(the.right.ratio, half),
  })),
  mistake('efficient.scaledCost', 'shape', 'takes widths of half or less for a half', (the) => {
    const [a, b] = the.parameters.width
    if (a * 2 < b) return { weights: change(the.right.weights, (v) => v * 2) }
  }),
  mistake(
    'efficient.scaledCost',
    'special',
    'full width and full resolution still cost one filter less',
    (the) => {
      const { width, resolution } = the.parameters
      if (width[0] === width[1] && resolution[0] === resolution[1])
        return { multiplyAdds: change(the.right.multiplyAdds, (v) => v - 1) }
    },
  ),
  mistake(
    'efficient.mobilenet',
    'logic',
    'a quarter of the width has the classifier of a half',
    (the) => {
      const { quarters, classes } = the.parameters
      if (quarters === 1)
        return { parameters: change(the.right.parameters, (v) => v + 256 * classes) }
    },
    { parameters: { quarters: 1 } },
  ),
  mistake(
    'efficient.mobilenet',
    'range',
    'a side of one pixel has no multiply-adds',
    (the) => {
      if (the.parameters.side === 1) return { multiplyAdds: scalar(0) }
    },
    { parameters: { side: 1 } },
  ),
  mistake('efficient.fireCounts', 'range', 'knows up to 32 channels', (the) => ({
    unsqueezed: the.but({}, { channels: Math.min(32, the.parameters.channels) }).unsqueezed,
  })),
  mistake(
    'efficient.fireCounts',
    'shape',
    'as many 1 × 1 as 3 × 3 filters: counts one bias for both',
    (the) => {
      const { expand1, expand3 } = the.parameters
      if (expand1 === expand3)
        return { parameters: change(the.right.parameters, (v) => v - expand1) }
    },
    { parameters: { expand1: 4, expand3: 4 } },
  ),
  mistake(
    'efficient.squeezenet',
    'shape',
    'sides that leave one pixel over when pooled lose it twice',
    (the) => ({
      sides: change(the.right.sides, (v, l) =>
        l > 0 && the.right.sides.at(l - 1) % 2 === 0 && v < the.right.sides.at(l - 1) ? v - 1 : v,
      ),
    }),
  ),
  mistake(
    'efficient.squeezenet',
    'logic',
    'version 1.1 has the classifier biases of version 1.0, none',
    (the) => {
      const { version, classes } = the.parameters
      if (version === '1.1') return { parameters: change(the.right.parameters, (v) => v - classes) }
    },
    { parameters: { version: '1.1' } },
  ),
  mistake(
    'efficient.stridedChain',
    'size',
    'the fifth layer has the positions of the fourth',
    (the) => ({
      positions: reread(the.right.positions, 0, (l) => (l === 4 ? 3 : l)),
    }),
    { parameters: { rows: 40, columns: 40, strides: [1, 1, 1, 1, 2] } },
  ),
  mistake(
    'efficient.stridedChain',
    'range',
    'strides above 2 count as 2',
    (the) => the.but({}, { strides: the.parameters.strides.map((s) => Math.min(s, 2)) }),
    { parameters: { rows: 9, strides: [3, 1] } },
  ),
  mistake(
    'efficient.unitCosts',
    'special',
    'as many groups as channels inside, the extreme case, count as one',
    (the) => {
      const { groups, inside } = the.parameters
      if (groups === inside && groups > 1)
        return {
          weights: change(the.right.weights, (v, unit) =>
            unit === 1 ? the.but({}, { groups: 1 }).weights.at(1) : v,
          ),
        }
    },
    { parameters: { groups: 4, inside: 1, channels: 2 } },
  ),
  mistake('efficient.unitCosts', 'shape', 'takes images for square', (the) => ({
    multiplyAdds: the.but({}, { rows: the.parameters.columns }).multiplyAdds,
  })),
  mistake(
    'efficient.denseChannels',
    'range',
    'from 12 layers on, the last has no connections',
    (the) => {
      const { layers } = the.parameters
      if (layers >= 12) return { connections: change(the.right.connections, (v) => v - layers) }
    },
    { parameters: { layers: 12 } },
  ),
  mistake('efficient.denseChannels', 'numeric', 'counts weights with 11 bits', (the) => ({
    weights: change(the.right.weights, toBits(11)),
  })),
  mistake(
    'efficient.densenet',
    'logic',
    'of 201 layers, the third block has as many as that of 169',
    (the) => {
      if (the.parameters.depth === '201')
        return { channels: the.but({}, { depth: '169' }).channels }
    },
    { parameters: { depth: '201' } },
  ),
  mistake(
    'efficient.densenet',
    'range',
    'a side of 32, the smallest one, leaves no pixel in the last block',
    (the) => {
      if (the.parameters.side === 32)
        return { multiplyAdds: change(the.right.multiplyAdds, (v) => v - 1024) }
    },
    { parameters: { side: 32 } },
  ),
]
