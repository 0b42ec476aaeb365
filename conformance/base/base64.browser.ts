import type * as node from './base64.ts'

/** So many arguments a call may have everywhere. */
const most = 0x8000

export const toBase64: typeof node.toBase64 = ({ buffer, byteOffset, byteLength }) => {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  const parts: string[] = []
  for (let at = 0; at < byteLength; at += most) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + most)))
  }
  return btoa(parts.join(''))
}

export const lengthInBase64: typeof node.lengthInBase64 = (text) => {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return Math.floor((3 * (text.length - padding)) / 4)
}

export const fromBase64: typeof node.fromBase64 = (text) =>
  Uint8Array.from(atob(text.replace(/[^A-Za-z0-9+/]/g, '')), (letter) => letter.charCodeAt(0))
