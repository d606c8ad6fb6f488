// @ts-check
// Pieces of a page: the same piece becomes an element on the screen, or letters in a file. Text is never markup.

/** @typedef {{tag: string, facts: Object<string, any>, inside: Content[]}} Piece */
/** @typedef {Piece | string | null | false | undefined | any[]} Content */

// What no page may hold: signs that steer, and halves of a letter.
const NO_HTML = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff\p{Cs}]/gu;
const WITHOUT_END = ["br", "hr", "input"];

/** @param {string} tag @param {Object<string, any>} facts @param {...Content} inside @returns {Piece} */
function piece(tag, facts, ...inside) {
  return { tag, facts, inside };
}

/** @param {...Content} inside */
function paragraph(...inside) {
  return piece("p", {}, ...inside);
}

/**
 * Text with its lines kept.
 * @param {string} text
 */
function linesOf(text) {
  return piece("div", { class: "svarstext" }, text);
}

/** @param {string} text */
function escapedHtml(text) {
  return text.replace(NO_HTML, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#x27;");
}

/**
 * A piece as letters in a file.
 * @param {Content} content
 * @returns {string}
 */
function asHtml(content) {
  if (content === null || content === undefined || content === false) return "";
  if (typeof content === "string") return escapedHtml(content);
  if (Array.isArray(content)) return content.map(asHtml).join("");
  const facts = Object.keys(content.facts)
    .filter(name => typeof content.facts[name] === "string" || content.facts[name] === true)
    .map(name => (content.facts[name] === true ? ` ${name}` : ` ${name}="${escapedHtml(content.facts[name])}"`));
  const start = `<${content.tag}${facts.join("")}>`;
  return WITHOUT_END.includes(content.tag) ? start : `${start}${asHtml(content.inside)}</${content.tag}>`;
}

/**
 * A piece as an element. Facts that are functions live: "on…" hear what happens, and the others
 * (hiddenWhen, checkedWhen, textOf, valueOf) are asked again by `watched` after each change.
 * @param {Piece} made @param {(() => void)[]} watched @returns {HTMLElement}
 */
function asElement(made, watched) {
  const element = document.createElement(made.tag);
  for (const name of Object.keys(made.facts)) {
    const fact = made.facts[name];
    if (typeof fact === "function") live(element, name, fact, watched);
    else if (fact === true) element.setAttribute(name, "");
    else if (typeof fact === "string") element.setAttribute(name, fact);
  }
  filled(element, made.inside, watched);
  return element;
}

/** @param {HTMLElement} element @param {Content[]} inside @param {(() => void)[]} watched */
function filled(element, inside, watched) {
  for (const content of inside) {
    if (content === null || content === undefined || content === false) continue;
    if (Array.isArray(content)) filled(element, content, watched);
    else element.appendChild(typeof content === "string" ? document.createTextNode(content) : asElement(content, watched));
  }
}

/** @param {any} element @param {string} name @param {Function} fact @param {(() => void)[]} watched */
function live(element, name, fact, watched) {
  if (name.startsWith("on")) {
    element.addEventListener(name.slice(2), fact);
    return;
  }
  const property = { hiddenWhen: "hidden", checkedWhen: "checked", textOf: "textContent", valueOf: "value" }[name] || name;
  const look = () => {
    const wanted = fact();
    if (element[property] !== wanted) element[property] = wanted;
  };
  watched.push(look);
  look();
}
