const test = require("node:test");
const assert = require("node:assert/strict");
const { scripts, question, option, field, definition } = require("./scripts.js");

const form = scripts();
const ABOUT = { id: "0123456789abcdef", role: "", saved: "" };
const options = [option("x", "Ett, två"), option("y", "Tre"), option("annat", "Annat")];
const mail = (item, state) => form.asMail(definition([item]), { [item.address]: state }, ABOUT).split("\n\n").slice(2, -3);

test("each answer stands in a paragraph of its own below its question", () => {
  const cases = [
    [question("a.1"), { text: " 1,5 " }, ["1,5"]],
    [question("a.1"), { unknown: "" }, ["Vet inte än"]],
    [question("a.1"), { unknown: "chefen" }, ["Vet inte än: chefen"]],
    [question("a.1"), { skipped: "för tidigt" }, ["Hoppar över: för tidigt"]],
    [question("a.1"), { text: "" }, []],
    [question("a.1", { kind: "val", options }), { chosen: ["y"], own: "" }, ["Tre"]],
    [question("a.1", { kind: "val", options, own_words: true }), { chosen: ["annat"], own: "Eget" }, ["Eget"]],
    [question("a.1", { kind: "flerval", options, own_words: true }), { chosen: ["x", "annat"], own: "Eget" }, ["- Ett, två\n- Eget"]],
    [question("a.1", { kind: "pastaenden", options, statements: [{ id: "s1", text: "Så är det.", example: "" }] }), { statements: { s1: "y" } }, ["Så är det: Tre"]],
  ];
  for (const [item, state, expected] of cases) assert.deepEqual(mail(item, state), expected, JSON.stringify(state));
});

test("a row is a paragraph, known or new, and longer text stands in", () => {
  const group = question("a.1", { kind: "grupp", fields: [field("vem"), field("nar", { when: { field: "vem", in: ["alla"] } })] });
  const rows = [
    { id: "M1", key: "p1", cells: { vem: { text: "Ett\n\nTvå" }, nar: { text: "gäller inte" } } },
    { id: "", key: "n1", cells: { vem: { unknown: "" } } },
    { id: "", key: "n2", cells: {} },
  ];
  assert.deepEqual(form.asMail(definition([group]), { "a.1": { rows } }, ABOUT).includes("Rad M1\nFältet vem: Ett\n  \n  Två"), true);
  assert.equal(mail(group, { rows: [rows[1], rows[2]] })[0], "Ny rad\nFältet vem: Vet inte än");
});

test("the text begins and ends as the definition says, with the key and the id last", () => {
  const text = form.asMail(definition([question("a.1")]), {}, ABOUT);
  assert.equal(text, "Hej!\n\n[analys] a.1\n\nTack!\n\n[nyckel k]\n\n[svar 0123456789abcdef]");
});

test("a question that no longer applies is not in the text", () => {
  const questions = [question("a.1"), question("a.2", { when: { address: "a.1", in: ["ja"] } })];
  const text = form.asMail(definition(questions), { "a.2": { text: "Hemligt" } }, ABOUT);
  assert.equal(text.includes("a.2") || text.includes("Hemligt"), false);
});

test("what the form began with is not in the text: a cell, a statement and a choice only where they are changed", () => {
  const before = {
    "a.1": { text: "Kvar" },
    "a.2": { statements: { s1: "x", s2: "x" } },
    "a.3": { rows: [{ id: "M1", key: "p1", cells: { vem: { text: "Alla" }, nar: { text: "Nu" } } }, { id: "", key: "p2", cells: { vem: { text: "Ett förslag" } } }] },
    "a.4": { chosen: ["y", "x"], own: "" },
    "a.5": { text: "Bort" },
  };
  const questions = [
    question("a.1", { before: before["a.1"] }),
    question("a.2", { kind: "pastaenden", options, statements: [{ id: "s1", text: "Så.", example: "" }, { id: "s2", text: "Nej.", example: "" }], before: before["a.2"] }),
    question("a.3", { kind: "grupp", fields: [field("vem"), field("nar")], before: before["a.3"] }),
    question("a.4", { kind: "flerval", options, before: before["a.4"] }),
    question("a.5", { before: before["a.5"] }),
    question("a.6"),
  ];
  const text = answers => form.asMail(definition(questions), answers, ABOUT).split("\n\n").slice(1, -3);
  assert.deepEqual(text({ ...before, "a.1": { text: " Kvar\n" }, "a.4": { chosen: ["x", "y"], own: "" }, "a.5": undefined }), ["[analys] a.6"]);
  const [known, proposed] = before["a.3"].rows;
  const changed = {
    ...before,
    "a.1": { unknown: "" },
    "a.2": { statements: { s2: "y", s1: "x" } },
    "a.3": { rows: [{ ...known, cells: { ...known.cells, nar: { text: "Sedan" } } }, { ...proposed, cells: { ...proposed.cells, nar: { text: "Nu" } } }] },
    "a.4": { skipped: "" },
  };
  assert.deepEqual(text(changed).join("\n"), [
    "[analys] a.1", "Vet inte än", "[analys] a.2", "Nej: Tre", "[analys] a.3", "Rad M1", "Fältet nar: Sedan",
    "Ny rad", "Fältet vem: Ett förslag", "Fältet nar: Nu", "[analys] a.4", "Hoppar över", "[analys] a.6",
  ].join("\n"));
});

test("the last line has the role that was chosen in the form, and when the text was made", () => {
  const about = { id: "0123456789abcdef", role: "chef", saved: "2026-11-28T17:20:05" };
  const last = more => form.asMail(definition([], more), {}, about).split("\n\n").pop();
  assert.equal(last({}), "[svar 0123456789abcdef chef 2026-11-28T17:20:05]");
  assert.equal(last({ role: "chef" }), "[svar 0123456789abcdef 2026-11-28T17:20:05]");
});

test("a file has the time where the person is, in words on the page, and none in a survey", () => {
  const when = new Date(2026, 10, 28, 7, 5, 9);
  assert.equal(form.timeInFile(definition([]), when), "2026-11-28T07:05:09");
  assert.equal(form.timeInFile(definition([], { purpose: "enkat" }), when), "");
  assert.equal(form.savedInWords("2026-11-28T07:05:09"), "28 november 2026 kl. 07.05");
  assert.equal(form.savedInWords("2026-11-28"), "28 november 2026");
});

test("a page that is checked says how much is answered, a question with statements left as half", () => {
  const stated = question("a.1", { kind: "pastaenden", options, statements: ["s1", "s2", "s3"].map(id => ({ id, text: "Så.", example: "" })) });
  const state = { statements: { s1: "x", s3: "y" } };
  assert.equal(form.countSentence([stated], { "a.1": state }), "2 av 3 påståenden är besvarade. Det går bra att lämna tomt.");
  assert.deepEqual([...form.openStatements(stated, state)], [2]);
  const both = [stated, question("a.2")];
  const half = "Du har svarat på 1 av 2 frågor, och på en till delvis. 2 av 3 påståenden är besvarade. Det går bra att lämna tomt.";
  assert.equal(form.countSentence(both, { "a.1": state, "a.2": { text: "Ja" } }), half);
  const whole = { "a.1": { statements: { s1: "x", s2: "x", s3: "x" } }, "a.2": { skipped: "" } };
  assert.equal(form.countSentence(both, whole), "Alla frågor är besvarade.");
});
