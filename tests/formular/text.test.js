const test = require("node:test");
const assert = require("node:assert/strict");
const { scripts, question, option, field, definition } = require("./scripts.js");

const form = scripts();
const options = [option("x", "Ett, två"), option("y", "Tre"), option("annat", "Annat")];
const mail = (item, state) => form.asMail(definition([item]), { [item.address]: state }, "0123456789abcdef").split("\n\n").slice(2, -3);

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
    [question("a.1", { kind: "pastaenden", options, statements: [{ id: "s1", text: "Så är det.", example: "" }] }), { statements: { s1: "y" } }, ["Så är det.: Tre"]],
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
  assert.deepEqual(form.asMail(definition([group]), { "a.1": { rows } }, "0123456789abcdef").includes("Rad M1\nFältet vem: Ett\n  \n  Två"), true);
  assert.equal(mail(group, { rows: [rows[1], rows[2]] })[0], "Ny rad\nFältet vem: Vet inte än");
});

test("the text begins and ends as the definition says, with the key and the id last", () => {
  const text = form.asMail(definition([question("a.1")]), {}, "0123456789abcdef");
  assert.equal(text, "Hej!\n\n[analys] a.1\n\nTack!\n\n[nyckel k]\n\n[svar 0123456789abcdef]");
});

test("a question that no longer applies is not in the text", () => {
  const questions = [question("a.1"), question("a.2", { when: { address: "a.1", in: ["ja"] } })];
  const text = form.asMail(definition(questions), { "a.2": { text: "Hemligt" } }, "0123456789abcdef");
  assert.equal(text.includes("a.2") || text.includes("Hemligt"), false);
});
