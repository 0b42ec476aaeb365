/** A number as a person reads it: whole numbers as they are, others to four digits. */
export function figure(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) {
    // Not by `toLocaleString`, for which data of all languages are loaded first.
    return Object.is(value, -0) ? '-0' : String(value).replace(/\B(?=(\d{3})+$)/g, ',')
  }
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2)
}

/** A number with every digit that distinguishes it from its neighbours. */
export function precise(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Where an element is: `y[0, 2, 1, 0]`, or `y` for a single number. */
export function elementOf(label: string, index: readonly number[]): string {
  return index.length === 0 ? label : `${label}[${index.join(', ')}]`
}

/** A part of a whole: `38 %`, never 0 or 100 % unless it is. */
export function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole
  if (share > 0 && share < 1) return '<1 %'
  if (share > 99 && share < 100) return '>99 %'
  return `${Math.round(share)} %`
}

/** `on wasm, SIMD yes`, and `in process` as it is. */
export function onDevice(device: string): string {
  return device.startsWith('in ') ? device : `on ${device}`
}

/** `1 clause`, `2 clauses`. */
export function plural(count: number, one: string, several = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : several}`
}

/** Longer than this, a message is cut where people read it, and a name; `report.json` has all of it. */
const [longest, longestName] = [2000, 200]

/**
 * Text that an implementation sent, made fit to be read: control characters, which could move the
 * cursor of a terminal or are forbidden in XML, become visible, and a flood is cut.
 */
export function visible(text: string, most = longest): string {
  const cut = text.length > most ? `${text.slice(0, most)} … (cut)` : text
  return Array.from(cut, (character) => {
    const code = character.codePointAt(0)!
    const hidden = code === 0x7f || (code < 0x20 && character !== '\n' && character !== '\t')
    const c1 = code >= 0x80 && code < 0xa0
    const reordering = code >= 0x2066 && code <= 0x2069
    const overriding = code >= 0x202a && code <= 0x202e
    const marking = code === 0x200e || code === 0x200f || code === 0x61c
    const loneSurrogate = code >= 0xd800 && code < 0xe000
    const nonCharacter = (code & 0xfffe) === 0xfffe
    return hidden || c1 || reordering || overriding || marking || loneSurrogate || nonCharacter
      ? `\\u{${code.toString(16)}}`
      : character
  }).join('')
}

/** What something is called, or anything else that has to stay on one line, made fit to be read. */
export function oneLine(text: string): string {
  return visible(text, longestName).replace(/\s+/g, ' ').trim()
}
