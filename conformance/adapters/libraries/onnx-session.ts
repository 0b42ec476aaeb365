import { operationById } from '../../../spec/index.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import { mapValues } from '../../base/records.ts'
import type { Implementation, Inputs } from '../../engine/implementation.ts'
import { defineImplementation, type Operations } from '../define.ts'
import { bare } from './bare.ts'
import { compressionDomains, compressionGraphs } from './onnx-compression.ts'
import { axes, conventions, graphs } from './onnx-graphs.ts'
import { type Graph, modelOf } from './onnx-model.ts'
import { networkDomains, networkGraphs } from './onnx-networks.ts'
import { cellsAtTheEnd, recurrentGraphs } from './onnx-recurrent.ts'
import { composedOf } from './unsupported.ts'

/** What a package of ONNX Runtime says of itself. */
interface About {
  readonly name: string
  readonly version: string
  readonly profile: 'ieee' | 'wgsl' | 'library'
  readonly device: string
  readonly versions: Readonly<Record<string, string>>
}

/** ONNX Runtime, bare, as a package has it; `options` are those of its sessions. */
export function onnxOn(runtime: Runtime, about: About, options: object = {}): Implementation {
  const all: Readonly<Record<string, unknown>> = {
    ...graphs,
    ...compressionGraphs,
    ...recurrentGraphs,
    ...networkGraphs,
  }
  const operations = mapValues(all, (graph, id) => running(runtime, options, id, graph as AnyGraph))
  const implementation = defineImplementation({
    ...about,
    precision: 'float32',
    operations: operations as Operations<typeof conventions>,
    axes,
    conventions,
    supports: { ...compressionDomains, ...networkDomains },
    stateless: cellsAtTheEnd,
    unchecked: composedOf('ONNX Runtime', { ...compressionGraphs, ...networkGraphs }),
  })
  return bare('onnxruntime', implementation)
}

type AnyGraph = (inputs: Inputs, parameters: Parameters) => Graph

/** A question as a model of its own, with the weights in it, as models come. */
function running(
  { InferenceSession, Tensor }: Runtime,
  options: object,
  id: string,
  graph: AnyGraph,
) {
  const [first] = Object.keys(operationById(id)!.outputs)
  return async (inputs: Inputs, parameters: Parameters) => {
    const made = graph(inputs, parameters)
    const session = await InferenceSession.create(modelOf(made), {
      logSeverityLevel: 4,
      ...options,
    })
    try {
      const { shape, data } = inputs[made.input]!
      const feeds = {
        [made.input]:
          made.inputType === undefined
            ? new Tensor('float32', Float32Array.from(data), [...shape])
            : new Tensor('float16', Uint16Array.from(data), [...shape]),
      }
      const answer = Object.entries(await session.run(feeds))
      return Object.fromEntries(
        answer.map(([name, { dims, data: elements }]) => [
          made.outputs === undefined ? first! : name,
          { shape: [...dims], data: Float32Array.from(codesOr(elements)) },
        ]),
      )
    } finally {
      await session.release()
    }
  }
}

/** Halves as their codes, also where there is an array for the numbers that they stand for; others as they are. */
function codesOr(elements: Result['data']): Float32Array | Uint16Array {
  if (elements instanceof Float32Array || elements instanceof Uint16Array) return elements
  return new Uint16Array(elements.buffer, elements.byteOffset, elements.length)
}

/** The part of the packages for Node and for browsers that is used. */
export interface Runtime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<Session>
  }
  readonly Tensor: new (
    type: 'float32' | 'float16',
    data: Float32Array | Uint16Array,
    dims: readonly number[],
  ) => object
}
interface Session {
  run(feeds: Readonly<Record<string, object>>): Promise<Record<string, Result>>
  release(): Promise<void>
}
type Result = {
  readonly dims: readonly number[]
  readonly data: Float32Array | Uint16Array | Halves
}

/** A Float16Array, which not every engine has. */
interface Halves extends ArrayLike<number> {
  readonly buffer: ArrayBuffer
  readonly byteOffset: number
}
