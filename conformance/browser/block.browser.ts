/// <reference lib="dom" />
import { onnxruntimeDevice } from './settings.ts'

/** What a block of data within this page holds, as its text; `null` where it has none of that name. */
const packed = (id: string): string | null => document.getElementById(id)?.textContent ?? null

/** Whether something can be chosen here: ONNX Runtime where this page holds it, WebNN where the browser has it. */
export function isOffered([subject]: readonly [subject: string, words: string]): boolean {
  const device = onnxruntimeDevice(subject)
  if (device === null) return true
  return packed('onnxruntime-speaker') !== null && (device !== 'webnn' || 'ml' in navigator)
}

/** The bytes that the text of a block stands for. */
export async function unpacked(text: string): Promise<Response> {
  const { body } = await fetch(`data:application/gzip;base64,${text}`)
  return new Response(body!.pipeThrough(new DecompressionStream('gzip')))
}

/** What the script of a worker begins with that opens ONNX Runtime: a page of a file has no addresses for workers. */
export function openingOnnxruntime(device: string): string {
  const given = { device, binary: packed('onnxruntime-binary') }
  return `globalThis.touchstoneOnnxruntime = ${JSON.stringify(given)};\n`
}

/** The script of a worker that answers for ONNX Runtime on a device; `null` where this page does not hold it. */
export async function onnxruntimeSpeaker(device: string): Promise<string | null> {
  const text = packed('onnxruntime-speaker')
  if (text === null) return null
  const speaker = await unpacked(text)
  return openingOnnxruntime(device) + (await speaker.text())
}
