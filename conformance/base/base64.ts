/** The bytes of an array as base64. */
export function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64')
}

/** How many bytes a text in base64 stands for, by its length alone. */
export function lengthInBase64(text: string): number {
  return Buffer.byteLength(text, 'base64')
}

/** The bytes that a text in base64 stands for; what is not of the alphabet is passed over. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthInBase64(text))
  const written = Buffer.from(bytes.buffer).write(text, 'base64')
  return bytes.subarray(0, written)
}
