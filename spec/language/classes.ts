/** Classes of cases without some of them, which an operation does not have or need not reach. */
export function except<Classes extends object, Name extends keyof Classes>(
  classes: Classes,
  ...names: readonly Name[]
): Omit<Classes, Name> {
  const kept = Object.entries(classes).filter(([name]) => !names.some((other) => other === name))
  return Object.fromEntries(kept) as Omit<Classes, Name>
}
