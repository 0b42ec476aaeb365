/** Calls something once the present turn of the event loop is over. */
export const afterTurn = (action: () => void): void => void setImmediate(action)
