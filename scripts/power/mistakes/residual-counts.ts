import { toBits } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what counts the layers of residual networks. */
export const residualCountMistakes: readonly Mistake[] = [
  mistake(
    'resnet.basicBlockLayers',
    'range',
    'keeps multiply-adds in 31 bits',
    (the) => ({
      multiplyAdds: change(the.right.multiplyAdds, (v) => v % 2 ** 31),
    }),
    { parameters: { rows: 1000, columns: 1000, channels: 16 } },
  ),
  mistake(
    'resnet.basicBlockLayers',
    'size',
    'from 24 channels on counts tiles of 8',
    (the) => {
      const { channels } = the.parameters
      if (channels > 24 && channels % 8 > 0)
        return the.but({}, { channels: channels + 8 - (channels % 8) })
    },
    { parameters: { channels: 25 } },
  ),
  mistake('resnet.bottleneckLayers', 'numeric', 'gives the ratio with three digits', (the) => ({
    ratio: change(the.right.ratio, (v) => Math.round(v * 1000) / 1000),
  })),
  mistake(
    'resnet.bottleneckLayers',
    'range',
    'knows inner channels up to a quarter of the outer ones',
    (the) => {
      const { channels, inside } = the.parameters
      if (inside * 4 > channels && channels >= 4)
        return the.but({}, { inside: Math.floor(channels / 4) })
    },
  ),
  mistake('resnet.stageShapes', 'size', 'a fourth stage has the channels of the third', (the) => {
    const { shapes } = the.right
    return { shapes: change(shapes, (v, s, axis) => (s === 3 && axis === 2 ? shapes.at(2, 2) : v)) }
  }),
  mistake('resnet.stageShapes', 'special', 'one row becomes none', (the) => ({
    shapes: change(the.right.shapes, (v, s, axis) =>
      s > 0 && axis < 2 && v === 1 && the.right.shapes.at(s - 1, axis) === 1 ? 0 : v,
    ),
  })),
  mistake(
    'resnet.stageCosts',
    'range',
    'counts in 32 bits without a sign',
    (the) => ({
      multiplyAdds: change(the.right.multiplyAdds, (v) => v % 2 ** 32),
    }),
    { parameters: { rows: 224, columns: 224, channels: 128, stages: 2 } },
  ),
  mistake('resnet.stageCosts', 'shape', 'takes images for square, by their columns', (the) => {
    const { columns } = the.parameters
    return { multiplyAdds: the.but({}, { rows: columns }).multiplyAdds }
  }),
  mistake(
    'resnet.stageMemory',
    'term',
    'the total leaves the last of several stages out',
    (the) => {
      const { memory, total } = the.right
      const last = memory.shape[0] - 1
      if (last > 1) return { total: change(total, (v) => v - memory.at(last)) }
    },
  ),
  mistake(
    'resnet.stageMemory',
    'range',
    'counts in 16 bits',
    (the) => ({ memory: change(the.right.memory, (v) => v % 65536) }),
    {
      parameters: { rows: 200, columns: 200, channels: 2 },
    },
  ),
  mistake(
    'resnet.network',
    'range',
    'images of more than 128 pixels: the mean is over 7 × 7 pixels of them at most',
    (the) => {
      const { layers } = the.right
      return {
        layers: change(layers, (v, l, column) =>
          layers.at(l, 0) === 2 && column === 1 ? Math.min(v, 7) : v,
        ),
      }
    },
    { parameters: { side: 256 } },
  ),
  mistake(
    'resnet.network',
    'logic',
    'the deepest network has the strides of the others, first, whatever is asked',
    (the) => {
      if (the.parameters.depth === '152') return the.but({}, { strideIn: 'first' })
    },
    { parameters: { depth: '152', strideIn: 'middle' } },
  ),
  mistake(
    'resnet.networkCounts',
    'logic',
    'of 101 layers counts one block too few in the third stage',
    (the) => {
      if (the.parameters.depth === '101')
        return { weighted: change(the.right.weighted, (v, part) => (part === 3 ? v - 3 : v)) }
    },
    { parameters: { depth: '101' } },
  ),
  mistake(
    'resnet.networkCounts',
    'range',
    'counts multiply-adds with 24 bits of significand from 2³² on',
    (the) => ({
      multiplyAdds: change(the.right.multiplyAdds, (v) => (v >= 2 ** 32 ? toBits(16)(v) : v)),
    }),
    { parameters: { depth: '152', side: 224 } },
  ),
  mistake(
    'resnet.poolingCost',
    'special',
    'calls a maximum dearer when both cost the same',
    (the) => {
      const { operations } = the.right
      if (operations.at(0) === 0) return { dearer: scalar(1) }
    },
    { parameters: { window: 1 } },
  ),
  mistake('resnet.poolingCost', 'range', 'takes windows above 5 for 5', (the) =>
    the.but({}, { window: Math.min(5, the.parameters.window) }),
  ),
]
