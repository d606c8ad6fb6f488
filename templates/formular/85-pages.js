// @ts-check
// The pages of the form: what each says and what goes on from it.

/** @typedef {{heading: string, content: Content[], next?: () => void}} Shown */
/**
 * One person's way through the form.
 * @typedef {{
 *   definition: Definition, source: Source, answers: Answers, kept: Answers, id: string, role: string, hasRole: boolean,
 *   saved: string, isBegun: boolean, isReopened: boolean, isChanged: boolean, isKeptByBrowser: boolean, told: string,
 *   faults: {id: string, text: string}[], allowed: string[], comesFromCheck: boolean,
 *   lastRow: Object<string, number>, removed: {address: string, row: Row, place: number} | null,
 *   changed: () => void, keep: () => void, go: (where: string) => void, again: () => void, begin: (where: string) => void,
 * }} Session
 */

/** @param {string} href @param {string} words */
function linkTo(href, words) {
  return piece("a", { href }, words);
}

/** @param {string} words @param {() => void} onclick @param {string} looks */
function button(words, onclick, looks = "") {
  return piece("button", { type: "button", class: looks || false, onclick }, words);
}

/** @param {string} words */
function going(words) {
  return piece("button", { type: "submit", class: "fram" }, words);
}

/**
 * Help to unfold.
 * @param {string} name
 * @param {boolean} isOpen
 * @param {...Content} inside
 */
function unfolding(name, isOpen, ...inside) {
  return piece("details", { open: isOpen }, piece("summary", {}, name), ...inside);
}

/**
 * The questions that apply now.
 * @param {Session} session
 */
function asked(session) {
  const current = applying(session.definition.questions, session.answers);
  return session.definition.questions.filter(question => current.has(question.address));
}

/** @param {Question} question */
function placeOf(question) {
  return `#fraga-${question.number}`;
}

/** @param {Session} session @param {string} id */
function faultsAt(session, id) {
  const faults = session.faults.filter(fault => fault.id === id || fault.id.startsWith(`${id}-`));
  return faults.length > 0 && piece("div", { id: `${id}-fel`, class: "fel" }, faults.map(fault => paragraph(piece("strong", {}, "Fel: "), fault.text)));
}

// ------------------------------------------------------------------- the start

/** @param {Session} session @returns {Shown} */
function startPage(session) {
  const { definition } = session;
  const isSurvey = definition.purpose === "enkat";
  const asksRole = definition.role === "" && !isSurvey && definition.roles.length > 0;
  return {
    heading: `${definition.stage_title}: ${definition.title}`,
    content: [
      definition.intro.map(text => paragraph(text)),
      definition.purpose_text !== "" && paragraph(definition.purpose_text),
      definition.how_long !== "" && paragraph(definition.how_long),
      session.isBegun ? false : drafts(session, null),
      piece("h2", {}, "Vem ser svaren?"),
      definition.who_sees.map(text => paragraph(text)),
      piece("h2", {}, "Vart tar svaren vägen?"),
      paragraph("Sidan skickar inget. Du sparar svaren i en fil eller kopierar dem som text, och skickar dem själv."),
      paragraph(netSentence(session)),
      asksRole ? roles(session) : definition.role_name !== "" && paragraph(`Du svarar som ${definition.role_name}.`),
      piece("div", { class: "knappar" }, going(session.isBegun ? "Fortsätt" : "Börja")),
    ],
    next: () => {
      if (asksRole && !session.hasRole) {
        session.faults = [{ id: "roll-1", text: "Välj vilken roll du svarar i." }];
        return session.again();
      }
      const first = asked(session)[0];
      session.begin(first ? placeOf(first) : "#kontrollera");
    },
  };
}

/** @param {Session} session */
function netSentence(session) {
  if (session.definition.purpose === "enkat") return "Webbläsaren sparar inget. Spara svaren innan du stänger sidan.";
  if (!session.isKeptByBrowser) return "Webbläsaren kan inte spara något här. Det är bara filen som sparar svaren.";
  return "Medan du svarar finns svaren också kvar i den här webbläsaren, om sidan skulle stängas. Delar du dator kan du ta bort dem när du är klar.";
}

