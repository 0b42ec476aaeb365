import type * as node from './turn.ts'

const { port1, port2 } = new MessageChannel()
const actions: (() => void)[] = []
port1.onmessage = () => actions.shift()?.()

export const afterTurn: typeof node.afterTurn = (action) => {
  actions.push(action)
  port2.postMessage(null)
}
