// @ts-check
// Personal identity numbers in what is typed, by the same rule as the program's own.

// The sign between day and number, and what is no figure. Older browsers cannot look behind, so what stands before a
// number is looked at by hand.
const SIGN = "(?:[^\\p{L}\\p{N}_ %]|_)";
const PERSONAL = new RegExp(
  `(?:((?:(?:18|19|20)[ -]?)?[0-9]{2})(?:([0-9]{4})|( ?${SIGN} ?| )([0-9]{2})\\3([0-9]{2}))|((?:18|19|20)[0-9]{2}) ([0-9]{4}))` +
    `( ?${SIGN}{0,3} ?|[^0-9]{0,40}(?:sista|fyra|slutar|slutsiff|kontrollsiff)[^0-9]{0,40})` +
    `([0-9]{4}|[0-9]{2} ?${SIGN}? ?[0-9]{2}|[0-9]{3}[ -][0-9]|[0-9](?: [0-9]){3})(?![0-9])`,
  "giu",
);
const SINGLES = /((?:[0-9](?: [-+/] |[-+/_.]| )){9}(?:[0-9] [0-9] )?[0-9])(?![0-9])/g;
const GROUPED = /(?:[0-9]{1,11}[ .-]{1,3}){1,5}[0-9]{1,11}(?![ .,:/-]?[0-9])/g;
const AMOUNT = /^[0-9]{1,3}(?:[ .][0-9]{3})+$/;
const SAID_PERSONAL = /person-?n(?:umme)?r|\bp\.? ?n\.?r|samordningsn|född/i;
const SAID_CASE = /(?:^|[^\p{L}])(?:dnr|diarien\p{L}*|ärende\p{L}*)[.:]? ?(?:[A-ZÅÄÖ]+[ -])*$/iu;
const SAID_CALL = /(?:^|[^\p{L}])(?:tel|tfn|telefon\p{L}*|mobil\p{L}*|ring|sms\p{L}*|nås på|fax)[.:]* ?(?:på |till )?$/iu;
const MARKS_BEFORE = 30;

/**
 * Plain digits, dashes and blanks.
 * @param {string} text
 */