/** @param {Session} session @returns {Content} */
function roles(session) {
  const choices = [...session.definition.roles, { id: "", label: "Någon annan roll" }];
  return piece("fieldset", { class: "roller", "aria-describedby": session.faults.length > 0 ? "roll-fel" : false },
    piece("legend", {}, "Vilken roll svarar du i?"),
    faultsAt(session, "roll"),
    choices.map((role, place) => ticking({
      id: `roll-${place + 1}`, group: "roll", type: "radio", label: capitalized(role.label), help: "",
      isOn: () => session.hasRole && session.role === role.id,
      turn: () => {
        session.role = role.id;
        session.hasRole = true;
        session.changed();
      },
    })));
}

/**
 * What the browser remembers and the file does not say, told by role and time: no answer is shown before a yes.
 * @param {Session} session @param {Saved | null} saved
 * @returns {Content}
 */
function drafts(session, saved) {
  const { definition } = session;
  const isInFile = (/** @type {Draft} */ draft) => saved !== null && draft.id === saved.id &&
    JSON.stringify(parted(definition, draft.answers).answers) === JSON.stringify(saved.answers);
  return netDrafts(definition).filter(draft => !isInFile(draft)).map(draft => piece("div", { class: "ruta" },
    paragraph(`Det finns ett ${draft.saved && !draft.isChanged ? "svar som är sparat i en fil kvar" : "påbörjat svar"} i den här webbläsaren: ${draft.role ? roleName(definition, draft.role) : "utan roll"}, ${timeInWords(new Date(draft.when))}. Är det ditt?`),
    piece("div", { class: "knappar" },
      button("Ja, fortsätt med det", () => {
        Object.assign(session, { answers: draft.answers, id: draft.id, role: draft.role, hasRole: true, saved: draft.saved, isChanged: draft.saved === "" || draft.isChanged === true });
        session.begin(whereLeft(session, draft.at || "#start"));
      }),
      button("Ta bort det", () => {
        netDrop(definition, draft.id);
        session.again();
      }, "lugn"))));
}

/**
 * Where somebody goes on: at statements that are begun, at the first without an answer.
 * @param {Session} session @param {string} at
 */
function whereLeft(session, at) {
  const question = asked(session).find(known => placeOf(known) === at);
  const state = question && session.answers[question.address];
  return question && isHalf(question, state) ? `${at}-p${openStatements(question, state)[0]}` : at;
}

/**
 * The page of a file that somebody has saved.
 * @param {Session} session
 * @param {Saved} saved
 * @returns {Shown}
 */
function openedPage(session, saved) {
  const { definition } = session;
  const from = [saved.role && `från ${roleName(definition, saved.role)}`, saved.saved && `sparat den ${savedInWords(saved.saved)}`].filter(Boolean);
  return {
    heading: "Filen har ett sparat svar",
    content: [
      paragraph(`Formuläret gäller ”${definition.title}”, ${definition.stage_title}.${from.length ? ` Svaret är ${from.join(", ")}.` : ""}`),
      paragraph("Fortsätt om svaret är ditt. Välj Nytt svar om du inte har svarat än: då börjar formuläret om, och den här filen ändras inte."),
      piece("div", { class: "knappar" },
        button("Fortsätt ditt svar", () => {
          Object.assign(session, { answers: rejoined(definition, saved), id: saved.id, role: saved.role, hasRole: true, saved: saved.saved });
          session.begin("#kontrollera");
        }, "fram"),
        button("Nytt svar", () => {
          Object.assign(session, { answers: answersBefore(definition), id: newId(), role: definition.role, hasRole: false, saved: "", isBegun: false, isReopened: false });
          session.go("#start");
        }, "lugn")),
      drafts(session, saved),
      piece("h2", {}, "Svaren i filen"),
      summary(session, rejoined(definition, saved), false),
    ],
  };
}

// -------------------------------------------------------------------- questions

