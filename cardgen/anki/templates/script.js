(function () {
  // Without this script nothing is missing: every option and every step is simply there, in its author's order.
  var card = document.querySelector(".cg");
  if (!card) return;
  var back = card.classList.contains("back");

  // What the script says is in the language of the deck, and comes with the note.
  function said(name) {
    var word = card.querySelector('.words [data-word="' + name + '"]');
    return word ? word.textContent : "";
  }

  // Options come in another order each time. The answer side must show the order that the question side had; where it
  // cannot know it, it shows the author's.
  var KEY = "cardgen-order";
  function remember(order) {
    var text = JSON.stringify({ card: card.dataset.card, order: order });
    window[KEY] = text;
    try { sessionStorage.setItem(KEY, text); } catch (error) { /* some apps have no storage */ }
  }
  function remembered() {
    var text = window[KEY];
    try { text = sessionStorage.getItem(KEY) || text; } catch (error) { /* as above */ }
    var kept = text ? JSON.parse(text) : {};
    return kept.card === card.dataset.card ? kept.order : null;
  }
  function shuffled(count) {
    var order = [];
    for (var i = 0; i < count; i++) order.splice(Math.floor(Math.random() * (i + 1)), 0, i);
    return order;
  }
  var options = card.querySelector(".options > ul");
  if (options) {
    var items = Array.prototype.slice.call(options.children);
    var order = back ? remembered() : shuffled(items.length);
    if (!back) remember(order);
    if (order && order.length === items.length) order.forEach(function (index) { options.appendChild(items[index]); });
  }

  // Signs say which options are right; the style sheet says it in words to those who hear the card.
  if (back && options) {
    ["right", "wrong"].forEach(function (name) {
      if (said(name)) card.style.setProperty("--" + name, JSON.stringify(said(name)));
    });
  }

  // A question that can be asked in several ways is asked in another one each time, and the answer side shows the same.
  var wordings = card.querySelectorAll(".question .wordings > ul > li");
  if (wordings.length) {
    var kept = back ? remembered() : null;
    var chosen = kept ? kept[0] : back ? 0 : Math.floor(Math.random() * wordings.length);
    if (!back) remember([chosen]);
    for (var w = 0; w < wordings.length; w++) wordings[w].hidden = w !== chosen;
  }

  // The steps of a process, and the moves of an answer whose order matters, come one at a time.
  window.cardgenNext = null;
  var ladder = back && card.querySelector(".moves > ol, .answer > ol");
  var many = ladder && ladder.children.length;
  if (many > 1 && /\b(process|framework)\b/.test(card.className)) {
    var shown = 1;
    var more = card.querySelector(".more");
    var controls = document.createElement("p");
    controls.className = "reveal";
    var next = control("", function () { show(shown + 1); });
    var all = control(said("show_all"), function () { show(many); });
    ladder.setAttribute("aria-live", "polite");
    ladder.classList.add("tappable");
    ladder.addEventListener("click", function () { show(shown + 1); });
    ladder.after(controls);
    window.cardgenNext = function () { show(shown + 1); };
    if (!window.cardgenKeys) {
      window.cardgenKeys = true;
      document.addEventListener("keydown", function (event) {
        if (event.key === "n" && !event.ctrlKey && !event.metaKey && !event.altKey && window.cardgenNext) {
          window.cardgenNext();
        }
      });
    }
    show(1);
  }
  function control(words, act) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "tappable"; // AnkiDroid and AnkiMobile leave taps on such elements to the card
    button.textContent = words;
    button.addEventListener("click", function (event) {
      if (event.detail) button.blur(); // else the space bar, which answers the card in Anki, would press it again
      act();
    });
    controls.appendChild(button);
    return button;
  }
  function show(count) {
    shown = Math.min(count, many);
    for (var i = 0; i < many; i++) ladder.children[i].hidden = i >= shown;
    var done = shown === many;
    if (more) more.hidden = !done;
    if (done && controls.contains(document.activeElement)) {
      ladder.tabIndex = -1;
      ladder.focus();
    }
    controls.hidden = done;
    next.textContent = said("next_of").replace("{n}", shown + 1).replace("{count}", many);
    if (done) window.cardgenNext = null;
  }
})();
