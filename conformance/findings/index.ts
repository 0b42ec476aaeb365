import { nvflareFindings, openflFindings } from './averages.ts'
import { pytorchFidFindings, torchmetricsFindings } from './evaluation.ts'
import type { Finding } from './finding.ts'
import { flowerFindings } from './flower.ts'
import { jaxFindings } from './jax.ts'
import { numpyFindings } from './numpy.ts'
import { onnxruntimeFindings } from './onnxruntime.ts'
import { packageFindings } from './packages.ts'
import { pytorchFindings } from './pytorch.ts'
import { scipyFindings } from './scipy.ts'
import { tfjsFindings } from './tfjs.ts'
import { tensorflowFindings } from './tfjs-tensorflow.ts'
import { wasmFindings } from './tfjs-wasm.ts'
import { webglFindings } from './tfjs-webgl.ts'
import { webgpuFindings } from './tfjs-webgpu.ts'

/** Every finding, by library; each is shown by running the library bare. */
export const findings: readonly Finding[] = [
  ...tfjsFindings,
  ...wasmFindings,
  ...webgpuFindings,
  ...tensorflowFindings,
  ...webglFindings,
  ...onnxruntimeFindings,
  ...numpyFindings,
  ...pytorchFindings,
  ...jaxFindings,
  ...flowerFindings,
  ...scipyFindings,
  ...pytorchFidFindings,
  ...torchmetricsFindings,
  ...nvflareFindings,
  ...openflFindings,
  ...packageFindings,
]