/** @param {Session} session @param {Question} question @returns {Shown} */
function questionPage(session, question) {
  const questions = asked(session);
  const place = questions.indexOf(question);
  const before = questions[place - 1];
  const id = `f${question.number}`;
  const control = {
    item: question, place: placeIn(session.answers, question.address, session.changed), id, named: "rubrik",
    told: [question.help && `${id}-om`, question.how && `${id}-hur`, session.faults.length > 0 && `${id}-fel`].filter(Boolean).join(" "),
  };
  return {
    heading: question.text,
    content: [
      piece("p", { class: "vag" }, linkTo(session.comesFromCheck ? "#kontrollera" : before ? placeOf(before) : "#start", "Tillbaka")),
      questions.length > 1 && piece("p", { class: "steg" }, `Fråga ${place + 1} av ${questions.length}`),
      HEADING,
      helping(question, id),
      faultsAt(session, id),
      answerOrPass(control, question.kind === "grupp" ? rowsOf(session, question) : answering(control), session.kept, true),
      piece("div", { class: "knappar" }, going("Nästa")),
    ],
    next: () => leave(session, faultsOf(session, question, id, session.answers[question.address]), () => {
      const after = asked(session).find(later => later.number > question.number);
      session.go(session.comesFromCheck || !after ? "#kontrollera" : placeOf(after));
    }),
  };
}

/**
 * What helps to answer.
 * @param {Question} question
 * @param {string} id
 * @returns {Content}
 */
function helping(question, id) {
  return [
    question.help !== "" && piece("p", { id: `${id}-om` }, question.help),
    question.before && question.kind !== "grupp" && piece("p", { class: "hur" }, "Svaret som redan finns är ifyllt. Ändra det om det inte stämmer."),
    (question.weak !== "" || question.strong !== "") && unfolding("Exempel på svar", false,
      question.weak !== "" && [piece("p", { class: "exempel" }, piece("strong", {}, "Ett svagt svar: "), question.weak)],
      question.strong !== "" && [piece("p", { class: "exempel" }, piece("strong", {}, "Ett starkt svar: "), question.strong)]),
    question.follow_ups.length > 0 && unfolding("Frågor som kan hjälpa", false, piece("ul", {}, question.follow_ups.map(text => piece("li", {}, text)))),
    question.recalled.length > 0 && unfolding("Det här är redan sagt", true,
      question.recalled.map(earlier => piece("div", { class: "tidigare" }, paragraph(piece("strong", {}, earlier.text)), linesOf(earlier.answer)))),
    question.how !== "" && piece("p", { id: `${id}-hur`, class: "hur" }, question.how),
  ];
}

/**
 * What must be mended before going on.
 * @param {Session} session
 * @param {Item} item
 * @param {string} id
 * @param {State | undefined} state
 */
function faultsOf(session, item, id, state) {
  return [...faultsIn(item, state, id), ...peopleIn(session, state, id)];
}

/** @param {Session} session @param {State | undefined} state @param {string} id */
function peopleIn(session, state, id) {
  const numbers = typedIn(state).flatMap(personalNumbers).filter(number => !session.allowed.includes(number));
  const box = !state ? "" : state.unknown !== undefined ? "-unknown-ord" : state.skipped !== undefined ? "-skipped-ord" : state.own ? "-egna" : "";
  return numbers.map(number => ({
    id: id + box, number,
    text: `Ta bort personnumret ${number}. Är det inget personnummer väljer du samma knapp en gång till.`,
  }));
}

/**
 * Goes on, or shows what must be mended; a number that somebody keeps is asked about once.
 * @param {Session} session
 * @param {{id: string, text: string, number?: string}[]} faults
 * @param {() => void} onward
 */
function leave(session, faults, onward) {
  session.faults = faults;
  for (const fault of faults) if (fault.number) session.allowed.push(fault.number);
  if (faults.length > 0) session.again();
  else onward();
}

// ------------------------------------------------------------------------- rows

/**
 * The rows of an answer.
 * @param {Session} session
 * @param {Question} question
 * @returns {Row[]}
 */
function rowsIn(session, question) {
  return (session.answers[question.address] || {}).rows || [];
}

