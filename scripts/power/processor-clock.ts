/** So long a reading is taken for the time, in milliseconds: to ask for it costs more than many cases. */
const refreshed = 1

/**
 * Has the clocks of this process tell the processor time that it spends from now on, so that what else a machine does
 * takes nothing from a suite that has so many seconds. Returns a clock of it, in seconds.
 */
export function tellProcessorTime(): () => number {
  const [elapsed, epoch, began] = [
    performance.now.bind(performance),
    Date.now(),
    process.cpuUsage(),
  ]
  let [told, at] = [0, Number.NEGATIVE_INFINITY]
  const spent = () => {
    const now = elapsed()
    if (now - at < refreshed) return told
    at = now
    const { user, system } = process.cpuUsage(began)
    told = (user + system) / 1000
    return told
  }
  performance.now = spent
  Date.now = () => epoch + Math.floor(spent())
  return () => spent() / 1000
}
