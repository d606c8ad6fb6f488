const test = require("node:test");
const assert = require("node:assert/strict");
const { scripts, plain, question, option, field, definition } = require("./scripts.js");

const form = scripts();
const chosen = (...ids) => ({ chosen: ids, own: "" });
const asked = (questions, answers) => [...form.applying(questions, answers)];

test("a question hangs on what is chosen, said or counted in another", () => {
  const cases = [
    [{ address: "a.1", in: ["ja"] }, chosen("ja"), true],
    [{ address: "a.1", in: ["ja"] }, chosen("nej"), false],
    [{ address: "a.1", in: ["x"] }, chosen("y", "x"), true],
    [{ address: "a.1", in: ["Egna ord"] }, { chosen: [], own: " Egna ord " }, true],
    [{ address: "a.1", answered: true }, { text: "Något" }, true],
    [{ address: "a.1", answered: true }, { text: "  " }, false],
    [{ address: "a.1", answered: true }, { unknown: "chefen" }, false],
    [{ address: "a.1", answered: false }, undefined, true],
    [{ address: "a.1", answered: true }, { rows: [{ id: "", key: "n1", cells: { vem: { text: "x" } } }] }, true],
    [{ address: "a.1", answered: true }, { rows: [{ id: "", key: "n1", cells: {} }] }, false],
    [{ address: "a.1", min: 60 }, { text: "ca 60" }, true],
    [{ address: "a.1", min: 1.6 }, { text: "1,5" }, false],
    [{ address: "a.1", max: 1200 }, { text: "1 200 kr" }, true],
    [{ address: "a.1", min: 1 }, { text: "många" }, false],
    [{ not: { address: "a.1", in: ["ja"] } }, undefined, true],
    [{ all: [{ address: "a.1", in: ["ja"] }, true] }, chosen("ja"), true],
    [{ any: [{ address: "a.1", in: ["ja"] }, false] }, chosen("nej"), false],
  ];
  for (const [when, state, expected] of cases) {
    const questions = [question("a.1"), question("a.2", { when })];
    assert.equal(asked(questions, state ? { "a.1": state } : {}).includes("a.2"), expected, JSON.stringify([when, state]));
  }
});

test("a chain of three falls as a whole, is set aside, and is back untouched", () => {
  const questions = [
    question("a.1", { kind: "ja_nej" }),
    question("a.2", { kind: "ja_nej", when: { address: "a.1", in: ["ja"] } }),
    question("a.3", { when: { address: "a.2", in: ["ja"] } }),
    question("a.4", { when: { address: "a.3", answered: true } }),
  ];
  const whole = definition(questions);
  const answers = { "a.1": chosen("ja"), "a.2": chosen("ja"), "a.3": { text: " Så här " }, "a.4": { text: "Sist" } };
  assert.deepEqual(plain(form.parted(whole, answers)), { answers, set_aside: {} });
  const { "a.1": _, ...others } = answers;
  const fallen = plain(form.parted(whole, { ...answers, "a.1": chosen("nej") }));
  assert.deepEqual(fallen, { answers: { "a.1": chosen("nej") }, set_aside: others });
  const again = plain(form.rejoined(whole, fallen));
  assert.deepEqual(plain(form.parted(whole, { ...again, "a.1": chosen("ja") })), { answers, set_aside: {} });
});

test("questions that hang on each other are never asked, and nothing hangs", () => {
  const questions = [question("a.1", { when: { address: "a.2", answered: true } }), question("a.2", { when: { address: "a.1", answered: true } })];
  assert.deepEqual(asked(questions, { "a.1": { text: "x" }, "a.2": { text: "y" } }), []);
});

test("a cell whose field no longer applies is set aside and comes back", () => {
  const group = question("a.1", { kind: "grupp", fields: [field("typ", { kind: "val", options: [option("kurs", "Kurs")] }), field("lank", { when: { field: "typ", in: ["kurs"] } })] });
  const whole = definition([group]);
  const rows = typ => ({ "a.1": { rows: [{ id: "M1", key: "p1", cells: { typ: chosen(typ), lank: { text: "På nätet" } } }] } });
  const fallen = plain(form.parted(whole, rows("bok")));
  assert.deepEqual(fallen.set_aside, { "a.1.M1.lank": { text: "På nätet" } });
  assert.equal(fallen.answers["a.1"].rows[0].cells.lank, undefined);
  assert.deepEqual(plain(form.rejoined(whole, fallen)), rows("bok"));
});

test("what is typed stays letter by letter, and nothing is left out but the empty", () => {
  const typed = ["1,5", "ca 60", "22.11.2026", "  två blanksteg  ", "</script>", "\u0000\ud800", "a\u2028b"];
  const questions = typed.map((_, number) => question(`a.${number}`));
  const answers = Object.fromEntries(typed.map((text, number) => [`a.${number}`, { text }]));
  assert.deepEqual(plain(form.parted(definition([...questions, question("a.99")]), { ...answers, "a.99": { text: " " } })).answers, answers);
});

test("a length and choices that do not go together are faults, with where they are", () => {
  const choice = question("a.1", { kind: "flerval", options: [option("x", "Ett"), option("inget", "Inget", true)], own_words: true });
  const faults = (item, state) => plain(form.faultsIn(item, state, "f1"));
  assert.deepEqual(faults(choice, chosen("x", "inget")), [{ id: "f1-1", text: "Ta bort ”Inget” eller det andra. De går inte att välja tillsammans." }]);
  assert.equal(faults(choice, { chosen: ["inget"], own: "Mer" }).length, 1);
  assert.deepEqual(faults(choice, chosen("inget")), []);
  const short = question("a.1", { longest: 5 });
  assert.deepEqual(faults(short, { text: "ååååå" }), []);
  assert.deepEqual(faults(short, { text: "👩‍⚕️ärenden" })[0].id, "f1");
  assert.match(faults(short, { text: "x".repeat(5012) })[0].text, /5\u00a0012 tecken/);
  assert.deepEqual(faults(short, { unknown: "" }), []);
  const single = question("a.1", { kind: "val", options: [option("x", "Ett"), option("annat", "Annat")], own_words: true });
  assert.equal(faults(single, { chosen: ["x"], own: "Två" }).length, 1);
  assert.deepEqual(faults(single, { chosen: ["annat"], own: "Två" }), []);
});