/**
 * The rows, and what can be done with them.
 * @param {Session} session
 * @param {Question} question
 * @returns {Content}
 */
function rowsOf(session, question) {
  const rows = rowsIn(session, question).filter(row => row.id !== "" || isFilled(row));
  const where = placeOf(question);
  const hasRoom = question.most_rows === null || rows.length < question.most_rows;
  const removed = session.removed && session.removed.address === question.address ? session.removed : null;
  return [
    rows.map((row, place) => piece("section", { class: "kort", "aria-label": rowTitle(question, row, place) },
      piece("h2", {}, rowTitle(question, row, place)),
      isFilled(row) ? rowRead(question, row) : paragraph("Inget är ifyllt än."),
      piece("div", { class: "knappar" },
        piece("a", { href: `${where}-rad-${row.key}`, "aria-label": `Ändra ${rowTitle(question, row, place)}` }, "Ändra"),
        row.id === "" && piece("button", { type: "button", class: "lank", "aria-label": `Ta bort ${rowTitle(question, row, place)}`, onclick: () => removeRow(session, question, row) }, "Ta bort")))),
    piece("p", { role: "status", id: "borta" }, removed ? "Raden är borttagen. " : "",
      removed && button("Ångra", () => putBack(session, question), "lank")),
    hasRoom && piece("div", { class: "knappar" }, button(rows.length ? "Lägg till en rad till" : "Lägg till en rad", () => {
      session.go(`${where}-rad-${newKey(session, question)}`);
    }, "lugn")),
  ];
}

/**
 * A key that no row of the answer has had, so that a row is never taken for one that is gone.
 * @param {Session} session @param {Question} question
 */
function newKey(session, question) {
  const numbers = rowsIn(session, question).map(row => (/^n\d+$/.test(row.key) ? Number(row.key.slice(1)) : 0));
  const last = Math.max(session.lastRow[question.address] || 0, ...numbers);
  const next = last + 1;
  session.lastRow[question.address] = next;
  return `n${next}`;
}

/** @param {Session} session @param {Question} question @param {Row} row */
function removeRow(session, question, row) {
  const rows = rowsIn(session, question);
  session.removed = { address: question.address, row, place: rows.indexOf(row) };
  putRows(session, question, rows.filter(kept => kept !== row));
}

/** @param {Session} session @param {Question} question */
function putBack(session, question) {
  const rows = [...rowsIn(session, question)];
  if (session.removed) rows.splice(session.removed.place, 0, session.removed.row);
  session.removed = null;
  putRows(session, question, rows);
}

/** @param {Session} session @param {Question} question @param {Row[]} rows */
function putRows(session, question, rows) {
  if (rows.length) session.answers[question.address] = { rows };
  else delete session.answers[question.address];
  session.changed();
  session.again();
}

/**
 * The page of one row.
 * @param {Session} session
 * @param {Question} question
 * @param {string} key
 * @returns {Shown}
 */
function rowPage(session, question, key) {
  const rows = rowsIn(session, question);
  const known = rows.find(kept => kept.key === key);
  const row = known || { id: "", key, cells: {} };
  const id = `f${question.number}`;
  const changed = () => {
    if (!rowsIn(session, question).includes(row)) session.answers[question.address] = { rows: [...rowsIn(session, question), row] };
    session.changed();
  };
  const control = (/** @type {Field} */ field) => ({
    item: field, place: placeIn(row.cells, field.id, changed), id: `${id}-${field.id}`, named: `${id}-${field.id}-namn`,
    told: [field.help && `${id}-${field.id}-om`, field.how && `${id}-${field.id}-hur`, session.faults.length > 0 && `${id}-${field.id}-fel`].filter(Boolean).join(" "),
  });
  return {
    heading: rowTitle(question, row, known ? rows.indexOf(known) : rows.length),
    content: [
      piece("p", { class: "vag" }, linkTo(placeOf(question), "Tillbaka")),
      piece("p", { class: "steg" }, question.text),
      HEADING,
      question.fields.map(field => piece("div", { class: "falt", hiddenWhen: () => !fieldApplies(field, row) },
        piece("h2", { id: `${id}-${field.id}-namn` }, field.text),
        field.help !== "" && piece("p", { id: `${id}-${field.id}-om`, class: "hur" }, field.help),
        field.how !== "" && piece("p", { id: `${id}-${field.id}-hur`, class: "hur" }, field.how),
        faultsAt(session, `${id}-${field.id}`),
        answerOrPass(control(field), answering(control(field)), session.kept, false))),
      piece("div", { class: "knappar" }, going("Klar med raden")),
    ],
    next: () => {
      const shown = question.fields.filter(field => fieldApplies(field, row));
      const faults = shown.flatMap(field => faultsOf(session, field, `${id}-${field.id}`, row.cells[field.id]));
      leave(session, faults, () => session.go(placeOf(question)));
    },
  };
}

