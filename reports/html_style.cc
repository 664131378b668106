#include "reports/html_style.h"

namespace imapspec::reports {

// Colours of text have a contrast of 4.5 to 1 and more to what is behind them (WCAG 2.1, 1.4.3),
// in both schemes: --on-verdict on each verdict, and --text and --quiet on --page and --panel.
std::string_view html_style() {
  return R"css(
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f6f8fa; --line: #d0d7de; --text: #1f2328; --quiet: #57606a; --link: #0550ae;
  --on-verdict: #ffffff;
  --pass: #1a7f37; --fail: #c4202c; --xpass: #a40e52; --error: #7a45d6; --warn: #8a5c00; --weakness: #b04600;
  --info: #0860c4; --skip: #57606a; --unimplemented: #4a6572; --xfail: #6b5b53;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --panel: #161b22; --line: #30363d; --text: #e6edf3; --quiet: #9ba5b0; --link: #79b8ff;
    --on-verdict: #0d1117;
    --pass: #3fb950; --fail: #ff7b72; --xpass: #ff8ab8; --error: #d2a8ff; --warn: #e3b341; --weakness: #ffa657;
    --info: #79c0ff; --skip: #9ba5b0; --unimplemented: #8fb3c4; --xfail: #c4ab9d;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0; }
a { color: var(--link); }
a, summary, code, pre, td, dd, li { overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .8125rem; }
pre { margin: 0; padding: .6rem .75rem; white-space: pre-wrap; background: var(--panel); border: 1px solid var(--line);
  border-radius: .4rem; max-height: 24rem; overflow: auto; }
.quiet { color: var(--quiet); }
.badge { display: inline-block; min-width: 4.25rem; padding: 0 .5rem; border-radius: .3rem; text-align: center;
  font-size: .75rem; line-height: 1.45rem; font-weight: 600; white-space: nowrap; color: var(--on-verdict);
  background: var(--verdict); }
.v-pass { --verdict: var(--pass); } .v-fail { --verdict: var(--fail); } .v-xpass { --verdict: var(--xpass); }
.v-error { --verdict: var(--error); } .v-warn { --verdict: var(--warn); } .v-weakness { --verdict: var(--weakness); }
.v-info { --verdict: var(--info); } .v-skip { --verdict: var(--skip); }
.v-unimplemented { --verdict: var(--unimplemented); } .v-xfail { --verdict: var(--xfail); }
.notice { margin: 1rem 0; padding: .6rem .9rem; border: 1px solid var(--error); border-left-width: .4rem;
  border-radius: .4rem; }
.counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 12rem), 1fr)); gap: .6rem;
  margin: 0; padding: 0; list-style: none; }
.counts li { padding: .5rem .75rem; background: var(--panel); border: 1px solid var(--line);
  border-top: .25rem solid var(--verdict); border-radius: .4rem; }
.counts li.none { border-top-color: var(--line); color: var(--quiet); }
.counts b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.bar { display: flex; gap: 2px; height: .7rem; margin: .9rem 0; border-radius: .35rem; overflow: hidden; }
.bar span { min-width: 3px; background: var(--verdict); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; margin: 0; }
dl.facts dt { color: var(--quiet); }
dl.facts dd { margin: 0; min-width: 0; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { font-size: .8125rem; color: var(--quiet); border-bottom-width: 2px; white-space: nowrap; }
tbody th { font-weight: 600; }
td.word { white-space: nowrap; overflow-wrap: normal; }
table.findings { min-width: 60rem; }
table.findings th:nth-child(5) { width: 38%; }
table.findings th:nth-child(6) { width: 20%; }
table.transcript { font-size: .8125rem; }
table.transcript th, table.transcript td { padding: .1rem .6rem; border: 0; font-weight: normal; }
table.transcript thead th { color: var(--quiet); }
table.transcript td:first-child { width: 5rem; text-align: right; color: var(--quiet);
  font-variant-numeric: tabular-nums; }
table.transcript td:nth-child(2) { width: 3rem; }
table.transcript td code { white-space: pre-wrap; }
table.transcript tr.note { color: var(--quiet); font-style: italic; }
table.transcript tr.client { background: var(--panel); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: .25rem 1rem; }
.pair h4, .sent h4 { margin: .5rem 0 .2rem; font-size: .8125rem; color: var(--quiet); }
summary { cursor: pointer; padding: .3rem .25rem; border-radius: .3rem; }
summary:hover { background: var(--panel); }
summary:focus-visible, a:focus-visible, .scroll:focus-visible, pre:focus-visible {
  outline: 2px solid var(--link);
  outline-offset: 2px; }
details.folder { margin: .5rem 0; border: 1px solid var(--line); border-radius: .5rem; }
details.folder > summary { padding: .55rem .9rem; font-weight: 600; }
details.folder > .body { padding: 0 .9rem .6rem; }
details.scenario { border-top: 1px solid var(--line); }
details.scenario > summary .time { color: var(--quiet); font-size: .8125rem; font-variant-numeric: tabular-nums; }
details.scenario > .body { padding: .25rem .25rem 1.25rem 1.5rem; }
details.scenario:target > summary { outline: 2px solid var(--link); }
.finding { margin: .75rem 0; padding: .1rem 0 .1rem .9rem; border-left: .25rem solid var(--verdict); }
.finding p { margin: .15rem 0; }
footer { margin-top: 3rem; color: var(--quiet); font-size: .875rem; }
@media (max-width: 40rem) { dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: .5rem; } }
@media print { body { max-width: none; } pre { max-height: none; } details.folder, .finding { break-inside: avoid; } }
)css";
}

}  // namespace imapspec::reports
