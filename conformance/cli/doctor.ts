import { diagnose } from '../../impl/device/doctor.ts'
import { type InstalledLibrary, installedLibraries } from '../adapters/libraries/installed.ts'
import { terminalOn } from '../base/terminal.ts'
import { wrap } from '../base/wrap.ts'
import { findBrowser } from '../browser/driven/find.ts'
import { findRuntimeWeb, SETUP_ONNXRUNTIME_WEB } from '../browser/onnxruntime.ts'

/** `touchstone doctor`: every device and library, usable or not, why, and what would change that. */
export async function doctorCommand(options: { readonly json?: boolean }): Promise<void> {
  const terminal = terminalOn(process.stdout)
  const diagnoses = await diagnose()
  const libraries = [...installedLibraries(), runtimeWeb()]
  const browser = findBrowser()
  if (options.json) {
    const found = { devices: diagnoses, browser, libraries }
    return terminal.write(`${JSON.stringify(found, null, 2)}\n`)
  }
  const columns = Math.min(terminal.columns, 100)
  const entry = (usable: boolean, name: string, lines: readonly string[]) => {
    const mark = usable ? terminal.style('green', 'yes') : terminal.style('red', 'no ')
    terminal.write(`${mark}  ${terminal.style('bold', name)}\n`)
    for (const line of lines) terminal.write(`${wrap(line, columns, '     ')}\n`)
  }
  terminal.write('devices, for --device\n')
  for (const diagnosis of diagnoses) {
    const lines = diagnosis.usable
      ? [
          diagnosis.description,
          ...(diagnosis.automatic ? [] : ['emulated, so only used with --device webgpu']),
        ]
      : [diagnosis.reason, `what would help: ${diagnosis.remedy}`]
    entry(diagnosis.usable, diagnosis.device, lines)
  }
  entry(
    browser.program !== null,
    'browser:webgpu, browser:webgl, …',
    browser.program === null
      ? [browser.reason, `what would help: ${browser.remedy}`]
      : [`in ${browser.program}, without a window`],
  )
  terminal.write('\nlibraries, for --implementation\n')
  for (const { name, title, version, from, remedy } of libraries) {
    const lines = version === null ? [`what would help: ${remedy}`] : [`${title} ${version}`, from]
    entry(version !== null, name, lines)
  }
  const best = diagnoses.find((diagnosis) => diagnosis.usable && diagnosis.automatic)
  terminal.write(`\ntouchstone run uses ${best?.device ?? 'nothing here'} unless told otherwise\n`)
}

/** ONNX Runtime for browsers: what is there of it, or how to get it. */
function runtimeWeb(): InstalledLibrary {
  const { version = null, file: from = '' } = findRuntimeWeb() ?? {}
  const name = 'browser:onnxruntime:wasm, …'
  return { name, title: 'ONNX Runtime Web', version, from, remedy: SETUP_ONNXRUNTIME_WEB }
}
