"""How the page of many initiatives looks, beside what it has in common with our documents."""

LOOKS = """
:root { --alert: #a11d21; }
@media (prefers-color-scheme: dark) { :root { --alert: #ff9f97; } }
[hidden] { display: none !important; }
header, main { max-width: 76rem; }
h1, .rows th, .rows td { hyphens: manual; } h2 { margin-top: 2rem; } h3 { margin: 0; }
h4 { margin: .75rem 0 .25rem; }
section, article { scroll-margin-top: 3.5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
nav a, .ways a { display: inline-block; padding: .2rem 0; }
#utan-skript { border-left: .25rem solid var(--accent); padding-left: .75rem; }
form { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; background: var(--pale);
  padding: .75rem 1rem; margin: 1.5rem 0 1rem; }
label { display: grid; gap: .2rem; font-size: .9375rem; }
label.box { display: flex; gap: .4rem; align-items: center; min-height: 2.5rem; }
input, select, button { font: inherit; color: inherit; background: var(--paper); padding: 0 .6rem;
  border: 1px solid var(--quiet); border-radius: .25rem; min-height: 2.5rem; max-width: 100%; }
input[type=checkbox] { min-height: 0; width: 1.2rem; height: 1.2rem; margin: 0; accent-color: var(--accent); }
.counts { gap: .75rem; }
.counts div { flex: 1 1 7rem; flex-direction: column-reverse; justify-content: flex-end; gap: 0;
  padding: .5rem .75rem; border-top: .25rem solid var(--accent); background: var(--pale); }
.counts dt { font-weight: 400; } .counts dd { font-size: 1.75rem; font-weight: 600; line-height: 1.2; }
caption { text-align: left; padding: .5rem 0; color: var(--quiet); }
.steps { max-width: 46rem; } .steps td { font-variant-numeric: tabular-nums; }
.steps tbody th { font-weight: 400; } .steps td:has(.bar) { width: 45%; white-space: nowrap; }
.steps [data-antal] { display: inline-block; min-width: 2.5ch; }
.bar { display: inline-block; width: calc(100% - 3.5rem); height: .75rem; margin-left: .5rem; }
.bar span { display: block; height: 100%; background: var(--accent); print-color-adjust: exact; }
.dated details { border-bottom: 1px solid var(--line); font-size: 1rem; }
summary { cursor: pointer; } summary h3 { display: inline; }
summary h3 span, .dated h2 span { font-weight: 400; color: var(--quiet); }
.dated ul, .dues { list-style: none; padding: 0; margin: 0 0 .5rem; }
.dated li, .dues li { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0 1rem; padding: .2rem 0;
  margin: 0; break-inside: avoid; }
.dated li { grid-template-columns: 11rem 1fr 20rem; }
.day { font-variant-numeric: tabular-nums; white-space: normal; }
.alert .day, td.alert { color: var(--alert); font-weight: 600; }
li, dd, .rows th { text-wrap: wrap; }
.rows tbody th { font-weight: 400; }
@media screen { .rows, .rows thead, .rows tbody { display: block; }
  .rows tr { display: grid; grid-template-columns: 22fr 8.25rem 30fr 6.25rem 4.5rem 19fr 5.5rem;
    border-bottom: 1px solid var(--line); }
  .many tbody tr { content-visibility: auto; contain-intrinsic-size: auto 3.5rem; }
  .many article { content-visibility: auto; contain-intrinsic-size: auto 20rem; }
  .rows th, .rows td { border: 0; min-width: 0; }
  .rows thead { position: sticky; top: 0; z-index: 1; background: var(--pale);
    border-bottom: 2px solid var(--accent); } }
.rows .number { text-align: right; font-variant-numeric: tabular-nums; }
thead button { border: 0; background: none; padding: 0; font-weight: 600; text-decoration: underline;
  text-underline-offset: .2em; cursor: pointer; }
th[aria-sort] button::after { content: " ▾"; }
article { border-top: 1px solid var(--line); padding: 1rem 0; }
article:target { outline: 3px solid var(--accent); outline-offset: .25rem; }
.state { color: var(--quiet); margin-bottom: .5rem; }
.ways { margin: .5rem 0 0; } .ways a { margin-right: 1rem; }
.halves { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2.5rem; }
.halves h4:first-child { margin-top: 0; }
.halves dl { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: .35rem .75rem; margin: 0;
  align-content: start; }
.halves dt { font-weight: 400; color: var(--quiet); }
#lardomar ul { margin: .5rem 0; }
@media screen and (max-width: 60rem) {
  .halves { grid-template-columns: minmax(0, 1fr); } .halves dl { margin-bottom: .75rem; }
  .dated li { grid-template-columns: 11rem 1fr; } .dated li a { grid-column: 2; }
  .rows thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .rows tr { display: block; padding: .5rem 0; }
  .rows tbody th, .rows td { display: block; padding: .1rem 0; text-align: left !important; }
  .rows tbody th { font-weight: 600; } .rows .nothing { display: none; }
  .rows td:nth-of-type(n+3)::before { content: attr(data-rubrik) ": "; color: var(--quiet);
    font-weight: 400; }
}
@media screen and (max-width: 40rem) {
  label:not(.box), input[type=search], select { width: 100%; }
  .dated li, .dues li, .halves dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .halves dd { margin-bottom: .4rem; }
  .dated li { padding: .4rem 0; } .dated li a { grid-column: 1; }
  .steps { font-size: .8125rem; } .steps th, .steps td { padding: .3rem .15rem; min-width: 0; }
  .steps tr > :nth-child(3):not(:last-child), .bar { display: none; }
  .steps td:has(.bar) { width: auto; }
}
@media print {
  :root { --alert: #8a1115; }
  form, nav, .ways, #utan-skript { display: none; }
  a { color: inherit; text-decoration: none; } thead button { display: none; }
  th:has(button)::before { content: attr(data-rubrik); }
  details { display: block; } details::details-content { content-visibility: visible; height: auto; }
  summary { list-style: none; color: var(--ink); break-after: avoid; padding: 0; }
  article { break-inside: avoid; padding: .4rem 0; }
  h2 { margin-top: 1em; } h4 { font-size: 9pt; margin: .4em 0 .1em; } caption { padding: .2rem 0; }
  .counts { gap: 6pt; flex-wrap: nowrap; } .counts div { flex-basis: 0; padding: 3pt 5pt; }
  .counts dd { font-size: 14pt; }
  .dated details, .dated li, .halves { font-size: 9pt; }
  .dated li, .dues li { padding: 1pt 0; }
  .dated li { grid-template-columns: 28mm 1fr 50mm; } .dues li { grid-template-columns: 27mm 1fr; }
  .halves { gap: 0 6mm; } .halves dl { gap: 1pt 2mm; grid-template-columns: 27mm minmax(0, 1fr); }
  details, details ul { font-size: 9pt; }
  .rows { font-size: 8pt; table-layout: fixed; }
  .rows thead th { width: 9%; } .rows thead th:nth-child(1) { width: 20%; }
  .rows thead th:nth-child(2) { width: 13%; } .rows thead th:nth-child(3) { width: 25%; }
  .rows thead th:nth-child(5) { width: 6%; } .rows thead th:nth-child(6) { width: 18%; }
  .rows th, .rows td { min-width: 0 !important; padding-inline: .25rem; hyphens: auto; }
}
""".strip()
