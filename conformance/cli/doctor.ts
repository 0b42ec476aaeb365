import { diagnose } from '../../impl/device/doctor.ts'
import { terminalOn } from '../base/terminal.ts'
import { wrap } from '../base/wrap.ts'

/** `touchstone doctor`: every device, usable or not, why, and what would change that. */
export async function doctorCommand(options: { readonly json?: boolean }): Promise<void> {
  const terminal = terminalOn(process.stdout)
  const diagnoses = await diagnose()
  if (options.json) return terminal.write(`${JSON.stringify(diagnoses, null, 2)}\n`)
  const columns = Math.min(terminal.columns, 100)
  for (const diagnosis of diagnoses) {
    const mark = diagnosis.usable ? terminal.style('green', 'yes') : terminal.style('red', 'no ')
    terminal.write(`${mark}  ${terminal.style('bold', diagnosis.device)}\n`)
    const lines = diagnosis.usable
      ? [
          diagnosis.description,
          ...(diagnosis.automatic ? [] : ['emulated, so only used with --device webgpu']),
        ]
      : [diagnosis.reason, `what would help: ${diagnosis.remedy}`]
    for (const line of lines) terminal.write(`${wrap(line, columns, '     ')}\n`)
  }
  const best = diagnoses.find((diagnosis) => diagnosis.usable && diagnosis.automatic)
  terminal.write(`\ntouchstone run uses ${best?.device ?? 'nothing here'} unless told otherwise\n`)
}
