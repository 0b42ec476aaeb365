import { createRequire } from 'node:module'
import { join } from 'node:path'
import { operationById } from '../../../spec/index.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { UnrunnableError } from '../../base/errors.ts'
import { root } from '../../base/root.ts'
import type { Implementation, Inputs } from '../../engine/implementation.ts'
import { type AnsweredTensor, defineImplementation, type Operations } from '../define.ts'
import { convolutionGraphs } from './onnx-graphs.ts'
import { type Graph, modelOf } from './onnx-model.ts'
import { poolingGraphs } from './onnx-pooling.ts'
import { reasonsFor } from './unsupported.ts'

const packageName = 'onnxruntime-node'

/** How to get the package, which is too large to come with this one. Its script would download more. */
export const howToInstall = [
  'ONNXRUNTIME_NODE_INSTALL=skip npm install --no-save --ignore-scripts onnxruntime-node',
]

const graphs = { ...convolutionGraphs, ...poolingGraphs }

/**
 * ONNX Runtime on the processor, bare.
 *
 * @throws {UnrunnableError} it is not installed, or does not load
 */
export function onnxruntime(): Implementation {
  const { runtime, version } = loadRuntime()
  const operations = Object.fromEntries(
    Object.entries(graphs).map(([id, graph]) => [id, running(runtime, id, graph as AnyGraph)]),
  )
  return defineImplementation({
    name: 'onnxruntime',
    version,
    precision: 'float32',
    profile: 'ieee',
    device: 'onnxruntime-node, CPU',
    operations: operations as Operations,
    unsupported: reasonsFor('ONNX Runtime', graphs, own, noGradients),
    versions: { [packageName]: version },
  })
}

const noGradients = 'onnxruntime-node runs models and derives nothing of them'
const own = {
  'cnn.lrnWithin': 'LRN works across channels only',
  'cnn.dropout': 'Dropout draws its mask itself, and takes none',
  'cnn.patches': 'ONNX has Col2Im, and no operator that gives the patches of an image',
  'cnn.locallyConnected': 'ONNX has no locally connected layer',
  'efficient.channelShuffle': 'ONNX has no operator that shuffles channels',
}

type AnyGraph = (inputs: Inputs, parameters: Parameters) => Graph

/** A question as a model of its own, with the weights in it, as models come. */
function running({ InferenceSession, Tensor }: Runtime, id: string, graph: AnyGraph) {
  const [output] = Object.keys(operationById(id)!.outputs)
  return async (
    inputs: Inputs,
    parameters: Parameters,
  ): Promise<Record<string, AnsweredTensor>> => {
    const made = graph(inputs, parameters)
    const session = await InferenceSession.create(modelOf(made), { logSeverityLevel: 4 })
    try {
      const { shape, data } = inputs[made.input] as Tensor
      const feeds = { [made.input]: new Tensor('float32', Float32Array.from(data), [...shape]) }
      const { dims, data: elements } = Object.values(await session.run(feeds))[0]!
      return { [output!]: { shape: [...dims], data: elements.slice() } }
    } finally {
      await session.release()
    }
  }
}

/** The part of the package that is used. */
interface Runtime {
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: { readonly logSeverityLevel: 0 | 1 | 2 | 3 | 4 },
    ): Promise<Session>
  }
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => object
}
interface Session {
  run(
    feeds: Readonly<Record<string, object>>,
  ): Promise<Record<string, { readonly dims: readonly number[]; readonly data: Float32Array }>>
  release(): Promise<void>
}

/**
 * The package, looked for in the folder of the user first.
 *
 * @throws {UnrunnableError} it is not installed, or does not load
 */
export function loadRuntime(folders: readonly string[] = [process.cwd(), root]): {
  readonly runtime: Runtime
  readonly version: string
} {
  for (const folder of folders) {
    const require = createRequire(join(folder, 'from-here.js'))
    let found: string
    try {
      found = require.resolve(packageName)
    } catch {
      continue
    }
    try {
      const { version } = createRequire(found)(`${packageName}/package.json`)
      return { runtime: require(found), version }
    } catch (error) {
      throw new UnrunnableError(`${packageName} does not load: ${(error as Error).message}`)
    }
  }
  throw new UnrunnableError(`${packageName} is not installed`, ['to install it:', ...howToInstall])
}
