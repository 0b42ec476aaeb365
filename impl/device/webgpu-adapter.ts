import type { ReportingDevice } from './webgpu-errors.ts'

/** What an adapter says about itself: the fields of WebGPU's GPUAdapterInfo. */
export interface AdapterInfo {
  readonly vendor: string
  readonly architecture: string
  readonly device: string
  readonly description: string
  readonly isFallbackAdapter?: boolean
}

/** The part of WebGPU that is used here; its full types would bring those of the browser along. */
export interface Gpu {
  requestAdapter(options?: { powerPreference?: 'high-performance' }): Promise<Adapter | null>
}
interface Adapter {
  readonly info: AdapterInfo
  readonly limits: Readonly<Record<string, number>>
  requestDevice(options: { requiredLimits: Record<string, number> }): Promise<GpuDevice>
}
interface GpuDevice extends ReportingDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  destroy(): void
}

/** A GPU, and what it was reached through. */
export interface Found {
  readonly gpu: Gpu
  readonly adapter: Adapter
}

/** One line for the report; `through` says what WebGPU is a part of. */
export function describeAdapter(info: AdapterInfo, through = 'via Dawn'): string {
  const software = isSoftware(info)
  const known = /swiftshader/i.test(info.architecture) ? 'SwiftShader' : undefined
  const name = known ?? (info.device || info.description || info.architecture || 'unnamed adapter')
  const vendor = known || !info.vendor ? '' : `${info.vendor} `
  return `webgpu, ${vendor}${name} (${software ? 'CPU' : 'GPU'}) ${through}`
}

/** Whether an adapter runs on the processor. */
export function isSoftware(info: AdapterInfo): boolean {
  const text = [info.vendor, info.architecture, info.device, info.description].join(' ')
  return (
    info.isFallbackAdapter === true ||
    /swiftshader|llvmpipe|lavapipe|softpipe|software|microsoft basic render|\bwarp\b/i.test(text)
  )
}
