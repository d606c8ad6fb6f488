// @ts-check
// The file that is saved: the form's own source with the answers in it, never the page as the browser has it.

/** @typedef {{page: string, title: string, safety: string, style: string, script: string, definition: string}} Source */

/**
 * A value as JSON in which nothing begins or ends anything in a page.
 * @param {unknown} value
 */
function jsonInPage(value) {
  return JSON.stringify(value).replace(/[<>&\u007f\u2028\u2029]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * A page with its slots filled.
 * @param {string} page
 * @param {Object<string, string>} slots
 */
function filledPage(page, slots) {
  return page.replace(/\{\{ *(\w+) *\}\}/g, (_, name) => slots[name]);
}

/**
 * The whole file.
 * @param {Source} source
 * @param {Saved} saved
 * @param {string} paper
 */
function wholeFile(source, saved, paper) {
  return filledPage(source.page, {
    titel: escapedHtml(source.title),
    skydd: escapedHtml(source.safety),
    stil: source.style,
    skript: source.script,
    definition: source.definition,
    sida: jsonInPage(source.page),
    svar: jsonInPage(saved),
    papper: paper,
  });
}

/**
 * The name of the file. In a survey it says nothing of who answers.
 * So that two files from one role do not take each other's place, it ends with the first signs of the answer's id.
 * @param {Definition} definition @param {string} role @param {string} id
 */
function fileName(definition, role, id) {
  if (definition.purpose === "enkat") return "enkatsvar.html";
  return ["svar", definition.stage, role, id.slice(0, 4)].filter(Boolean).join("-") + ".html";
}

/** An id that nobody else has: sixteen signs. */
function newId() {
  const numbers = new Uint8Array(8);
  crypto.getRandomValues(numbers);
  return Array.from(numbers, number => number.toString(16).padStart(2, "0")).join("");
}
