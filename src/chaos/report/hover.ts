/**
 * The script of a page: what the figures were where the pointer is. The page is whole without it.
 * It is text and not a function, for it runs in browsers and is compiled by nobody.
 */

export const HOVER = `(() => {
  const svg = document.getElementById('timeline')
  const readout = document.getElementById('readout')
  const cursor = document.getElementById('cursor')
  const { everyMs, moments, faults } = JSON.parse(document.getElementById('figures').textContent)
  const { left, right, end } = svg.dataset
  const idle = readout.textContent
  const ms = (value) =>
    value === null ? '–' : value < 1000 ? Math.round(value) + ' ms' : (value / 1000).toFixed(1) + ' s'
  const clock = (at) => {
    const s = Math.floor(at / 1000)
    return Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0')
  }
  const bold = (text) => {
    const element = document.createElement('b')
    element.textContent = text
    return element
  }
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width
    if (x < +left || x > +right) return hide()
    const at = ((x - left) / (right - left)) * end
    cursor.setAttribute('x1', x)
    cursor.setAttribute('x2', x)
    const moment = moments.find(([from]) => at >= from && at < from + everyMs)
    const going = faults.filter(([from, to]) => at >= from && at <= to).map((fault) => fault[2])
    const perSecond = (count) => Math.round((count * 1000) / everyMs)
    const figures = moment
      ? '  ' + perSecond(moment[1]) + '/s acknowledged' +
        (moment[2] ? ', ' + perSecond(moment[2]) + '/s refused' : '') +
        (moment[3] ? ', ' + perSecond(moment[3]) + '/s unknown' : '') +
        '   p50 ' + ms(moment[4]) + ', p99 ' + ms(moment[5]) + ', worst ' + ms(moment[6])
      : '  nothing was due'
    readout.replaceChildren(bold(clock(at)), figures, going.length ? '   ' + going.join(', ') : '')
  })
  const hide = () => {
    readout.textContent = idle
    cursor.setAttribute('x1', -9)
    cursor.setAttribute('x2', -9)
  }
  svg.addEventListener('pointerleave', hide)
})()`
