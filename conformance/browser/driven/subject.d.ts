/** What is opened in the page of a browser: made when its bundle is. */
declare module 'touchstone:subject' {
  import type { Implementation } from '../../engine/implementation.ts'

  export default function subject(): Promise<Implementation>
}
