// The scripts of the form as the page runs them, without a page.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const FOLDER = path.join(__dirname, "..", "..", "templates", "formular");

/** All functions of the form, in a world of their own that has what a test gives it. */
function scripts(world = {}) {
  const nothing = { addEventListener() {}, documentElement: {}, currentScript: null };
  const context = vm.createContext({ document: nothing, console, ...world });
  for (const name of fs.readdirSync(FOLDER).filter(known => known.endsWith(".js")).sort()) {
    vm.runInContext(fs.readFileSync(path.join(FOLDER, name), "utf8"), context, { filename: name });
  }
  return context;
}

/** A value as a test compares it, whatever world it is from. */
function plain(value) {
  return JSON.parse(JSON.stringify(value));
}

function question(address, more = {}) {
  return {
    address, number: Number(/\d+$/.exec(address)), kind: "text", text: `Fråga ${address}`, help: "", how: "", weak: "", strong: "", follow_ups: [],
    recalled: [], core: false, options: [], own_words: false, unit: "", longest: null, statements: [], fields: [], row_name: "",
    most_rows: null, when: true, tag: "", mail: [`[analys] ${address}`], before: null, ...more,
  };
}

function option(id, label, excludes = false) {
  return { id, label, help: "", excludes };
}

function field(id, more = {}) {
  return { ...question("x.1"), id, text: `Fältet ${id}`, when: null, ...more };
}

function definition(questions, more = {}) {
  return {
    format: 1, made: "2026-11-28", key: "[nyckel k]", form_id: "0123456789abcdef", purpose: "svar", title: "Trygg start", stage: "analys",
    stage_title: "Analys", purpose_text: "", role: "", role_name: "", roles: [{ id: "chef", label: "chef" }], intro: [], who_sees: [],
    how_long: "", send_back: "", text: { opening: ["Hej!"], closing: ["Tack!"] }, questions, ...more,
  };
}

module.exports = { scripts, plain, question, option, field, definition };
