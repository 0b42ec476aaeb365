import { backend, env } from '@tensorflow/tfjs-core'
import { type Backend, startBackend } from './backend.ts'
import { DeviceUnavailable } from './errors.ts'
import { versionOf } from './packages.ts'
import { changeFlag } from './replaced-kernels.ts'
import { repairWebglKernels } from './webgl-kernels.browser.ts'
import { boundPrograms, type Compiling } from './webgl-programs.browser.ts'

const PACKAGE = '@tensorflow/tfjs-backend-webgl'

/** The part of WebGL that tells what renders, and whether it is still there. */
interface Context {
  getExtension(name: string): { readonly UNMASKED_RENDERER_WEBGL: number } | null
  getParameter(name: number): unknown
  isContextLost(): boolean
  readonly RENDERER: number
}

/** WebGL: any GPU, by shaders that draw. What is emulated on the processor says so in its name. */
export async function openWebgl(): Promise<Backend> {
  await import('@tensorflow/tfjs-backend-webgl')
  // Small operations would otherwise run on the processor.
  env().set('WEBGL_CPU_FORWARD', false)
  // Else every shape has its own programs, and compiling them is half of what cases of many shapes take.
  changeFlag('WEBGL_USE_SHAPES_UNIFORMS', true)
  await startBackend('webgl', PACKAGE)
  repairWebglKernels()
  boundPrograms(backend() as unknown as Compiling)
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    const remedy = 'use another device: this one has 16 bits a number'
    throw new DeviceUnavailable('webgl', 'it cannot draw numbers of 32 bits', remedy)
  }
  const context = contextOf()
  const renderer = rendererOf(context)
  return {
    description: `webgl, ${renderer}`,
    profile: 'glsl',
    software: /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer),
    versions: { [PACKAGE]: versionOf(PACKAGE), renderer, browser: navigator.userAgent },
    fault: () => (context.isContextLost() ? 'the context of WebGL was lost' : undefined),
    release: () => {},
  }
}

function contextOf(): Context {
  const { gpgpu } = backend() as unknown as { readonly gpgpu: { readonly gl: Context } }
  return gpgpu.gl
}

/** The name of what renders; a browser may keep it to itself. */
function rendererOf(context: Context): string {
  const unmasked = context.getExtension('WEBGL_debug_renderer_info')
  return String(context.getParameter(unmasked?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER))
}
