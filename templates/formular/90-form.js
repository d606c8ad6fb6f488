// @ts-check
// The form begins: from what stands in the file, page by page, with the browser's own way back.

const ROOT = document.documentElement;
const OWN_SCRIPT = (document.currentScript || { textContent: "" }).textContent || "";

/** @param {string} id */
function wordsAt(id) {
  return (document.getElementById(id) || { textContent: "" }).textContent || "";
}

/**
 * What the file is made of, as it was read.
 * @returns {Source}
 */
function ownSource() {
  const safety = document.querySelector("meta[http-equiv=Content-Security-Policy]");
  return {
    page: JSON.parse(wordsAt("utb-sida")),
    title: (document.querySelector("title") || { textContent: "" }).textContent || "",
    safety: (safety && safety.getAttribute("content")) || "",
    style: wordsAt("utb-stil"),
    script: OWN_SCRIPT,
    definition: wordsAt("utb-formular"),
  };
}

/**
 * When the answers were last saved to a file.
 * @param {Session} session
 */
function savedLine(session) {
  if (session.saved === "") return "Svaren är inte sparade i någon fil.";
  const since = session.isChanged ? " Du har ändrat svar sedan dess." : "";
  if (session.definition.purpose === "enkat") return `Svaren är sparade i en fil.${since}`;
  return `Svaren sparades i en fil den ${savedInWords(session.saved)}.${since}`;
}

/**
 * Saves the form with its answers as a file of its own; the page stands where it stood.
 * @param {Session} session
 */
function saveFile(session) {
  const { definition } = session;
  const when = timeInFile(definition, new Date());
  const saved = {
    format: definition.format, id: session.id, form_id: definition.form_id, role: session.role, saved: when,
    ...parted(definition, session.answers),
  };
  const paper = asHtml(paperOf(definition, session.answers, saved));
  const address = URL.createObjectURL(new Blob([wholeFile(session.source, saved, paper)], { type: "text/html;charset=utf-8" }));
  const name = fileName(definition, session.role, session.id);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  session.saved = when || "sparad";
  session.isChanged = false;
  session.keep();
  session.told = `Filen heter ${name} och ligger oftast i mappen Hämtade filer. Hittar du den inte, kopiera svaren som text under Lämna svaren.`;
  refresh();
}

/**
 * What is asked again after each change.
 * @type {(() => void)[]}
 */
let watched = [];

function refresh() {
  watched.forEach(look => look());
}

/** @param {Session} session @param {Saved} saved @returns {Shown} */
function pageShown(session, saved) {
  if (!session.isBegun) return saved.id !== "" && session.isReopened ? openedPage(session, saved) : startPage(session);
  const match = /^#fraga-(\d+)(?:-rad-(\w+)|-p\d+)?$/.exec(here());
  const question = match && asked(session).find(known => known.number === Number(match[1]));
  if (question && match) return match[2] ? rowPage(session, question, match[2]) : questionPage(session, question);
  if (here() === "#lamna") return handingPage(session);
  return here() === "#kontrollera" || match ? checkPage(session) : startPage(session);
}

let place = "";

/** Where in the form we are: what the address says, where it can say anything. */
function here() {
  return place;
}

/** @param {Session} session @param {Saved} saved */
function show(session, saved) {
  const { definition } = session;
  const shown = pageShown(session, saved);
  const hasFaults = session.faults.length > 0;
  const heading = piece("h1", { id: "rubrik", tabindex: "-1" }, shown.heading);
  const content = shown.content.includes(HEADING) ? shown.content.map(part => (part === HEADING ? heading : part)) : [heading, ...shown.content];
  const faults = hasFaults && piece("div", { class: "ruta varning", id: "felen", tabindex: "-1", role: "alert" },
    piece("h2", {}, "Det här behöver ändras"),
    piece("ul", {}, session.faults.map(fault => piece("li", {}, piece("a", {
      href: `#${fault.id}`,
      onclick: (/** @type {Event} */ event) => {
        event.preventDefault();
        focusOn(document.getElementById(fault.id) ? fault.id : "rubrik");
      },
    }, fault.text)))));
  watched = [];
  const main = piece("main", { id: "innehall" }, piece("form", {
    novalidate: true, autocomplete: "off",
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      if (shown.next) shown.next();
    },
  }, faults, content));
  const made = piece("div", { id: "formular" },
    piece("header", {}, paragraph(`Formulär · ${definition.stage_title}`)), main, footer(session));
  const root = /** @type {HTMLElement} */ (document.getElementById("formular"));
  root.replaceWith(asElement(made, watched));
  document.querySelectorAll('textarea:not([readonly])').forEach(box => grown(/** @type {HTMLElement} */ (box)));
  document.title = `${hasFaults ? "Fel: " : ""}${shown.heading} – ${definition.title}`;
  window.scrollTo(0, 0);
  const statement = /^#fraga-(\d+)-p(\d+)$/.exec(here());
  if (statement && !hasFaults) focusOn(`f${statement[1]}-p${statement[2]}`);
  else focusOn(hasFaults ? "felen" : "rubrik");
  if (here() === "#kontrollera") session.comesFromCheck = false;
  document.querySelectorAll("[data-andra]").forEach(link => link.addEventListener("click", () => {
    session.comesFromCheck = true;
  }));
  onPrintedPage(session);
}

