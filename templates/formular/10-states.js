// @ts-check
// What a form asks, what is answered in it, and which questions apply. Values only: no page, no browser.

/** @typedef {{text?: string, chosen?: string[], own?: string, statements?: Object<string, string>, rows?: Row[], unknown?: string, skipped?: string}} State */
/** @typedef {{id: string, key: string, cells: Object<string, State>}} Row */
/** @typedef {Object<string, State>} Answers */
/** @typedef {{id: string, label: string, help: string, excludes: boolean}} FormOption */
/** @typedef {{kind: string, text: string, how: string, core: boolean, options: FormOption[], own_words: boolean, unit: string, longest: number | null}} Item */
/** @typedef {Item & {id: string, help: string, when: {field: string, in: string[]} | null}} Field */
/** @typedef {{address: string, in?: (string | number | boolean)[], answered?: boolean, min?: number, max?: number}} Comparison */
/** @typedef {boolean | {all: any[]} | {any: any[]} | {not: any} | Comparison} Condition */
/** @typedef {Item & {address: string, number: number, help: string, weak: string, strong: string, follow_ups: string[], recalled: {text: string, answer: string}[], statements: {id: string, text: string, example: string}[], fields: Field[], row_name: string, most_rows: number | null, when: Condition, tag: string, mail: string[], before: State | null}} Question */
/** @typedef {{format: number, made: string, key: string, form_id: string, purpose: string, title: string, stage: string, stage_title: string, purpose_text: string, role: string, role_name: string, roles: {id: string, label: string}[], intro: string[], who_sees: string[], how_long: string, send_back: string, text: {opening: string[], closing: string[]}, questions: Question[]}} Definition */
/** @typedef {{format: number, id: string, form_id: string, role: string, saved: string, answers: Answers, set_aside: Answers}} Saved */

const LONG_KINDS = ["lang_text", "lista"];
const SINGLE_KINDS = ["val", "ja_nej", "referens"];
const SEVERAL_KINDS = ["flerval", "referenser"];
const OTHER_OPTION = "annat";

/**
 * A value of its own, with nothing shared.
 * @template T
 * @param {T} value
 * @returns {T}
 */
function copyOf(value) {
  return JSON.parse(JSON.stringify(value));
}

/** @param {string} text */
function isBlank(text) {
  return text.trim() === "";
}

/**
 * Whether somebody has chosen not to answer.
 * @param {State | undefined} state
 */
function isPassed(state) {
  return state !== undefined && (state.unknown !== undefined || state.skipped !== undefined);
}

/**
 * Whether a state is an answer: neither empty nor passed over.
 * @param {State | undefined} state
 * @returns {boolean}
 */
function isAnswered(state) {
  if (!state || isPassed(state)) return false;
  return !isBlank(state.text || "") || !isBlank(state.own || "") || (state.chosen || []).length > 0 ||
    Object.keys(state.statements || {}).length > 0 || (state.rows || []).some(isFilled);
}

/**
 * Whether some statements of a question are answered, and not all.
 * @param {Question} question @param {State | undefined} state
 */
function isHalf(question, state) {
  return isAnswered(state) && openStatements(question, state).length > 0;
}

/**
 * The numbers of the statements that have no answer.
 * @param {Question} question @param {State | undefined} state
 */
function openStatements(question, state) {
  const said = (state || {}).statements || {};
  return question.statements.map((statement, place) => (said[statement.id] ? 0 : place + 1)).filter(Boolean);
}

/**
 * Whether a row says anything.
 * @param {Row} row
 * @returns {boolean}
 */
function isFilled(row) {
  return Object.keys(row.cells).some(name => isAnswered(row.cells[name]) || isPassed(row.cells[name]));
}

/**
 * Whether anything is said at a question, if only that nobody knows.
 * @param {State | undefined} state
 */
function isSaid(state) {
  return isAnswered(state) || isPassed(state);
}

/**
 * The first number in a text, as people write them; NaN without one.
 * @param {string} text
 */
function numberIn(text) {
  const match = /-?\d[\d \u00a0]*(?:[.,]\d+)?/.exec(text.replace(/\u2212/g, "-"));
  return match ? Number(match[0].replace(/[ \u00a0]/g, "").replace(",", ".")) : NaN;
}