// -------------------------------------------------------- checking and handing in

/**
 * The answers as a list.
 * @param {Session} session
 * @param {Answers} answers
 * @param {boolean} canChange
 * @returns {Content}
 */
function summary(session, answers, canChange) {
  const { questions } = session.definition;
  const current = applying(questions, answers);
  const shown = questions.filter(question => current.has(question.address));
  const aside = questions.filter(question => !current.has(question.address) && isSaid(answers[question.address]));
  return [
    shown.map((question, place) => piece("section", { class: "kort" },
      piece("h3", {}, `${place + 1}. ${question.text}`),
      isSaid(answers[question.address]) && answerFolded(question, answers[question.address]),
      canChange && isHalf(question, answers[question.address]) && openLinks(question, answers[question.address]),
      (canChange || !isSaid(answers[question.address])) && paragraph(
        !isSaid(answers[question.address]) && piece("span", { class: "hur" }, "Inget svar. "),
        canChange && piece("a", { href: placeOf(question), "data-andra": "", "aria-label": `Ändra svaret på fråga ${place + 1}` }, "Ändra")))),
    aside.length > 0 && [
      piece("h2", {}, "Svar som inte räknas"),
      paragraph("Frågorna gäller inte längre, efter det du har svarat på andra frågor. Svaren ligger kvar om du ändrar dig."),
      piece("ul", {}, aside.map(question => piece("li", {}, question.text))),
    ],
  ];
}

/**
 * The statements without an answer, each a way to its place.
 * @param {Question} question @param {State} state @returns {Content}
 */
function openLinks(question, state) {
  const links = openStatements(question, state).map(number => piece("a", {
    href: `${placeOf(question)}-p${number}`, "data-andra": "", "aria-label": `Svara på påstående ${number}: ${question.statements[number - 1].text}`,
  }, String(number)));
  return piece("p", { class: "nummer" }, "Utan svar: ", links);
}

/**
 * An answer to read, many statements folded.
 * @param {Question} question @param {State} state @returns {Content}
 */
function answerFolded(question, state) {
  if (isPassed(state) || !state.statements) return answerRead(question, state);
  return unfolding(statementsInWords(question, state), question.statements.length <= FEW_STATEMENTS, answerRead(question, state));
}

const FEW_STATEMENTS = 4;

/** @param {Session} session @returns {Shown} */
function checkPage(session) {
  const questions = asked(session);
  const last = questions[questions.length - 1];
  return {
    heading: "Kontrollera dina svar",
    content: [
      piece("p", { class: "vag" }, linkTo(last ? placeOf(last) : "#start", "Tillbaka")),
      HEADING,
      paragraph(countSentence(questions, session.answers)),
      people(session),
      summary(session, session.answers, true),
      piece("div", { class: "knappar" }, going("Lämna svaren")),
    ],
    next: () => session.go("#lamna"),
  };
}

/**
 * How much is answered; a question with statements left is no whole one.
 * @param {Question[]} questions @param {Answers} answers
 */
