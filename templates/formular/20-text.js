// @ts-check
// The answers as a text to paste into a mail, and in words on a page.

/**
 * A text whose later lines stand two blanks in.
 * @param {string} text
 */
function indented(text) {
  return text.trim().split("\n").join("\n  ");
}

/**
 * The answer to what has no parts, in words; empty where there is none.
 * @param {Item} item
 * @param {State | undefined} state
 * @returns {string}
 */
function inWords(item, state) {
  if (!state) return "";
  if (state.unknown !== undefined) return `Vet inte än${isBlank(state.unknown) ? "" : `: ${state.unknown.trim()}`}`;
  if (state.skipped !== undefined) return `Hoppar över${isBlank(state.skipped) ? "" : `: ${state.skipped.trim()}`}`;
  if (state.text !== undefined) return state.text.trim();
  const choices = choicesInWords(item, state);
  return SEVERAL_KINDS.includes(item.kind) ? choices.map(choice => `- ${choice}`).join("\n") : choices.join("\n");
}

/**
 * What stands after the name of a field or a statement.
 * @param {Field} field
 * @param {State | undefined} state
 */
function cellInWords(field, state) {
  return state && state.chosen && !isPassed(state) ? choicesInWords(field, state).join("; ") : inWords(field, state);
}

/**
 * How many statements are answered.
 * @param {Question} question @param {State | undefined} state
 */
function statementsInWords(question, state) {
  const all = question.statements.length;
  const said = all - openStatements(question, state).length;
  return `${said} av ${all} ${all === 1 ? "påstående" : "påståenden"} är ${all === 1 ? "besvarat" : "besvarade"}.`;
}

/**
 * A row as a paragraph.
 * @param {Question} question
 * @param {Row} row
 */
function rowAsText(question, row) {
  const lines = question.fields
    .filter(field => fieldApplies(field, row) && isSaid(row.cells[field.id]))
    .map(field => `${field.text}: ${indented(cellInWords(field, row.cells[field.id]))}`);
  return [row.id ? `Rad ${row.id}` : "Ny rad", ...lines].join("\n");
}

/**
 * The paragraphs of an answer.
 * @param {Question} question
 * @param {State} state
 * @returns {string[]}
 */
function answerAsText(question, state) {
  if (isPassed(state)) return [inWords(question, state)];
  if (state.rows) return state.rows.filter(isFilled).map(row => rowAsText(question, row));
  const said = state.statements;
  if (!said) return [inWords(question, state)];
  const lines = question.statements
    .filter(statement => said[statement.id])
    .map(statement => `${statement.text.replace(/\.$/, "")}: ${labelOf(question, said[statement.id])}`);
  return [lines.join("\n")];
}

/**
 * All answers as a mail: each question with its answer below it, and what is needed to read them last.
 * What the form began with and has been left is not in it: nobody has said that.
 * @param {Definition} definition @param {Answers} answers @param {{id: string, role: string, saved: string}} about
 */
function asMail(definition, answers, about) {
  const current = applying(definition.questions, answers);
  const asked = definition.questions.filter(question => current.has(question.address));
  const paragraphs = asked.flatMap(question => {
    const state = changedFrom(question, answers[question.address]);
    if (question.before && !isSaid(state)) return [];
    return [...question.mail, ...(state && isSaid(state) ? answerAsText(question, state) : [])];
  });
  const last = ["svar", about.id, definition.role === "" && about.role, about.saved].filter(Boolean).join(" ");
  return [...definition.text.opening, ...paragraphs, ...definition.text.closing, definition.key, `[${last}]`]
    .filter(paragraph => !isBlank(paragraph))
    .join("\n\n");
}

const MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

/**
 * A day in words.
 * @param {Date} when
 */
function dayInWords(when) {
  return `${when.getDate()} ${MONTHS[when.getMonth()]} ${when.getFullYear()}`;
}

/**
 * A day and a time in words.
 * @param {Date} when
 */
function timeInWords(when) {
  return `${dayInWords(when)} kl. ${two(when.getHours())}.${two(when.getMinutes())}`;
}

/**
 * The time as a file has it: the day and the clock where the person is. A survey keeps none.
 * @param {Definition} definition @param {Date} when
 */
function timeInFile(definition, when) {
  if (definition.purpose === "enkat") return "";
  const day = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  return `${day}T${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;
}

/**
 * The time of a file in words, as it stands where it is none.
 * @param {string} saved
 */
function savedInWords(saved) {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):\d\d)?$/.exec(saved);
  if (!match) return saved;
  const [year, month, day, hour, minute] = match.slice(1).map(Number);
  const when = new Date(year, month - 1, day, hour || 0, minute || 0);
  return match[4] ? timeInWords(when) : dayInWords(when);
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}
