const test = require("node:test");
const assert = require("node:assert/strict");
const { scripts, plain, question, option, definition } = require("./scripts.js");

const form = scripts();
const HOSTILE = ["</script>", "<!--<script>", "]]>", "\u2028\u2029", "\u0000", "\ud800", "{{ svar }}", "$&$1", "&lt;", "\u007f"];

test("data in a page neither begins nor ends anything, and is read back as it was", () => {
  const written = form.jsonInPage(HOSTILE);
  assert.doesNotMatch(written, /[<>&\u2028\u2029\u007f]/);
  assert.deepEqual(JSON.parse(written), HOSTILE);
});

test("the file is the source with new answers: all else is the same byte for byte", () => {
  const page = "<title>{{ titel }}</title><meta content=\"{{ skydd }}\">{{stil}}{{ definition }}|{{ svar }}|{{ sida }}{{ skript }}{{ papper }}";
  const source = { page, title: "Å & <b>", safety: "script-src 'sha256-a+/='", style: "a > b {}", script: "x && y // {{ svar }} $&", definition: "{\"a\":1}" };
  const [one, two] = [{ id: "1" }, { id: "2" }].map(saved => form.wholeFile(source, saved, ""));
  assert.equal(one.replace("{\"id\":\"1\"}", "{\"id\":\"2\"}"), two);
  assert.ok(one.includes("Å &amp; &lt;b&gt;") && one.includes(source.script) && one.includes(source.style));
  assert.ok(one.includes(`|${form.jsonInPage(page)}${source.script}`));
});

test("answers on paper are text and never markup", () => {
  const questions = HOSTILE.map((_, number) => question(`a.${number}`));
  const answers = Object.fromEntries(HOSTILE.map((text, number) => [`a.${number}`, { text: text + "<img src=x onerror=alert(1)>" }]));
  const paper = form.asHtml(form.paperOf(definition(questions), answers, { role: "chef", saved: "2026-11-28" }));
  assert.doesNotMatch(paper, /<(?:img|script|!--)/);
  assert.doesNotMatch(paper, /[\u0000\u007f\ud800]/);
  assert.match(paper, /Svar från: chef\./);
  assert.match(paper, /28 november 2026/);
});

test("an unanswered question has room to write on paper, and a long answer stands whole", () => {
  const long = "ord ".repeat(1250);
  const paper = form.asHtml(form.paperOf(definition([question("a.1"), question("a.2"), question("a.3", { kind: "val", options: [option("x", "Ett")] })]), { "a.1": { text: long } }, { role: "", saved: "" }));
  assert.ok(paper.includes(long.trim()));
  assert.match(paper, /class="linje"/);
  assert.match(paper, /☐ Ett/);
});

test("the name of a file tells its step and role, and of a survey nothing", () => {
  assert.equal(form.fileName(definition([]), "chef", "0123456789abcdef"), "svar-analys-chef-0123.html");
  assert.equal(form.fileName(definition([]), "", "fedc456789abcdef"), "svar-analys-fedc.html");
  assert.equal(form.fileName(definition([], { purpose: "enkat" }), "chef", "0123456789abcdef"), "enkatsvar.html");
});

test("an id is sixteen signs", () => {
  const named = scripts({ crypto: globalThis.crypto ?? require("node:crypto").webcrypto });
  assert.match(named.newId(), /^[0-9a-f]{16}$/);
  assert.notEqual(named.newId(), named.newId());
});

/** A browser's storage. */
function storage(more = {}) {
  const kept = new Map();
  return {
    get length() { return kept.size; },
    key: place => [...kept.keys()][place] ?? null,
    getItem: name => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
    removeItem: name => kept.delete(name),
    ...more,
  };
}

const draft = (id, when) => ({ id, role: "chef", when, at: "#fraga-1", saved: "", answers: { "a.1": { text: "x" } } });

test("a draft is found again by its own form alone, the latest first", () => {
  const net = scripts({ localStorage: storage() });
  const mine = definition([]);
  for (const made of [draft("1", "2026-11-27"), draft("2", "2026-11-28")]) assert.equal(net.netPut(mine, made), true);
  assert.deepEqual(plain(net.netDrafts(mine)).map(kept => kept.id), ["2", "1"]);
  assert.deepEqual(plain(net.netDrafts(definition([], { form_id: "fedcba9876543210" }))), []);
  net.netDrop(mine, "2");
  assert.deepEqual(plain(net.netDrafts(mine)).map(kept => kept.id), ["1"]);
});

test("a survey is never kept by the browser", () => {
  const kept = storage();
  const net = scripts({ localStorage: kept });
  const survey = definition([], { purpose: "enkat" });
  assert.equal(net.netPut(survey, draft("1", "2026-11-28")) || net.netHolds(survey), false);
  assert.equal(kept.length, 0);
});

test("a storage that throws, is full, or holds rubbish breaks nothing", () => {
  const broken = () => { throw new Error("nej"); };
  const full = scripts({ localStorage: storage({ setItem: broken }) });
  assert.equal(full.netPut(definition([]), draft("1", "x")) || full.netHolds(definition([])), false);
  const shut = scripts({ localStorage: storage({ key: broken, getItem: broken, removeItem: broken }) });
  shut.localStorage.setItem("utb-formular/0123456789abcdef/1", "{}");
  assert.deepEqual(plain(shut.netDrafts(definition([]))), []);
  shut.netDrop(definition([]), "1");
  const rubbish = storage();
  rubbish.setItem("utb-formular/0123456789abcdef/1", "{\"id\":");
  rubbish.setItem("utb-formular/0123456789abcdef/2", "null");
  assert.deepEqual(plain(scripts({ localStorage: rubbish }).netDrafts(definition([]))), []);
});
