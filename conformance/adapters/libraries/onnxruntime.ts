import { createRequire } from 'node:module'
import { findPackage, setupFolder } from '../../../impl/device/packages.ts'
import { operationById } from '../../../spec/index.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import { UnrunnableError } from '../../base/errors.ts'
import { messageOf } from '../../base/message.ts'
import { mapValues } from '../../base/records.ts'
import { root } from '../../base/root.ts'
import type { Implementation, Inputs } from '../../engine/implementation.ts'
import { defineImplementation, type Operations } from '../define.ts'
import { bare } from './bare.ts'
import { compressionDomains, compressionGraphs } from './onnx-compression.ts'
import { axes, conventions, graphs } from './onnx-graphs.ts'
import { type Graph, modelOf } from './onnx-model.ts'
import { networkDomains, networkGraphs } from './onnx-networks.ts'
import { cellsAtTheEnd, recurrentGraphs } from './onnx-recurrent.ts'
import { composedOf } from './unsupported.ts'

const packageName = 'onnxruntime-node'

/** The version that is set up, with which the findings were seen. */
export const onnxruntimePin = `${packageName}@1.30.0`

/** Gets the package, which is too large to come with this one. */
export const SETUP_ONNXRUNTIME = 'npx touchstone setup onnxruntime'

/**
 * ONNX Runtime on the processor, bare.
 *
 * @throws {UnrunnableError} it is not installed, or does not load
 */
export function onnxruntime(): Implementation {
  const { runtime, version } = loadRuntime()
  const all: Readonly<Record<string, unknown>> = {
    ...graphs,
    ...compressionGraphs,
    ...recurrentGraphs,
    ...networkGraphs,
  }
  const operations = mapValues(all, (graph, id) => running(runtime, id, graph as AnyGraph))
  const implementation = defineImplementation({
    name: 'onnxruntime',
    version,
    precision: 'float32',
    profile: 'ieee',
    device: 'onnxruntime-node, CPU',
    operations: operations as Operations<typeof conventions>,
    axes,
    conventions,
    supports: { ...compressionDomains, ...networkDomains },
    stateless: cellsAtTheEnd,
    unchecked: composedOf('ONNX Runtime', { ...compressionGraphs, ...networkGraphs }),
    versions: { [packageName]: version },
  })
  return bare('onnxruntime', implementation)
}

type AnyGraph = (inputs: Inputs, parameters: Parameters) => Graph

/** A question as a model of its own, with the weights in it, as models come. */
function running({ InferenceSession, Tensor }: Runtime, id: string, graph: AnyGraph) {
  const [first] = Object.keys(operationById(id)!.outputs)
  return async (inputs: Inputs, parameters: Parameters) => {
    const made = graph(inputs, parameters)
    const session = await InferenceSession.create(modelOf(made), { logSeverityLevel: 4 })
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
          { shape: [...dims], data: Float32Array.from(elements) },
        ]),
      )
    } finally {
      await session.release()
    }
  }
}

/** The part of the package that is used. */
interface Runtime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: { readonly logSeverityLevel: 4 }): Promise<Session>
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
type Result = { readonly dims: readonly number[]; readonly data: Float32Array | Uint16Array }

/** Where the package is looked for: in the folder of the user first, and where it was set up. */
const places = () => [process.cwd(), root, setupFolder('onnxruntime')]

/** Where the package lies, and its version; `undefined` where it is not installed. */
export const findRuntime = (folders = places()) => findPackage(packageName, folders)

/**
 * The package, loaded.
 *
 * @throws {UnrunnableError} it is not installed, or does not load
 */
export function loadRuntime(folders = places()) {
  const found = findRuntime(folders)
  if (found === undefined) {
    throw new UnrunnableError(`${packageName} is not installed`, [SETUP_ONNXRUNTIME])
  }
  const { file, version } = found
  try {
    return { runtime: createRequire(file)(file) as Runtime, version }
  } catch (error) {
    throw new UnrunnableError(`${packageName} does not load: ${messageOf(error)}`)
  }
}
