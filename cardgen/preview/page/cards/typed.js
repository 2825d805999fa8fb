// What was typed beside what was expected, as Anki shows it: both taken apart into what they share and what they do not.
window.compareTyped = function (expected, typed) {
  "use strict";
  var wanted = Array.from(expected.normalize("NFC"));
  var given = Array.from(typed.normalize("NFC"));
  var code = document.createElement("code");
  code.id = "typeans";
  if (!given.length) {
    code.textContent = expected;
    return code;
  }
  if (given.join("") === wanted.join("")) {
    code.append(piece("typeGood", wanted));
    return code;
  }
  var above = [];
  var below = [];
  var at = { given: 0, wanted: 0 };
  shared(given, wanted).concat({ given: given.length, wanted: wanted.length, size: 0 }).forEach(function (same) {
    var wrong = given.slice(at.given, same.given);
    var missed = wanted.slice(at.wanted, same.wanted);
    if (wrong.length) above.push(piece("typeBad", wrong));
    else if (missed.length) above.push(piece("typeMissed", missed.map(function () { return "-"; })));
    if (missed.length) below.push(piece("typeMissed", missed));
    if (same.size) {
      above.push(piece("typeGood", given.slice(same.given, same.given + same.size)));
      below.push(piece("typeGood", wanted.slice(same.wanted, same.wanted + same.size)));
    }
    at = { given: same.given + same.size, wanted: same.wanted + same.size };
  });
  var arrow = document.createElement("span");
  arrow.id = "typearrow";
  arrow.textContent = "↓";
  code.append.apply(code, above.concat(document.createElement("br"), arrow, document.createElement("br"), below));
  return code;

  // The longest stretch that both have, then the longest before it and after it, and so on (Ratcliff and Obershelp).
  function shared(a, b) {
    var found = [];
    function between(aFrom, aTo, bFrom, bTo) {
      var best = { size: 0 };
      var before = new Map();
      for (var i = aFrom; i < aTo; i++) {
        var now = new Map();
        for (var j = bFrom; j < bTo; j++) {
          if (a[i] !== b[j]) continue;
          var size = (before.get(j - 1) || 0) + 1;
          now.set(j, size);
          if (size > best.size) best = { given: i - size + 1, wanted: j - size + 1, size: size };
        }
        before = now;
      }
      if (!best.size) return;
      between(aFrom, best.given, bFrom, best.wanted);
      found.push(best);
      between(best.given + best.size, aTo, best.wanted + best.size, bTo);
    }
    between(0, a.length, 0, b.length);
    return found;
  }

  function piece(name, characters) {
    var span = document.createElement("span");
    span.className = name;
    // A mark that stands first would join the piece before it.
    span.textContent = (/^\p{M}/u.test(characters[0]) ? "\u00a0" : "") + characters.join("");
    return span;
  }
};
