// @ts-check
// What the browser remembers: a net under the file, never in its place, and nothing at all in a survey.

/** @typedef {{id: string, role: string, when: string, at: string, saved: string, isChanged?: boolean, answers: Answers}} Draft */

/**
 * What drafts of a form are called.
 * @param {Definition} definition
 */
function netName(definition) {
  return `utb-formular/${definition.form_id}/`;
}

/**
 * Puts a draft away, and says whether the browser could.
 * @param {Definition} definition
 * @param {Draft} draft
 */
function netPut(definition, draft) {
  if (definition.purpose === "enkat") return false;
  try {
    localStorage.setItem(netName(definition) + draft.id, JSON.stringify(draft));
    return true;
  } catch (error) {
    return false;
  }
}

/**
 * Whether the browser remembers at all.
 * @param {Definition} definition
 */
function netHolds(definition) {
  if (definition.purpose === "enkat") return false;
  const name = `${netName(definition)}prov`;
  try {
    localStorage.setItem(name, "1");
    localStorage.removeItem(name);
    return true;
  } catch (error) {
    return false;
  }
}

/**
 * Drafts of the form, the latest first.
 * @param {Definition} definition
 * @returns {Draft[]}
 */
function netDrafts(definition) {
  if (definition.purpose === "enkat") return [];
  /** @type {Draft[]} */
  const drafts = [];
  try {
    for (let place = 0; place < localStorage.length; place++) {
      const name = localStorage.key(place) || "";
      const draft = name.startsWith(netName(definition)) ? draftIn(localStorage.getItem(name) || "") : null;
      if (draft) drafts.push(draft);
    }
  } catch (error) {
    return [];
  }
  return drafts.sort((left, right) => (left.when < right.when ? 1 : -1));
}

/** @param {string} text @returns {Draft | null} */
function draftIn(text) {
  try {
    const draft = JSON.parse(text);
    const isDraft = draft && typeof draft.id === "string" && typeof draft.when === "string" && typeof draft.answers === "object";
    return isDraft ? draft : null;
  } catch (error) {
    return null;
  }
}

/**
 * Takes a draft away.
 * @param {Definition} definition
 * @param {string} id
 */
function netDrop(definition, id) {
  try {
    localStorage.removeItem(netName(definition) + id);
  } catch (error) {
    // Where nothing can be kept there is nothing to take away.
  }
}
