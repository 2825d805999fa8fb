// What stands in the middle: one card, or cards of every kind.
(function (preview) {
  "use strict";
  var make = preview.make;
  var SAMPLES = 3; // cards of a kind that the gallery shows before it is asked for all
  var samePair = null; // the one card's frames are kept from card to card: that is faster, and nothing flickers
  var facts = null;
  var gallery = [];

  // Shows one card, or says that there is none.
  preview.showCard = function (content, app) {
    gallery = [];
    var card = app.card();
    if (!card) {
      samePair = null;
      content.replaceChildren(make("p", { class: "nothing" }, app.site.cards.length
        ? "No card has all that. Search for less, or clear the filters."
        : "There are no cards yet."));
      return;
    }
    if (!samePair || !samePair.element.isConnected) {
      samePair = preview.pair();
      facts = make("div", { class: "facts" });
      content.replaceChildren(make("article", { class: "one", "aria-labelledby": "card-title" }, [facts, samePair.element]));
    }
    facts.replaceChildren.apply(facts, describe(card, app));
    samePair.show(card, app.look, app.site.note_types[card.form].css);
  };

  function describe(card, app) {
    var place = app.found.indexOf(card);
    var turn = make("div", { class: "turn" }, [
      make("span", { class: "number" }, (place + 1) + " of " + app.found.length),
      button("Previous", "k", place > 0, function () { app.step(-1); }),
      button("Next", "j", place + 1 < app.found.length, function () { app.step(1); }),
    ]);
    var words = [card.kind].concat(card.template ? [card.template] : [], Object.values(card.facets).flat(), card.tags);
    return [
      make("p", { class: "label section" }, app.sectionTitle(card)),
      turn,
      make("h2", { id: "card-title" }, card.question.split("\n")[0] || card.key),
      make("p", { class: "key" }, [make("code", {}, card.key)].concat(words.map(function (word) {
        return make("span", { class: "word" }, word);
      }))),
      preview.place(card.file, card.line, app),
    ];
  }

  function button(words, key, able, act) {
    var element = make("button", { type: "button", class: "plain", "aria-keyshortcuts": key }, words);
    element.disabled = !able;
    element.addEventListener("click", act);
    return element;
  }

  // Shows where something was written, with what one can do with that.
  preview.place = function (file, line, app) {
    var text = line ? file + ":" + line : file;
    var said = make("span", { class: "said", role: "status" });
    var parts = [make("code", {}, text), act("Copy", function () { copy(text, said); })];
    if (app.site.token) parts.push(act("Open in the editor", function () { open(file, line, app, said); }));
    return make("p", { class: "place" }, parts.concat(said));
  };

  function act(words, run) {
    var element = make("button", { type: "button", class: "plain" }, words);
    element.addEventListener("click", run);
    return element;
  }

  function copy(text, said) {
    // From a disk, or where the browser says no, the text can still be selected.
    var done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error("no clipboard"));
    done.then(function () { said.textContent = "Copied."; }, function () { said.textContent = "Not copied: select it."; });
  }

  function open(file, line, app, said) {
    fetch("open", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Preview-Token": app.site.token },
      body: JSON.stringify({ file: file, line: line }),
    }).then(function (answer) {
      return answer.ok ? "Opened." : answer.text();
    }).then(function (words) { said.textContent = words; }, function () { said.textContent = "The preview has ended."; });
  }

  // Shows cards of every kind; a card's frames come when it comes near the window, and go when it is far from it.
  preview.showKinds = function (content, app) {
    samePair = null;
    var kinds = new Map();
    app.found.forEach(function (card) {
      if (!kinds.has(card.kind)) kinds.set(card.kind, []);
      kinds.get(card.kind).push(card);
    });
    var keys = JSON.stringify([Array.from(kinds.values(), function (cards) {
      return cards.map(function (card) { return card.key; });
    }), Array.from(app.opened)]);
    if (gallery.keys === keys && gallery.length && gallery[0].element.isConnected) {
      // The same cards: keep them, so that the window stays where it is.
      var byKey = new Map(app.found.map(function (card) { return [card.key, card]; }));
      gallery.forEach(function (item) { item.renew(byKey.get(item.card.key)); });
      return;
    }
    gallery.forEach(function (item) { item.stop(); });
    gallery = [];
    gallery.keys = keys;
    var sections = Array.from(kinds.keys()).sort().map(function (kind) { return shelf(kind, kinds.get(kind), app); });
    content.replaceChildren.apply(content, sections.length ? sections : [make("p", { class: "nothing" }, "No card has all that.")]);
  };

  function shelf(kind, cards, app) {
    var all = app.opened.has(kind) || kinds(app) === 1;
    var shown = all ? cards : samples(cards);
    var head = make("h2", { id: "kind-" + kind }, [kind, " ", make("span", { class: "count" }, counted(cards.length))]);
    var parts = [head].concat(shown.map(function (card) { return exhibit(card, app); }));
    if (shown.length < cards.length) {
      var more = make("button", { type: "button", class: "plain" }, "Show all " + cards.length + " of kind " + kind);
      more.addEventListener("click", function () { app.opened.add(kind); app.draw(); });
      parts.push(more);
    }
    return make("section", { class: "shelf", "aria-labelledby": "kind-" + kind }, parts);
  }

  function kinds(app) {
    return new Set(app.found.map(function (card) { return card.kind; })).size;
  }

  // Takes cards that differ: of each of a note type's templates one, then the next ones.
  function samples(cards) {
    var seen = new Set();
    var first = cards.filter(function (card) {
      var sort = card.form + card.template;
      return !seen.has(sort) && seen.add(sort);
    });
    return first.concat(cards.filter(function (card) { return !first.includes(card); })).slice(0, Math.max(SAMPLES, first.length));
  }

  function counted(number) {
    return number + (number === 1 ? " card" : " cards");
  }

  function exhibit(card, app) {
    var link = make("button", { type: "button", class: "title" }, card.question.split("\n")[0] || card.key);
    link.addEventListener("click", function () { app.choose(card.key, "card"); });
    var holder = make("div", { class: "holder" });
    var item = { card: card, element: make("article", { class: "exhibit" }, [make("h3", {}, link), holder]), pair: null };
    item.renew = function (card) {
      item.card = card;
      if (item.pair) item.pair.show(card, app.look, app.site.note_types[card.form].css);
    };
    item.stop = function () { watcher.unobserve(item.element); };
    item.come = function (near) {
      if (near && !item.pair) {
        item.pair = preview.pair();
        holder.style.minHeight = "";
        holder.replaceChildren(item.pair.element);
        item.renew(item.card);
      } else if (!near && item.pair) {
        holder.style.minHeight = holder.offsetHeight + "px";
        holder.replaceChildren();
        item.pair = null;
      }
    };
    gallery.push(item);
    items.set(item.element, item);
    watcher.observe(item.element);
    return item.element;
  }

  var items = new WeakMap();
  var watcher = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) { items.get(entry.target).come(entry.isIntersecting); });
  }, { rootMargin: "1200px 0px" });
})(window.preview);
