// @ts-check
// What a question is answered with: boxes to write in, choices, statements, and the ways not to answer.

/**
 * Where an answer is kept.
 * @typedef {{get: () => State | undefined, set: (state: State | undefined) => void}} Place
 */
/**
 * What a control answers, where, and what it is called.
 * @typedef {{item: Item, place: Place, id: string, named: string, told: string}} Control
 */

/** @param {Answers} holder @param {string} key @param {() => void} changed @returns {Place} */
function placeIn(holder, key, changed) {
  return {
    get: () => holder[key],
    set: state => {
      if (state) holder[key] = state;
      else delete holder[key];
      changed();
    },
  };
}

/**
 * The facts that say what a control is called and what is told about it.
 * @param {Control} control
 */
function naming(control) {
  return { "aria-labelledby": control.named, "aria-describedby": control.told || false };
}

/**
 * What to answer with.
 * @param {Control} control
 * @returns {Content}
 */
function answering(control) {
  const kind = control.item.kind;
  if (kind === "pastaenden") return stating(/** @type {any} */ (control));
  if (SINGLE_KINDS.includes(kind) || SEVERAL_KINDS.includes(kind)) return choosing(control);
  return writing(control);
}

/** @param {Control} control @returns {Content} */
function writing(control) {
  const { item, place, id } = control;
  const isLong = LONG_KINDS.includes(item.kind);
  const isWide = isLong || item.kind === "text";
  const box = piece(isWide ? "textarea" : "input", {
    id,
    class: isLong ? "skriv lang" : isWide ? "skriv" : "skriv kort",
    type: isWide ? false : "text",
    rows: isWide ? "1" : false,
    onkeydown: (/** @type {any} */ event) => {
      // A line goes on below itself when it is long, but takes no new lines.
      if (event.key === "Enter" && isWide && !isLong) event.preventDefault();
    },
    autocomplete: "off",
    ...naming(control),
    valueOf: () => (place.get() || {}).text || "",
    oninput: (/** @type {any} */ event) => {
      const text = event.target.value;
      place.set(text === "" ? undefined : { text });
      grown(event.target);
    },
  });
  return item.unit ? piece("div", { class: "med-enhet" }, box, piece("span", {}, item.unit)) : box;
}

/**
 * Makes a box as high as its text.
 * @param {HTMLElement} box
 */
function grown(box) {
  if (box.tagName === "TEXTAREA" && box.scrollHeight > box.clientHeight) box.style.height = `${box.scrollHeight + 4}px`;
}

/** @param {Control} control @returns {Content} */
function choosing(control) {
  const { item, place, id } = control;
  const isSeveral = SEVERAL_KINDS.includes(item.kind);
  const chosen = () => (place.get() || {}).chosen || [];
  const own = () => (place.get() || {}).own || "";
  const put = (/** @type {string[]} */ ids, /** @type {string} */ words) => {
    place.set(ids.length || words !== "" ? { chosen: ids, own: words } : undefined);
  };
  const choose = (/** @type {string} */ option, /** @type {boolean} */ isOn) => {
    if (!isSeveral) return put([option], own());
    const ids = item.options.map(known => known.id);
    const kept = chosen().filter(known => known !== option).concat(isOn ? [option] : []);
    put(kept.sort((left, right) => ids.indexOf(left) - ids.indexOf(right)), own());
  };
  const write = (/** @type {string} */ words) => {
    const hasOther = item.options.some(option => option.id === OTHER_OPTION);
    if (words !== "" && hasOther && !chosen().includes(OTHER_OPTION)) {
      return put(isSeveral ? [...chosen(), OTHER_OPTION] : [OTHER_OPTION], words);
    }
    put(chosen(), words);
  };
  const first = `${id}-1`;
  return piece("fieldset", naming(control),
    isSeveral && item.options.length > 0 && piece("p", { class: "hur" }, "Du kan välja flera."),
    item.options.length === 0 && !item.own_words && piece("p", { class: "hur" }, "Det finns inget att välja bland än."),
    item.options.map((option, place_) => ticking({
      id: `${id}-${place_ + 1}`,
      group: id,
      type: isSeveral ? "checkbox" : "radio",
      label: option.label,
      help: option.help,
      isOn: () => chosen().includes(option.id),
      turn: isOn => choose(option.id, isOn),
    })),
    item.own_words && piece("div", { class: "egna" },
      piece("label", { for: `${id}-egna` }, isSeveral ? "Annat, med egna ord. Skriv semikolon mellan flera." : "Annat, med egna ord"),
      piece("input", { id: `${id}-egna`, class: "skriv", type: "text", autocomplete: "off", valueOf: own, oninput: (/** @type {any} */ event) => write(event.target.value) })),
    undoing(`Ta bort ${isSeveral ? "alla val" : "valet"}`, first, () => chosen().length === 0, () => put([], chosen().includes(OTHER_OPTION) ? "" : own())));
}

/** @typedef {{id: string, group: string, type: string, label: string, help: string, isOn: () => boolean, turn: (isOn: boolean) => void}} Tick */

