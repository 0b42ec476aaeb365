import { oneLine } from '../base/text.ts'
import type { Report } from '../suite/model.ts'

/** A report in which what the implementation calls itself is a line that can be read, however long or odd it is. */
export function named(report: Report): Report {
  const { implementation, device } = report.environment
  const { name, version } = implementation
  return {
    ...report,
    environment: {
      ...report.environment,
      implementation: { ...implementation, name: oneLine(name), version: oneLine(version) },
      device: oneLine(device),
    },
  }
}
