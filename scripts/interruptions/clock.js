// node --import clock.js: the clock that tells the time of day is set, CLOCK_JUMP milliseconds on or back, when the
// process is CLOCK_AT milliseconds old.
const { CLOCK_AT, CLOCK_JUMP } = process.env
const now = Date.now
Date.now = () => now() + (performance.now() > Number(CLOCK_AT) ? Number(CLOCK_JUMP) : 0)
