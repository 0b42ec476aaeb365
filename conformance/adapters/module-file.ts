/** Whether a name is that of a module, in JavaScript or TypeScript. */
export function isModuleFile(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name)
}
