/** What is read of `package-lock.json`. */
interface Lock {
  readonly packages: Readonly<Record<string, { version?: string; hasInstallScript?: boolean }>>
}

/** What is decided of install scripts: `allowScripts` of `package.json`. */
type Decided = Readonly<Record<string, boolean>>

/**
 * What is wrong with the decisions on install scripts, in words: a package with one that is not decided on, or in
 * another version than was looked at, and a decision on what is not there any more.
 */
export function problemsWith({ packages }: Lock, decided: Decided): readonly string[] {
  const found = Object.entries(packages).flatMap(([path, { version, hasInstallScript }]) =>
    hasInstallScript ? [{ name: path.split('node_modules/').at(-1)!, version: version! }] : [],
  )
  const undecided = found.filter(
    ({ name, version }) => decided[name] !== false && decided[`${name}@${version}`] !== true,
  )
  const stale = Object.keys(decided).filter(
    (key) => !found.some(({ name, version }) => key === name || key === `${name}@${version}`),
  )
  return [
    ...undecided.map(({ name, version }) => `${name}@${version} has an install script to look at`),
    ...stale.map((key) => `${key} is not installed, or has no install script`),
  ]
}
