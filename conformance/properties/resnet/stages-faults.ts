import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d as conv2dReference } from '../../../reference/cnn/conv2d.ts'
import {
  stageCosts as costsReference,
  stageMemory as memoryReference,
  stageShapes as shapesReference,
} from '../../../reference/resnet/stages.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { stageCosts, stageMemory, stageShapes } from '../../../spec/resnet/stages.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongStageShapes = faultsOf(stageShapes, shapesReference)
const wrongConv2d = faultsOf(conv2d, conv2dReference)
const wrongStageCosts = faultsOf(stageCosts, costsReference)
const wrongStageMemory = faultsOf(stageMemory, memoryReference)

export const roundsDown = wrongStageShapes.outputs(
  'rounds odd sizes down',
  ({ shapes }, { parameters }) => {
    const { rows, columns, stages } = parameters
    const down = (size: number, s: number) => Math.max(1, Math.floor(size / 2 ** s))
    return {
      shapes: build([stages, 3], (s, axis) =>
        axis === 0 ? down(rows, s) : axis === 1 ? down(columns, s) : shapes.at(s, axis),
      ),
    }
  },
)

export const keepsChannels = wrongStageShapes.outputs(
  'keeps the number of channels',
  ({ shapes }, { parameters }) => {
    return { shapes: changed(shapes, (size, k) => (k % 3 === 2 ? parameters.channels : size)) }
  },
)

export const halvesFirst = wrongStageShapes.parameters(
  'halves on entering the first stage already',
  ({ rows, columns }) => {
    const half = (size: number) => Math.ceil(size / 2)
    return { rows: half(rows), columns: half(columns) }
  },
)

export const padsBehind = wrongConv2d.answer(
  'moves all padding to the bottom and right when it strides, as `same` does on even sizes',
  ({ inputs, parameters, right }) =>
    right(
      inputs,
      parameters.strides[0] > 1 ? { ...parameters, padding: [0, 2, 0, 2] } : parameters,
    ),
)

export const doublesCost = wrongStageCosts.outputs(
  'counts the doubled channels once instead of on both sides',
  ({ multiplyAdds, weights }) => {
    return {
      multiplyAdds: changed(multiplyAdds, (count, s) => count / 2 ** s),
      weights: changed(weights, (count, s) => count / 2 ** s),
    }
  },
)

export const halvesOneSide = wrongStageCosts.outputs(
  'halves the rows and keeps the columns',
  ({ multiplyAdds, weights }, { parameters }) => {
    const { columns } = parameters
    return {
      weights,
      multiplyAdds: changed(
        multiplyAdds,
        (count, s) => (count / Math.ceil(columns / 2 ** s)) * columns,
      ),
    }
  },
)

export const memoryConstant = wrongStageMemory.answer(
  'E-16 read literally: every stage holds as much as the first',
  ({ inputs, parameters, right }) => {
    const { memory, total } = right(inputs, parameters)
    if (!parameters.halves) return { memory, total }
    const constant = changed(memory, () => memory.data[0]!)
    return { memory: constant, total: fromData([], [memory.data[0]! * parameters.stages]) }
  },
)

export const memoryQuarters = wrongStageMemory.outputs(
  'forgets that the channels double',
  ({ memory, total }) => {
    return { memory: changed(memory, (count, s) => count / 2 ** s), total }
  },
)

export const alwaysHalves = wrongStageMemory.parameters(
  'halves rows and columns even where they are kept',
  () => ({ halves: true }),
)
