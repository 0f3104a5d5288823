/**
 * How a report looks: one accent, one type, light or dark as the reader's system is. Everything is
 * in the page itself, so it can be sent as one file. Pure.
 */

const NODES = {
  light: ['#4c6ef5', '#0ca678', '#e8890c', '#ae3ec9', '#1098ad', '#b0803a', '#868e96'],
  dark: ['#748ffc', '#38d9a9', '#ffb454', '#da77f2', '#3bc9db', '#d9ae6a', '#adb5bd'],
} as const

const nodeColours = (of: readonly string[]) =>
  of.map((colour, index) => `--n${index + 1}:${colour};`).join('')

const LIGHT = `color-scheme:light;
  --page:#f7f8fa;--card:#ffffff;--ink:#16191f;--soft:#5d6673;--line:#e3e6eb;--grid:#eef0f3;
  --accent:#3b5bdb;--wash:#3b5bdb14;--fault:#d6336c;--band:#d6336c12;--code:#f1f3f6;
  --valid:#087f5b;--invalid:#c92a2a;--unknown:#a65d00;
  --valid-wash:#e6f7f1;--invalid-wash:#fdecec;--unknown-wash:#fdf3e1;
  --gap:#e03131;--fail:#e03131;--open:#f08c00;${nodeColours(NODES.light)}`

const DARK = `color-scheme:dark;
  --page:#0f1216;--card:#171b21;--ink:#e9ecf1;--soft:#98a2b0;--line:#2a3038;--grid:#22272f;
  --accent:#8ba3ff;--wash:#8ba3ff1f;--fault:#ff7fa8;--band:#ff7fa81a;--code:#1e232a;
  --valid:#4adfae;--invalid:#ff8080;--unknown:#ffc266;
  --valid-wash:#10291f;--invalid-wash:#331718;--unknown-wash:#30240f;
  --gap:#ff6b6b;--fail:#ff6b6b;--open:#ffa94d;${nodeColours(NODES.dark)}`

const PAGE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);
  font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1200px;margin:0 auto;padding:40px 24px 64px}
h1{font-size:clamp(24px,3.2vw,34px);line-height:1.2;font-weight:650;letter-spacing:-.015em;
  margin:6px 0 0;max-width:30em;text-wrap:balance}
h2{font-size:17px;font-weight:650;margin:0 0 10px;letter-spacing:-.005em}
h1+section{margin-top:26px}
p{margin:0 0 10px}
a{color:var(--accent)}
.eyebrow{color:var(--soft);font-size:13px;letter-spacing:.02em;margin:0}
.quiet{color:var(--soft)}
header{display:flex;gap:28px;align-items:flex-start;justify-content:space-between;flex-wrap:wrap}
header>div{flex:1 1 420px}
.verdict{flex:none;border-radius:14px;padding:14px 24px;font-size:26px;font-weight:700;
  letter-spacing:-.01em;line-height:1.15;text-align:center}
.verdict small{display:block;font-size:12.5px;font-weight:500;letter-spacing:0;margin-top:3px}
.valid{color:var(--valid);background:var(--valid-wash)}
.invalid{color:var(--invalid);background:var(--invalid-wash)}
.unknown{color:var(--unknown);background:var(--unknown-wash)}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:1px;margin:28px 0;
  border:1px solid var(--line);border-radius:12px;overflow:hidden;background:var(--line)}
dl.facts div{background:var(--card);padding:14px 18px}
dt{color:var(--soft);font-size:12.5px}
dd{margin:2px 0 0;font-size:20px;font-weight:620;font-variant-numeric:tabular-nums;
  letter-spacing:-.01em}
dd small{display:block;font-size:13px;font-weight:450;color:var(--soft);letter-spacing:0}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;
  padding:20px 22px;margin:0 0 18px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th{font-weight:500;color:var(--soft);font-size:12.5px;text-align:left;white-space:nowrap}
th,td{padding:6px 18px 6px 0;border-bottom:1px solid var(--line);vertical-align:baseline}
tr:last-child td{border-bottom:0}
td:last-child,th:last-child{padding-right:0}
.number{text-align:right;white-space:nowrap}
.meter{display:block;min-width:160px;height:8px;border-radius:4px;background:var(--grid)}
.meter span{display:block;height:100%;border-radius:4px;background:var(--gap)}
.note{border-radius:10px;padding:12px 16px;margin:0 0 14px}
.note p{margin:0 0 4px;font-weight:600}
.note ul{margin:0;padding-left:20px}
ol.anomalies{list-style:none;margin:0;padding:0}
ol.anomalies li{border-left:3px solid var(--invalid);padding:2px 0 2px 14px;margin:0 0 16px}
ol.anomalies p{margin:2px 0 6px}
.kind{font-weight:650;color:var(--invalid);margin-right:10px}
pre,code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre{background:var(--code);border-radius:8px;padding:10px 14px;margin:0;overflow-x:auto}
summary{cursor:pointer;color:var(--soft);margin:0 0 8px}
footer{color:var(--soft);font-size:13px;margin:26px 2px 0}
.badge{display:inline-block;border-radius:7px;padding:1px 10px;font-weight:620;font-size:13px}
@media print{body{background:#fff}section{break-inside:avoid}}
`

const CHART = `
.chart{overflow-x:auto;margin:0 -4px}
svg{display:block;width:100%;min-width:820px;height:auto}
svg text{font-size:11px;fill:var(--soft)}
svg text.heading{font-size:12.5px;font-weight:620;fill:var(--ink)}
.grid{stroke:var(--grid);stroke-width:1}
.band{fill:var(--band)}
.fault rect{fill:var(--fault)}
.fault text{fill:var(--ink)}
.fault.stuck rect{fill:none;stroke:var(--fault);stroke-dasharray:3 2}
.line{fill:none;stroke:var(--accent);stroke-linejoin:round;stroke-linecap:round}
.p99{stroke-width:1.8}
.p50{stroke-width:1.4;opacity:.5}
.max{fill:var(--accent);opacity:.38}
.area.ok{fill:var(--accent);opacity:.34}
.area.fail{fill:var(--fail)}
.area.unknown{fill:var(--open)}
.reign{opacity:.62}
.lane .nobody{fill:none;stroke:var(--line)}
.gap{fill:var(--gap);stroke:var(--card);stroke-width:1}
.phases line{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 4;opacity:.7}
#cursor{stroke:var(--ink);stroke-width:1;opacity:.45}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);font-size:12.5px;margin:12px 0 0}
.legend span{display:inline-flex;align-items:center;gap:6px}
.legend i{width:14px;height:9px;border-radius:2px;display:inline-block}
.legend i.thin{height:2px}
.legend i.dot{width:5px;height:5px;border-radius:3px;background:var(--accent);opacity:.5}
#readout{color:var(--soft);font-size:13px;min-height:1.55em;margin:0 0 6px;
  font-variant-numeric:tabular-nums}
#readout b{color:var(--ink);font-weight:620}
`

const colourRules = NODES.light
  .map((_, index) => `.n${index + 1}{fill:var(--n${index + 1});background:var(--n${index + 1})}`)
  .join('')

export const STYLE = `:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}${PAGE}${CHART}${colourRules}`
