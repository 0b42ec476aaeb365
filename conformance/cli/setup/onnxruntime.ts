import { setupFolder } from '../../../impl/device/packages.ts'
import { loadRuntime, onnxruntimePin } from '../../adapters/libraries/onnxruntime.ts'
import { makeFolder } from '../../base/writable.ts'
import { must, say } from './command.ts'

/** Keeps the package's script from downloading libraries for GPUs; the one for the processor is in it. */
const env = { ONNXRUNTIME_NODE_INSTALL: 'skip', ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip' }

/**
 * Installs ONNX Runtime for the processor.
 *
 * @throws {UnrunnableError} it does not install, or does not load
 */
export async function setUpOnnxruntime(): Promise<void> {
  const folder = setupFolder('onnxruntime')
  makeFolder(folder)
  say(onnxruntimePin)
  const words = ['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund']
  await must([...words, onnxruntimePin], {
    purpose: 'installing ONNX Runtime',
    cwd: folder,
    env,
  })
  const { version } = loadRuntime([folder])
  say(`ready: ONNX Runtime ${version}`)
  say('npx touchstone run -i onnxruntime')
}
