import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type SetupName, setupFolder } from '../../impl/device/packages.ts'
import { UsageError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import { tryFolder } from '../base/writable.ts'

export interface SetupOptions {
  readonly cpu?: boolean
  readonly cuda?: boolean
  readonly build?: boolean
  readonly again?: boolean
}

/** `touchstone setup`: installs what is too large to come along, into a folder that npm leaves alone. */
export async function setupCommand(name: SetupName, options: SetupOptions): Promise<void> {
  const { cpu, cuda, build, again } = options
  if (name !== 'tensorflow' && (cpu || cuda || build)) {
    throw new UsageError(`--cpu, --cuda and --build are for tensorflow, not for ${name}`)
  }
  if (cpu && cuda) throw new UsageError('--cpu and --cuda exclude each other')
  prepare()
  if (again) rmSync(setupFolder(name), { recursive: true, force: true })
  if (name === 'onnxruntime') await (await import('./setup/onnxruntime.ts')).setUpOnnxruntime()
  else if (name === 'onnxruntime-web') {
    await (await import('./setup/onnxruntime-web.ts')).setUpOnnxruntimeWeb()
  } else if (name === 'python') await (await import('./setup/python.ts')).setUpPython()
  else {
    const variant = cpu ? 'cpu' : cuda ? 'cuda' : undefined
    const { setUpTensorflow } = await import('./setup/tensorflow.ts')
    await setUpTensorflow({ ...(variant && { variant }), ...(build && { build }) })
  }
}

/** Makes the folder, which keeps itself out of the version control of whoever it lies with. */
function prepare(): void {
  const folder = setupFolder()
  try {
    tryFolder(folder)
    writeFileSync(join(folder, '.gitignore'), '*\n')
  } catch (error) {
    throw new UsageError(`${folder} cannot be written`, [
      messageOf(error),
      'install touchstone into a folder of your own, and call it from there',
    ])
  }
}
