/** The same names with other values. */
export function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  change: (value: A, name: string) => B,
) {
  const changed: Record<string, B> = {}
  for (const name in record) changed[name] = change(record[name]!, name)
  return changed
}
