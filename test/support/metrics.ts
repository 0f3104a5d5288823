/** What a node's /metrics says, as numbers by series: `name{label="value"}` as on the page. */
export async function scrape(http: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${http}/metrics`)
  const page = await response.text()
  if (response.status !== 200) throw new Error(`/metrics answers ${response.status}: ${page}`)
  return seriesOf(page)
}

function seriesOf(page: string): ReadonlyMap<string, number> {
  const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line): [string, number] => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

/** How much each of the series that changed has risen; one that was not there counts from 0. */
export function rise(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): (series: string) => number {
  return (series) => (after.get(series) ?? 0) - (before.get(series) ?? 0)
}