/** @param {Session} session @returns {Content} */
function footer(session) {
  if (!session.isBegun) return piece("footer", {}, paragraph(savedLine(session)));
  return piece("footer", {},
    piece("p", { role: "status", textOf: () => savedLine(session) }),
    piece("p", { textOf: () => session.told, hiddenWhen: () => session.told === "" }),
    !session.isKeptByBrowser && paragraph("Webbläsaren sparar inget. Det är bara filen som sparar svaren."),
    here() !== "#lamna" && piece("div", { class: "knappar" }, button("Spara svarsfilen", () => saveFile(session), "lank"),
      here() !== "#kontrollera" && linkTo("#lamna", "Lämna svaren")));
}

/**
 * Puts the whole form where paper shows it.
 * @param {Session} session
 */
function onPrintedPage(session) {
  const paper = /** @type {HTMLElement} */ (document.getElementById("utskrift"));
  const about = { role: session.role, saved: "" };
  paper.replaceWith(asElement(piece("div", { id: "utskrift" }, paperOf(session.definition, session.answers, about)), []));
}

function begin() {
  const source = ownSource();
  /** @type {Definition} */
  const definition = JSON.parse(source.definition);
  /** @type {Saved} */
  const saved = JSON.parse(wordsAt("utb-svar"));
  const untouched = JSON.stringify(parted(definition, answersBefore(definition)));
  let waiting = 0;
  /** @type {Session} */
  const session = {
    definition, source, answers: answersBefore(definition), kept: {}, id: newId(), role: definition.role, hasRole: definition.role !== "",
    saved: "", isBegun: false, isReopened: saved.id !== "", isChanged: false, isKeptByBrowser: netHolds(definition), told: "", faults: [], allowed: [],
    comesFromCheck: false, lastRow: {}, removed: null,
    changed: () => {
      session.isChanged = true;
      refresh();
      clearTimeout(waiting);
      waiting = setTimeout(put, 300);
    },
    keep: () => put(),
    go: where => {
      session.faults = [];
      if (where === here()) show(session, saved);
      else moved(where);
    },
    again: () => show(session, saved),
    begin: where => {
      session.isBegun = true;
      session.go(where);
      put();
    },
  };
  const put = () => {
    if (!session.isBegun || !session.isKeptByBrowser) return;
    if (JSON.stringify(parted(definition, session.answers)) === untouched) {
      netDrop(definition, session.id);
      return;
    }
    session.isKeptByBrowser = netPut(definition, {
      id: session.id, role: session.role, when: new Date().toISOString(), at: here(), saved: session.saved, isChanged: session.isChanged, answers: session.answers,
    });
  };
  const arrived = () => {
    const isSame = place === location.hash;
    place = location.hash;
    session.faults = [];
    session.removed = null;
    if (!isSame) show(session, saved);
    if (session.isChanged) put();
  };
  const moved = (/** @type {string} */ where) => {
    place = where;
    session.removed = null;
    try {
      history.pushState(null, "", where);
    } catch (error) {
      // A page that may not have addresses of its own still goes on, without the browser's way back.
    }
    show(session, saved);
  };
  for (const id of ["formular", "utskrift"]) document.body.appendChild(asElement(piece("div", { id }), []));
  try {
    if (location.hash !== "") history.replaceState(null, "", "#start");
  } catch (error) {
    // A page that may not change its address begins anyway.
  }
  place = location.hash;
  window.addEventListener("popstate", arrived);
  window.addEventListener("hashchange", arrived);
  window.addEventListener("beforeprint", () => onPrintedPage(session));
  window.addEventListener("beforeunload", event => {
    // Only where nothing else holds what is typed: no save hangs on it.
    if (session.isBegun && session.isChanged && !session.isKeptByBrowser) event.preventDefault();
  });
  window.addEventListener("pagehide", () => session.isChanged && put());
  show(session, saved);
}

ROOT.className = "med-skript";
document.addEventListener("DOMContentLoaded", () => {
  try {
    begin();
  } catch (error) {
    ROOT.className = "";
    throw error;
  }
});
