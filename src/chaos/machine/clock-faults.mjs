/**
 * A wall clock that is wrong by so many milliseconds: `Date`, and nothing else. The monotonic clock
 * goes on, as it does when somebody sets a machine's time. Nothing is replaced while it is right.
 */
const RealDate = globalThis.Date
const realNow = RealDate.now

/** From now on the wall clock is wrong by this much; 0: right again. */
export function setClock(wrongByMs) {
  globalThis.Date = wrongByMs === 0 ? RealDate : wrongDate(wrongByMs)
  // For whoever keeps the constructor itself.
  RealDate.now = wrongByMs === 0 ? realNow : () => realNow() + wrongByMs
}

function wrongDate(wrongByMs) {
  const now = () => realNow() + wrongByMs
  function WrongDate(...args) {
    if (!new.target) return new RealDate(now()).toString()
    return args.length === 0 ? new RealDate(now()) : new RealDate(...args)
  }
  // One prototype, so that dates made before and after are of the same kind.
  WrongDate.prototype = RealDate.prototype
  return Object.assign(WrongDate, { now, parse: RealDate.parse, UTC: RealDate.UTC })
}