/**
 * A round or a square to tick, with its words.
 * @param {Tick} tick
 * @returns {Piece}
 */
function ticking(tick) {
  const told = tick.help ? `${tick.id}-om` : "";
  return piece("div", { class: "val" },
    piece("input", {
      id: tick.id, type: tick.type, name: tick.group, "aria-describedby": told || false, checkedWhen: tick.isOn,
      onchange: (/** @type {any} */ event) => tick.turn(event.target.checked),
    }),
    piece("label", { for: tick.id }, tick.label),
    told !== "" && piece("p", { id: told, class: "hur" }, tick.help));
}

/**
 * A button that takes a choice back, seen only while there is one; its room is there always, so that nothing moves.
 * @param {string} words
 * @param {string} next
 * @param {() => boolean} isIdle
 * @param {() => void} undo
 */
function undoing(words, next, isIdle, undo) {
  return piece("button", {
    type: "button", class: "lank plats", hiddenWhen: isIdle,
    onclick: () => {
      undo();
      focusOn(next);
    },
  }, words);
}

/**
 * All statements, each with its choices.
 * @param {Control & {item: Question}} control
 * @returns {Content}
 */
function stating(control) {
  const { item, place, id } = control;
  const said = () => (place.get() || {}).statements || {};
  const put = (/** @type {string} */ statement, /** @type {string} */ option) => {
    const statements = { ...said() };
    if (option) statements[statement] = option;
    else delete statements[statement];
    place.set(Object.keys(statements).length ? { statements } : undefined);
  };
  return item.statements.map((statement, number) => {
    const group = `${id}-p${number + 1}`;
    return piece("fieldset", { id: group, class: "pastaende", tabindex: "-1" },
      piece("legend", {}, `${number + 1}. ${statement.text}`),
      statement.example !== "" && piece("p", { class: "hur" }, `Till exempel: ${statement.example}`),
      piece("div", { class: "rad" }, item.options.map((option, at) => ticking({
        id: `${group}-${at + 1}`,
        group,
        type: "radio",
        label: option.label,
        help: "",
        isOn: () => said()[statement.id] === option.id,
        turn: () => put(statement.id, option.id),
      }))),
      undoing("Ta bort valet", `${group}-1`, () => !said()[statement.id], () => put(statement.id, "")));
  });
}

/**
 * A question or a field with its answer, and the ways not to. What was answered comes back when they are taken away.
 * Nothing moves: the words of a way stand where the answer stood, and below statements in room of their own.
 * @param {Control} control @param {Content} inside @param {Answers} kept @param {boolean} canSkip @returns {Content}
 */
function answerOrPass(control, inside, kept, canSkip) {
  const { item, place, id } = control;
  const isStating = item.kind === "pastaenden";
  const words = (/** @type {Way} */ way) => (place.get() || {})[way];
  const way = (/** @type {Way} */ name, /** @type {string} */ label) => ticking({
    id: `${id}-${name}`, group: `${id}-${name}`, type: "checkbox", label, help: "",
    isOn: () => words(name) !== undefined,
    turn: isOn => {
      const before = place.get();
      if (isOn && before && !isPassed(before)) kept[id] = before;
      place.set(isOn ? { [name]: "" } : kept[id]);
    },
  });
  const more = (/** @type {Way} */ name, /** @type {string} */ label) => piece("div", { class: "egna plats", hiddenWhen: () => words(name) === undefined },
    piece("label", { for: `${id}-${name}-ord` }, label),
    piece("input", {
      id: `${id}-${name}-ord`, class: "skriv", type: "text", autocomplete: "off", valueOf: () => words(name) || "",
      oninput: (/** @type {any} */ event) => place.set({ [name]: event.target.value }),
    }));
  const unknown = way("unknown", "Vet inte än");
  const ways = canSkip
    ? piece("fieldset", { class: "inget-svar plats", hiddenWhen: () => isStating && isAnswered(place.get()) },
      piece("legend", {}, isStating ? "Kan du inte svara på något av dem?" : "Kan du inte svara?"),
      piece("div", { class: "rad" }, unknown, way("skipped", isStating ? "Hoppa över alla" : "Hoppa över")))
    : piece("div", { class: "inget-svar" }, unknown);
  const asking = [
    more("unknown", "Vem kan veta? En roll, eller tomt."),
    canSkip && more("skipped", "Varför? Det går bra att lämna tomt."),
  ];
  const answer = piece("fieldset", { class: "svaret", disabled: () => isPassed(place.get()) }, inside);
  if (!isStating) return [piece("div", { class: "ettdera" }, answer, asking), ways];
  const count = piece("p", { class: "steg plats", hiddenWhen: () => !isAnswered(place.get()), textOf: () => statementsInWords(/** @type {any} */ (item), place.get()) });
  return [answer, piece("div", { class: "ettdera" }, ways, count), piece("div", { class: "ettdera" }, asking)];
}

/** @typedef {"unknown" | "skipped"} Way */

/** @param {string} id */
function focusOn(id) {
  const element = document.getElementById(id);
  if (element) element.focus();
}