function plainText(text) {
  return text
    .replace(/<[^<>]*>|[*`~\\]/g, "")
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\s()[\]{}"'”’]+/g, " ");
}

/** @param {string} text */
function digitsIn(text) {
  return text.replace(/[^0-9]/g, "");
}

/**
 * Whether ten or twelve digits have a day that exists and the right last one.
 * @param {string} digits
 */
function isPersonalNumber(digits) {
  const ten = digits.slice(-10);
  const years = digits.length === 12 ? [Number(digits.slice(0, 4))] : [1900 + Number(ten.slice(0, 2)), 2000 + Number(ten.slice(0, 2))];
  const month = Number(ten.slice(2, 4));
  const day = Number(ten.slice(4, 6)) % 60;
  const exists = years.some(year => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  });
  const sum = Array.from(ten).reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 ? 1 : 2);
    return total + Math.floor(doubled / 10) + (doubled % 10);
  }, 0);
  return exists && sum % 10 === 0;
}

/**
 * Whether digits are a day with its time.
 * @param {RegExpExecArray} match
 */
function isDayAndTime(match) {
  const last = match[9];
  const digits = digitsIn(last);
  if (Number(digits.slice(0, 2)) > 23 || Number(digits.slice(2)) > 59) return false;
  if (/[:.]/.test(last)) return true;
  const all = digitsIn(match[0]);
  const years = all.length === 12 ? [Number(all.slice(0, 4))] : [1900 + Number(all.slice(0, 2)), 2000 + Number(all.slice(0, 2))];
  const isLoose = match[8] !== "" && ["", ",", "_", ":", "."].includes(match[8].trim());
  if (match[3] && isLoose) return years.some(year => year >= 2000 && year < 2036);
  return (isLoose || (match[8] === "" && all.length === 12)) && years.some(year => year >= 2020 && year < 2036);
}

/**
 * Whether two digits follow two in the same way throughout, as weeks do.
 * @param {string} written
 */
function isListOfPairs(written) {
  const pairs = /^[0-9]{2}([^0-9]+)[0-9]{2}(?:\1[0-9]{2}){3}$/.exec(written);
  return pairs !== null && !pairs[1].includes("-");
}

/**
 * Whether a number is written as other numbers are.
 * @param {RegExpExecArray} match
 * @param {string} plain
 */
function isOtherNumber(match, plain) {
  const before = plain.slice(Math.max(0, match.index - MARKS_BEFORE), match.index);
  if (SAID_PERSONAL.test(before)) return false;
  const after = plain.slice(match.index + match[0].length);
  const all = digitsIn(match[0]);
  const isRecent = all.length === 12 ? /^20[0-3]/.test(all) : Number(all.slice(0, 2)) < 36;
  return isDayAndTime(match) || isListOfPairs(match[0]) || /^-[0-9]{2}-[0-9]{2}(?![0-9])/.test(after) ||
    SAID_CALL.test(before) || (SAID_CASE.test(before) && isRecent);
}

/**
 * Whether digits in any groups are a personal number, and are written as no other number is.
 * @param {string} written @param {string} before
 */
function isGrouped(written, before) {
  const digits = digitsIn(written);
  if (![10, 12].includes(digits.length) || !isPersonalNumber(digits)) return false;
  if (digits.length === 12 && !/^(?:18|19|20)/.test(digits)) return false;
  if (SAID_PERSONAL.test(before)) return true;
  const isOther = digits.startsWith("0") || AMOUNT.test(written) || /^[0-9.]+$/.test(written);
  const isRecent = digits.length === 12 && Number(digits.slice(0, 4)) >= 2000 && Number(digits.slice(0, 4)) < 2036;
  return !(isOther || isRecent || SAID_CALL.test(before) || SAID_CASE.test(before));
}

/**
 * What matches a pattern and is so, wherever in a text it may begin.
 * @param {RegExp} pattern @param {string} plain @param {(match: RegExpExecArray) => boolean} isSo
 */
function matching(pattern, plain, isSo) {
  const written = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(plain); match; match = pattern.exec(plain)) {
    const isNumber = isSo(match);
    if (isNumber) written.push(match[0]);
    pattern.lastIndex = match.index + (isNumber ? match[0].length : 1);
  }
  return written;
}

/**
 * The personal identity numbers in a text.
 * @param {string} text
 * @returns {string[]}
 */
function personalNumbers(text) {
  const plain = plainText(text);
  if (digitsIn(plain).length < 10) return [];
  const before = (/** @type {RegExpExecArray} */ match) => plain.slice(Math.max(0, match.index - MARKS_BEFORE), match.index);
  const isWhole = (/** @type {RegExpExecArray} */ match) =>
    !/[0-9][.,]?$/.test(before(match)) && [10, 12].includes(digitsIn(match[0]).length) && isPersonalNumber(digitsIn(match[0]));
  const numbers = [
    ...matching(PERSONAL, plain, match => isWhole(match) && !isOtherNumber(match, plain)),
    ...matching(SINGLES, plain, isWhole),
  ];
  const isLoose = (/** @type {RegExpExecArray} */ match) => !/(?:[0-9+]|[0-9][ .,:-])$/.test(before(match)) && !matching(PERSONAL, match[0], whole => whole[0] === match[0]).length;
  const grouped = matching(GROUPED, plain, match => isLoose(match) && isGrouped(match[0], before(match)));
  return [...numbers, ...grouped.filter(number => !numbers.some(seen => number.includes(seen)))];
}

/**
 * All that is typed in an answer.
 * @param {State | undefined} state
 * @returns {string[]}
 */
function typedIn(state) {
  if (!state) return [];
  const cells = (state.rows || []).flatMap(row => Object.keys(row.cells).flatMap(name => typedIn(row.cells[name])));
  return [state.text, state.own, state.unknown, state.skipped].filter(text => text).map(String).concat(cells);
}
