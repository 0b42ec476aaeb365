/** The part of the Static Analysis Results Interchange Format 2.1.0 that is written here, in its own words. */
export interface Log {
  readonly $schema: string
  readonly version: '2.1.0'
  readonly runs: readonly Run[]
}

export interface Run {
  readonly tool: { readonly driver: Driver }
  readonly automationDetails: { readonly id: string }
  readonly invocations: readonly Invocation[]
  readonly columnKind: 'utf16CodeUnits'
  readonly results: readonly Result[]
  readonly properties: Properties
}

interface Driver {
  readonly name: string
  readonly version: string
  readonly shortDescription: Message
  readonly rules: readonly Rule[]
}

export interface Rule {
  readonly id: string
  readonly shortDescription?: Message
  readonly fullDescription?: Message
  readonly help?: Message
  readonly properties?: Properties
}

interface Invocation {
  readonly executionSuccessful: boolean
  readonly startTimeUtc: string
  readonly endTimeUtc?: string
  readonly toolExecutionNotifications: readonly Notification[]
}

export interface Notification {
  readonly level: 'error' | 'warning'
  readonly message: Message
}

export interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: 'error'
  readonly message: Message
  readonly locations?: readonly Location[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly suppressions?: readonly { readonly kind: 'external'; readonly justification: string }[]
  readonly properties: Properties
}

export interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string }
    readonly region: { readonly startLine: number }
  }
}

interface Message {
  readonly text: string
}

type Properties = Readonly<Record<string, unknown>>
