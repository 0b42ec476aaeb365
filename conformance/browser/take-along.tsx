/// <reference lib="dom" />
import { useEffect, useMemo } from 'preact/hooks'
import { stringify } from '../base/json.ts'
import { capsulesIn, fileOf } from '../suite/capsules.ts'
import type { Report } from '../suite/model.ts'
import { type Settings, toHash } from './settings.ts'

/** The report, the failing cases and the settings, as files and a link. */
export function TakeAlong({ report, settings }: { report: Report; settings: Settings }) {
  const files = useMemo(
    () => [
      ['report.json', addressOf(report)] as const,
      ...capsulesIn(report).map((capsule) => [fileOf(capsule), addressOf(capsule)] as const),
    ],
    [report],
  )
  useEffect(() => {
    return () => {
      for (const [, address] of files) URL.revokeObjectURL(address)
    }
  }, [files])
  const [[, whole] = ['', '']] = files
  return (
    <section aria-label="To take along" class="take">
      <p>
        <a href={whole} download="report.json">
          report.json
        </a>
        {' · '}
        <a href={toHash(settings)}>a link to this page with these settings</a>
      </p>
      {files.length > 1 && (
        <details>
          <summary>Failing cases, for touchstone replay</summary>
          <ul>
            {files.slice(1).map(([name, address]) => (
              <li key={name}>
                <a href={address} download={name}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function addressOf(data: unknown): string {
  return URL.createObjectURL(new Blob([`${stringify(data)}\n`], { type: 'application/json' }))
}
