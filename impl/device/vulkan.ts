import { existsSync, readdirSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { messageOf } from './errors.ts'

/** Where browsers keep SwiftShader, a Vulkan driver that runs on the processor. */
const SOFTWARE_DRIVERS = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib64/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
  '/opt/microsoft/msedge/vk_swiftshader_icd.json',
]

/**
 * Whether the operating system shows a GPU at all, or why not.
 * Asking Dawn would tell as well, but it prints its own warnings and takes longer.
 */
export function hardwareInSight(): { readonly seen: boolean; readonly reason: string } {
  if (process.platform !== 'linux') return { seen: true, reason: '' }
  const nodes = ['/dev/nvidiactl', '/dev/nvidia0', '/dev/dxg', '/dev/kgsl-3d0', '/dev/mali0']
  const seen = nodes.some(existsSync) || entries('/dev/dri').some((name) => /^renderD/.test(name))
  return {
    seen: seen || chosenDriver() !== undefined,
    reason: 'the system shows no GPU (no /dev/dri/renderD* and no /dev/nvidia*)',
  }
}

/** The first SwiftShader driver on this machine. */
export function softwareDriver(): string | undefined {
  return process.platform === 'linux' ? SOFTWARE_DRIVERS.find(existsSync) : undefined
}

/** The first of the Vulkan drivers that the user chose; nothing is put in their place. */
export function chosenDriver(): string | undefined {
  const files = process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES
  return files ? files.split(delimiter)[0] : undefined
}

/**
 * Lets WebGPU use a Vulkan driver that runs on the processor, in this thread and those that it
 * starts, where the user has not chosen a driver. Only the main thread can do so, because the
 * environment of a worker thread is a copy that native code does not see.
 *
 * @returns a function that takes the offer back
 */
export function offerSoftwareGpu(): () => void {
  const driver = chosenDriver() || !isMainThread ? undefined : softwareDriver()
  if (!driver) return () => {}
  process.env.VK_ICD_FILENAMES = driver
  loadVulkan(dirname(driver))
  return () => {
    delete process.env.VK_ICD_FILENAMES
  }
}

/**
 * Loads the Vulkan loader beside a browser's driver where the system has none of its own.
 * Dawn asks for it by name, and finds the one that is loaded already.
 */
export function loadVulkan(folder: string): void {
  const keepLoaded = 0x1000 // RTLD_NODELETE, which Node has no name for
  for (const file of ['libvulkan.so.1', join(folder, 'libvulkan.so.1')]) {
    try {
      process.dlopen({ exports: {} }, file, constants.dlopen.RTLD_NOW | keepLoaded)
      return
    } catch (error) {
      // A library that loads is refused all the same, because it is not an add-on of Node.
      if (/self-register/.test(messageOf(error))) return
    }
  }
}

export function hardwareRemedy(): string {
  const chosen = chosenDriver()
  if (chosen) return `choose another Vulkan driver than ${chosen}, or unset VK_ICD_FILENAMES`
  return process.platform === 'linux'
    ? 'use a machine with a GPU and its Vulkan driver (on Debian or Ubuntu: apt-get install libvulkan1 mesa-vulkan-drivers)'
    : 'use a machine with a GPU'
}

/** SwiftShader comes with Chromium. Mesa emulates GPUs too, but Dawn refuses that of version 22. */
export function softwareRemedy(): string {
  if (chosenDriver()) return hardwareRemedy()
  return process.platform === 'linux'
    ? 'apt-get install chromium, whose SwiftShader emulates a GPU'
    : 'use a machine with a GPU'
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
