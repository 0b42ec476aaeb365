import type * as node from './vulkan.ts'

/** A browser chooses its driver by itself. */
export const offerSoftwareGpu: typeof node.offerSoftwareGpu = () => () => {}
