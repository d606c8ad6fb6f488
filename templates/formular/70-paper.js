// @ts-check
// The whole form with its answers to read and print: on paper from any page, and in the saved file without script.

/** @param {Definition} definition @param {Answers} answers @param {{role: string, saved: string}} about @returns {Content[]} */
function paperOf(definition, answers, about) {
  const current = applying(definition.questions, answers);
  const asked = definition.questions.filter(question => current.has(question.address));
  const aside = definition.questions.filter(question => !current.has(question.address) && isSaid(answers[question.address]));
  return [
    piece("h1", {}, `${definition.stage_title}: ${definition.title}`),
    definition.intro.map(text => paragraph(text)),
    about.role !== "" && paragraph(`Svar från: ${roleName(definition, about.role)}.`),
    about.saved !== "" && paragraph(`Sparat den ${savedInWords(about.saved)}.`),
    definition.who_sees.map(text => paragraph(text)),
    asked.map((question, place) => onPaper(question, answers[question.address], `${place + 1}. `)),
    aside.length > 0 && [
      piece("h2", {}, "Svar som inte räknas"),
      paragraph("Frågorna gäller inte längre, efter det som är svarat på andra frågor. Svaren ligger kvar i filen."),
      aside.map(question => onPaper(question, answers[question.address], "")),
    ],
  ];
}

/** @param {Definition} definition @param {string} role */
function roleName(definition, role) {
  const known = definition.roles.find(named => named.id === role);
  return known ? known.label : definition.role_name || role;
}

/** @param {Question} question @param {State | undefined} state @param {string} number @returns {Content} */
function onPaper(question, state, number) {
  return piece("section", { class: "fraga" },
    piece("h2", {}, number + question.text),
    question.help !== "" && piece("p", { class: "hur" }, question.help),
    state && isSaid(state) ? answerRead(question, state) : roomFor(question));
}

/**
 * An answer to read.
 * @param {Question} question
 * @param {State} state
 * @returns {Content}
 */
function answerRead(question, state) {
  if (isPassed(state)) return linesOf(inWords(question, state));
  if (state.rows) return state.rows.filter(isFilled).map((row, place) => [piece("p", { class: "radnamn" }, rowTitle(question, row, place)), rowRead(question, row)]);
  const said = state.statements;
  if (!said) return choicesRead(question, state);
  return piece("dl", { class: "svar" }, question.statements.map((statement, place) =>
    piece("div", {}, piece("dt", {}, `${place + 1}. ${statement.text}`), piece("dd", {}, said[statement.id] ? labelOf(question, said[statement.id]) : "Inget svar"))));
}

/** @param {Item} item @param {State} state @returns {Content} */
function choicesRead(item, state) {
  const choices = state.chosen ? choicesInWords(item, state) : [];
  return choices.length > 1 ? piece("ul", {}, choices.map(choice => piece("li", {}, choice))) : linesOf(inWords(item, state).replace(/^- /, ""));
}

/** @param {Question} question @param {Row} row @returns {Content} */
function rowRead(question, row) {
  const fields = question.fields.filter(field => fieldApplies(field, row) && isSaid(row.cells[field.id]));
  return piece("dl", { class: "svar" },
    fields.map(field => piece("div", {}, piece("dt", {}, field.text), piece("dd", {}, cellInWords(field, row.cells[field.id])))));
}

/**
 * Where to write by hand.
 * @param {Question} question
 * @returns {Content}
 */
function roomFor(question) {
  const line = () => piece("div", { class: "linje" });
  const boxes = question.options.map(option => piece("li", {}, `☐ ${option.label}`));
  if (question.kind === "pastaenden") {
    const labels = question.options.map(option => `☐ ${option.label}`).join("   ");
    return question.statements.map((statement, place) => piece("div", { class: "pastaende" }, paragraph(`${place + 1}. ${statement.text}`), paragraph(labels)));
  }
  if (question.kind === "grupp") return question.fields.map(field => piece("div", { class: "pastaende" }, paragraph(`${field.text}:`), line()));
  if (boxes.length > 0) return [piece("ul", { class: "rutor" }, boxes), question.own_words && line()];
  return LONG_KINDS.includes(question.kind) ? [line(), line(), line(), line()] : line();
}

/** @param {Question} question @param {Row} row @param {number} place */
function rowTitle(question, row, place) {
  return row.id ? `${capitalized(question.row_name || "rad")} ${row.id}` : `${capitalized(question.row_name || "rad")} ${place + 1}`;
}

/** @param {string} text */
function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