/**
 * The words and ids that a state holds, to compare with.
 * @param {State} state
 */
function wordsIn(state) {
  return [...(state.chosen || []), ...[state.own, state.text].filter(Boolean).map(text => String(text).trim())];
}

/** @param {Comparison} wanted @param {State} state */
function compares(wanted, state) {
  if (wanted.in) return wordsIn(state).some(word => (wanted.in || []).map(String).includes(word));
  const number = numberIn(state.text || "");
  return number >= (wanted.min === undefined ? -Infinity : wanted.min) &&
    number <= (wanted.max === undefined ? Infinity : wanted.max);
}

/**
 * Which questions apply, by address. An answer to a question that does not apply decides nothing,
 * so a chain of conditions falls as a whole.
 * @param {Question[]} questions @param {Answers} answers
 */
function applying(questions, answers) {
  /** @type {Map<string, boolean>} */
  const known = new Map();
  const byAddress = new Map(questions.map(question => /** @type {[string, Question]} */ ([question.address, question])));

  /** @param {Condition} condition @returns {boolean} */
  function holds(condition) {
    if (typeof condition === "boolean") return condition;
    if ("all" in condition) return condition.all.every(holds);
    if ("any" in condition) return condition.any.some(holds);
    if ("not" in condition) return !holds(condition.not);
    const state = applies(condition.address) ? answers[condition.address] : undefined;
    if (condition.answered !== undefined) return isAnswered(state) === condition.answered;
    return state !== undefined && isAnswered(state) && compares(condition, state);
  }

  /** @param {string} address @returns {boolean} */
  function applies(address) {
    const question = byAddress.get(address);
    if (!question) return false;
    if (!known.has(address)) {
      known.set(address, false);
      known.set(address, holds(question.when));
    }
    return known.get(address) === true;
  }

  return new Set(questions.map(question => question.address).filter(applies));
}

/**
 * Whether a field of a row applies, given what is chosen in the row.
 * @param {Field} field
 * @param {Row} row
 */
function fieldApplies(field, row) {
  const when = field.when;
  if (!when) return true;
  const state = row.cells[when.field];
  return state !== undefined && wordsIn(state).some(word => when.in.includes(word));
}

/**
 * The answers that a form begins from.
 * @param {Definition} definition
 * @returns {Answers}
 */
function answersBefore(definition) {
  /** @type {Answers} */
  const answers = {};
  for (const question of definition.questions) {
    if (question.before) answers[question.address] = copyOf(question.before);
  }
  return answers;
}

/**
 * What is said in a state without rows, to compare: in one order, and without blanks around it.
 * @param {State | undefined} state
 */
function saidIn(state) {
  const { text, own, unknown, skipped, chosen, statements } = state || {};
  const words = [text || "", own || "", unknown, skipped].map(word => (word === undefined ? null : word.trim()));
  return JSON.stringify([words, [...(chosen || [])].sort(), Object.entries(statements || {}).sort()]);
}

/**
 * An answer without what the form began with and has been left as it was.
 * @param {Question} question @param {State | undefined} state @returns {State | undefined}
 */
function changedFrom(question, state) {
  const before = question.before;
  if (!before || !state) return state;
  if (!isPassed(state) && state.rows) {
    const rows = state.rows.map(row => changedRow(row, (before.rows || []).find(known => known.key === row.key)));
    return { rows: rows.filter(isFilled) };
  }
  if (isPassed(state) || !state.statements) return saidIn(state) === saidIn(before) ? undefined : state;
  const earlier = before.statements || {};
  const changed = Object.entries(state.statements).filter(([name, option]) => earlier[name] !== option);
  return { statements: Object.fromEntries(changed) };
}

/**
 * A row with its changed cells; one that is new to the dossier is whole, or nothing where nobody has touched it.
 * @param {Row} row @param {Row | undefined} before @returns {Row}
 */
function changedRow(row, before) {
  if (!before) return row;
  const names = Object.keys(row.cells).filter(name => saidIn(row.cells[name]) !== saidIn(before.cells[name]));
  if (row.id === "" && names.length > 0) return row;
  return { ...row, cells: Object.fromEntries(names.map(name => [name, row.cells[name]])) };
}

