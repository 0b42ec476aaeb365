/** What belongs to the operations of an area, by their ids: `conv2d` in the area `cnn` is `cnn.conv2d`. */
export function inArea<const Area extends string, const Members extends object>(
  area: Area,
  members: Members,
) {
  const named = Object.entries(members).map(([name, member]) => [`${area}.${name}`, member])
  return Object.fromEntries(named) as {
    readonly [Name in keyof Members & string as `${Area}.${Name}`]: Members[Name]
  }
}

/** `cnn` for `cnn.conv2d.forward`, `cnn.conv2d` and `cnn.conv2d.forward/exact`. */
export function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'))
}
