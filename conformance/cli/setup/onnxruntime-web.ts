import { setupFolder } from '../../../impl/device/packages.ts'
import { UnrunnableError } from '../../base/errors.ts'
import { makeFolder } from '../../base/writable.ts'
import { findRuntimeWeb, onnxruntimeWebPin } from '../../browser/onnxruntime.ts'
import { must, say } from './command.ts'

/**
 * Installs ONNX Runtime for browsers. Nothing of it runs: it needs no script, and a browser is to load it.
 *
 * @throws {UnrunnableError} it does not install
 */
export async function setUpOnnxruntimeWeb(): Promise<void> {
  const folder = setupFolder('onnxruntime-web')
  makeFolder(folder)
  say(onnxruntimeWebPin)
  const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']
  await must(['npm', 'install', ...options, onnxruntimeWebPin], {
    purpose: 'installing ONNX Runtime for browsers',
    cwd: folder,
  })
  const found = findRuntimeWeb()
  if (found === undefined) throw new UnrunnableError('ONNX Runtime for browsers is not there')
  say(`ready: ONNX Runtime ${found.version} for browsers`)
  say('npx touchstone run -i browser:onnxruntime:wasm')
  say('npx touchstone page touchstone.html --with onnxruntime')
}