function countSentence(questions, answers) {
  const all = questions.length;
  const halves = questions.filter(question => isHalf(question, answers[question.address]));
  const said = questions.filter(question => isSaid(answers[question.address])).length - halves.length;
  if (said === all) return "Alla frågor är besvarade.";
  const whole = all === 1 && halves.length > 0 ? "" : `Du har svarat på ${said} av ${all} ${all === 1 ? "fråga" : "frågor"}${halves.length > 0 ? `, och på ${halves.length === 1 ? "en" : halves.length} till delvis` : ""}.`;
  return [whole, ...halves.map(question => statementsInWords(question, answers[question.address])), "Det går bra att lämna tomt."].filter(Boolean).join(" ");
}

/**
 * Where there still seems to be a personal number.
 * @param {Session} session
 * @returns {Content}
 */
function people(session) {
  const where = asked(session).filter(question => typedIn(session.answers[question.address]).some(text => personalNumbers(text).length > 0));
  return where.length > 0 && piece("div", { class: "ruta varning" },
    paragraph("Det här ser ut att innehålla ett personnummer. Ta bort det innan du skickar svaren."),
    piece("ul", {}, where.map(question => piece("li", {}, linkTo(placeOf(question), question.text)))));
}

/** @param {Session} session @returns {Shown} */
function handingPage(session) {
  const { definition } = session;
  const text = asMail(definition, session.answers, { id: session.id, role: session.role, saved: timeInFile(definition, new Date()) });
  return {
    heading: "Lämna dina svar",
    content: [
      piece("p", { class: "vag" }, linkTo("#kontrollera", "Tillbaka")),
      HEADING,
      paragraph("Det finns två sätt, och de är lika bra."),
      people(session),
      piece("h2", {}, "Spara svarsfilen"),
      paragraph("Filen är formuläret med dina svar i. Den går att öppna, läsa, skriva ut och fortsätta i."),
      piece("div", { class: "knappar" }, button("Spara svarsfilen", () => saveFile(session), "fram")),
      piece("p", { textOf: () => session.told, class: "hur" }),
      paragraph(definition.send_back),
      piece("h2", {}, "Kopiera som text"),
      paragraph("Klistra in texten i ett mejl till den som bad dig svara."),
      definition.questions.some(question => question.before) && paragraph("Svar som stod i formuläret från början är med bara om du har ändrat dem."),
      piece("div", { class: "knappar" }, button("Kopiera som text", () => copyText(), "fram")),
      piece("p", { role: "status", id: "kopierad" }),
      unfolding("Visa texten", false, piece("textarea", { id: "texten", class: "skriv", readonly: true, rows: "10", "aria-label": "Svaren som text", valueOf: () => text })),
      piece("h2", {}, "När du är klar"),
      piece("div", { class: "knappar" }, button("Skriv ut", () => window.print(), "lugn"),
        session.isKeptByBrowser && button("Ta bort svaren ur webbläsaren", () => {
          session.isKeptByBrowser = false;
          netDrop(definition, session.id);
          say("kopierad-bort", "Svaren finns inte längre kvar i webbläsaren.");
        }, "lugn")),
      piece("p", { role: "status", id: "kopierad-bort" }),
    ],
  };
}

/** @param {string} id @param {string} words */
function say(id, words) {
  const place = document.getElementById(id);
  if (place) place.textContent = words;
}

/** Copies the text that is shown, or marks it where the browser does not copy. */
function copyText() {
  const box = /** @type {HTMLTextAreaElement} */ (document.getElementById("texten"));
  const done = () => say("kopierad", "Texten är kopierad. Klistra in den i ett mejl.");
  const failed = () => {
    const fold = box.closest("details");
    if (fold) fold.open = true;
    box.focus();
    box.select();
    let isCopied = false;
    try {
      isCopied = document.execCommand("copy");
    } catch (error) {
      isCopied = false;
    }
    if (isCopied) done();
    else say("kopierad", "Webbläsaren kopierade inte. Texten är markerad: kopiera den med Ctrl+C, eller håll fingret på den.");
  };
  if (navigator.clipboard) navigator.clipboard.writeText(box.value).then(done, failed);
  else failed();
}

const HEADING = piece("h1", { id: "rubrik", tabindex: "-1" });
