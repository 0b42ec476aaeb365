/** The versions of what runs code on the processor, by what a device has of it. */
export const engine: Readonly<
  Record<'javascript' | 'webassembly', Readonly<Record<string, string>>>
> = {
  javascript: { node: process.versions.node },
  webassembly: { v8: process.versions.v8 },
}
