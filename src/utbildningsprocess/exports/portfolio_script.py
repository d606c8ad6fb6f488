"""What a script adds to the page of many initiatives: filters, sorting, and details that open for paper."""

SCRIPT = r"""
"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const form = document.getElementById("filter");
const body = document.querySelector("#lista tbody");
const headings = all("#lista thead th");
const told = document.getElementById("urval");
const uniform = text => text.normalize("NFC").toLowerCase();

// Everything that tells of an initiative, by its name in links; its text is read when there is time.
const initiatives = new Map(all("tr", body).map(row =>
  [row.dataset.insats, {row, marks: row.dataset.marken.split(" "), parts: [row], text: null}]));
for (const part of all("main [data-insats]:not(tr)")) initiatives.get(part.dataset.insats).parts.push(part);
const urgent = [...initiatives.values()];
const entries = all(".dated li");
const groups = all("[data-grupp]").map(group => ({group, members: all("[data-insats]", group)}));
const months = all("[data-manad]").map(month => ({
  number: month.querySelector("[data-antal]"), members: all("li", month)}));
const counts = all("[data-raknas]").map(cell =>
  ({cell, marks: cell.dataset.raknas.split(" ").filter(Boolean), bar: cell.querySelector("[data-stapel]")}));
const holds = (initiative, marks) => marks.every(mark => initiative.marks.includes(mark));

// Our own words, as the names of facts, are no text to search.
const searched = "h3, .state, dd, li, th, td";
function textOf(initiative) {
  initiative.text ??= uniform(initiative.parts
    .flatMap(part => part.matches(searched) ? part : all(searched, part))
    .map(piece => piece.textContent).join("\n"));
  return initiative.text;
}

function wanted() {
  const words = uniform(form.ord.value).split(/\s+/).filter(Boolean);
  const chosen = [form.steg, form.liv].filter(list => list.value);
  const ticked = [form.forsenat, form.roda].filter(box => box.checked);
  return {
    words,
    marks: [...chosen, ...ticked].map(control => control.value),
    said: [
      ...chosen.map(list => list.selectedOptions[0].textContent),
      ...ticked.map(box => box.dataset.namn),
      ...(words.length ? [`innehåller ”${form.ord.value.trim()}”`] : []),
    ].join(", "),
  };
}

function filter() {
  const {words, marks, said} = wanted();
  const shown = urgent.filter(initiative =>
    holds(initiative, marks) && words.every(word => textOf(initiative).includes(word)));
  const kept = new Set(shown);
  for (const initiative of urgent) {
    const hidden = !kept.has(initiative);
    if (initiative.row.hidden !== hidden) for (const part of initiative.parts) part.hidden = hidden;
  }
  for (const {cell, marks: counted, bar} of counts) {
    const number = shown.filter(initiative => holds(initiative, counted)).length;
    (cell.querySelector("[data-antal]") ?? cell).textContent = number;
    if (bar) bar.style.width = `${shown.length ? 100 * number / shown.length : 0}%`;
  }
  for (const {number, members} of months) number.textContent = members.filter(entry => !entry.hidden).length;
  for (const {group, members} of groups) group.hidden = members.every(part => part.hidden);
  const number = `${shown.length} av ${urgent.length} insatser visas`;
  told.textContent = said ? `${number}. Filter: ${said}.` : `Alla ${urgent.length} insatser visas.`;
}

function sort(column) {
  const key = initiative => Number(initiative.row.cells[column].dataset.plats);
  const sorted = column < 0 ? urgent : [...urgent].sort((first, second) => key(first) - key(second));
  body.append(...sorted.map(initiative => initiative.row));
  const place = document.getElementById("insatser");
  place.append(...sorted.flatMap(initiative => initiative.parts.filter(part => part.parentNode === place)));
  headings.forEach((heading, index) => {
    if (index === column) heading.setAttribute("aria-sort", "ascending");
    else heading.removeAttribute("aria-sort");
  });
  form.ordning.value = column;
}

// A link to what a filter has hidden shows it again.
function follow() {
  const meant = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!meant?.closest("[hidden]")) return;
  form.reset();
  filter();
  meant.scrollIntoView();
}

headings.forEach((heading, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = heading.textContent;
  button.addEventListener("click", () => sort(heading.hasAttribute("aria-sort") ? -1 : column));
  heading.replaceChildren(button);
});
form.addEventListener("input", event => {
  if (event.target === form.ordning) sort(Number(form.ordning.value));
  else filter();
});
form.addEventListener("reset", () => setTimeout(() => { filter(); sort(-1); }));
form.addEventListener("submit", event => event.preventDefault());
addEventListener("hashchange", follow);
addEventListener("beforeprint", () => {
  for (const part of all("details:not([open])")) part.dataset.stangd = part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of all("details[data-stangd]")) part.open = false, delete part.dataset.stangd;
});
document.getElementById("utan-skript").remove();
form.hidden = false;
filter();
sort(-1);
follow();
(window.requestIdleCallback ?? setTimeout)(() => urgent.forEach(textOf));
""".strip()
"""It runs where a server lets it; without it everything is there, in the order that the program gave."""