/**
 * Where a cell is put that no longer applies.
 * @param {Question} question
 * @param {Row} row
 * @param {string} name
 */
function cellAddress(question, row, name) {
  return `${question.address}.${row.id || row.key}.${name}`;
}

/**
 * The answers as a file holds them: those that apply, and set aside those whose condition has fallen.
 * @param {Definition} definition @param {Answers} answers @returns {{answers: Answers, set_aside: Answers}}
 */
function parted(definition, answers) {
  const current = applying(definition.questions, answers);
  /** @type {{answers: Answers, set_aside: Answers}} */
  const divided = { answers: {}, set_aside: {} };
  for (const question of definition.questions) {
    const state = answers[question.address];
    if (!isSaid(state)) continue;
    const kept = copyOf(state);
    if (!current.has(question.address)) divided.set_aside[question.address] = kept;
    else divided.answers[question.address] = kept.rows ? rowsParted(question, kept.rows, divided.set_aside) : kept;
  }
  return divided;
}

/** @param {Question} question @param {Row[]} rows @param {Answers} aside @returns {State} */
function rowsParted(question, rows, aside) {
  for (const row of rows) {
    const fallen = question.fields.filter(field => row.cells[field.id] && !fieldApplies(field, row));
    for (const field of fallen) {
      aside[cellAddress(question, row, field.id)] = row.cells[field.id];
      delete row.cells[field.id];
    }
  }
  return { rows: rows.filter(row => row.id !== "" || isFilled(row)) };
}

/**
 * All that a saved file holds, set aside or not, as answers to go on with.
 * @param {Definition} definition
 * @param {Saved} saved
 * @returns {Answers}
 */
function rejoined(definition, saved) {
  /** @type {Answers} */
  const answers = {};
  for (const question of definition.questions) {
    const state = saved.answers[question.address] || saved.set_aside[question.address];
    if (!state) continue;
    answers[question.address] = copyOf(state);
    for (const row of answers[question.address].rows || []) {
      for (const field of question.fields) {
        const cell = saved.set_aside[cellAddress(question, row, field.id)];
        if (cell && !row.cells[field.id]) row.cells[field.id] = copyOf(cell);
      }
    }
  }
  return answers;
}

/**
 * The label of what is chosen.
 * @param {Item} item
 * @param {string} id
 */
function labelOf(item, id) {
  const option = item.options.find(known => known.id === id);
  return option ? option.label : id === OTHER_OPTION ? "Annat" : id;
}

/**
 * What is chosen in words, a choice each.
 * @param {Item} item
 * @param {State} state
 */
function choicesInWords(item, state) {
  const own = (state.own || "").trim();
  const chosen = (state.chosen || []).filter(id => !(own && id === OTHER_OPTION)).map(id => labelOf(item, id));
  return own ? [...chosen, own] : chosen;
}

/**
 * Letters as a person counts them.
 * @param {string} text
 */
function lengthOf(text) {
  return Array.from(text).length;
}

/**
 * How a number is written.
 * @param {number} number
 */
function inDigits(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/**
 * What cannot stand in an answer, each with the control that mends it.
 * @param {Item} item @param {State | undefined} state @param {string} id @returns {{id: string, text: string}[]}
 */
function faultsIn(item, state, id) {
  if (!state || isPassed(state)) return [];
  const typed = state.text !== undefined ? state.text : state.own || "";
  const place = state.text !== undefined ? id : `${id}-egna`;
  const faults = [];
  if (item.longest !== null && lengthOf(typed) > item.longest) {
    faults.push({ id: place, text: `Korta svaret. Det har ${inDigits(lengthOf(typed))} tecken och får ha högst ${inDigits(item.longest)}.` });
  }
  const alone = item.options.find(option => option.excludes && (state.chosen || []).includes(option.id));
  if (alone && choicesInWords(item, state).length > 1) {
    faults.push({ id: `${id}-1`, text: `Ta bort ”${alone.label}” eller det andra. De går inte att välja tillsammans.` });
  }
  const isDouble = item.kind === "val" && !isBlank(state.own || "") && (state.chosen || []).some(chosen => chosen !== OTHER_OPTION);
  if (isDouble) faults.push({ id: `${id}-egna`, text: "Välj ett alternativ eller skriv med egna ord, inte båda." });
  return faults;
}
