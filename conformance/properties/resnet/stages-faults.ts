import { build } from '../../../reference/arithmetic/array.ts'
import { conv2d as conv2dReference } from '../../../reference/cnn/conv2d.ts'
import {
  stageCosts as costsReference,
  stageMemory as memoryReference,
  stageShapes as shapesReference,
} from '../../../reference/resnet/stages.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { stageCosts, stageMemory, stageShapes } from '../../../spec/resnet/stages.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongShapes = faultsOf(stageShapes, shapesReference)
const wrongConvolution = faultsOf(conv2d, conv2dReference)
const wrongCosts = faultsOf(stageCosts, costsReference)
const wrongMemory = faultsOf(stageMemory, memoryReference)

export const roundsDown = wrongShapes.outputs(
  'rounds odd sizes down',
  ({ shapes }, { parameters: { rows, columns } }) => {
    const down = (size: number, s: number) => Math.max(1, Math.floor(size / 2 ** s))
    return {
      shapes: build(shapes.shape, (s, axis) =>
        axis === 2 ? shapes.at(s, axis) : down(axis === 0 ? rows : columns, s),
      ),
    }
  },
)

export const keepsChannels = wrongShapes.outputs(
  'keeps the number of channels',
  ({ shapes }, { parameters: { channels } }) => ({
    shapes: changed(shapes, (size, k) => (k % 3 === 2 ? channels : size)),
  }),
)

export const halvesFirst = wrongShapes.parameters(
  'halves on entering the first stage already',
  ({ rows, columns }) => ({ rows: Math.ceil(rows / 2), columns: Math.ceil(columns / 2) }),
)

export const padsBehind = wrongConvolution.parameters(
  'moves all padding to the bottom and right when it strides, as `same` does on even sizes',
  ({ strides, padding }) => ({ padding: strides[0] > 1 ? [0, 2, 0, 2] : padding }),
)

export const doublesCost = wrongCosts.outputs(
  'counts the doubled channels once instead of on both sides',
  ({ multiplyAdds, weights }) => ({
    multiplyAdds: changed(multiplyAdds, (count, s) => count / 2 ** s),
    weights: changed(weights, (count, s) => count / 2 ** s),
  }),
)

export const halvesOneSide = wrongCosts.outputs(
  'halves the rows and keeps the columns',
  ({ multiplyAdds }, { parameters: { columns } }) => {
    const halved = (s: number) => Math.ceil(columns / 2 ** s)
    return { multiplyAdds: changed(multiplyAdds, (count, s) => (count / halved(s)) * columns) }
  },
)

export const memoryConstant = wrongMemory.outputs(
  'E-16 read literally: every stage holds as much as the first',
  ({ memory }, { parameters: { halves, stages } }) => {
    if (!halves) return {}
    const first = memory.at(0)
    return { memory: filled(memory.shape, first), total: scalar(first * stages) }
  },
)

export const memoryQuarters = wrongMemory.outputs(
  'forgets that the channels double',
  ({ memory }) => ({ memory: changed(memory, (count, s) => count / 2 ** s) }),
)

export const alwaysHalves = wrongMemory.parameters(
  'halves rows and columns even where they are kept',
  () => ({ halves: true }),
)
