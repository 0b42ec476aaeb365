/** A defect of a released library that this project has found or confirmed. */
export interface Finding {
  readonly library: string
  /** The version in which it was seen. */
  readonly version: string
  /** The call that is wrong, as a user writes it. */
  readonly call: string
  /** The clause that it violates. */
  readonly clause: string
  /** Others that the same defect shows in. */
  readonly alsoIn?: readonly string[]
  /** The smallest case, in words or numbers. */
  readonly case: string
  readonly expected: string
  readonly actual: string
  /** Where its makers know of it, or `null` when no report was found. */
  readonly upstream: { readonly link: string; readonly state: string } | null
}
