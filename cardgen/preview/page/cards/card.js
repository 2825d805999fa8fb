// The inside of a frame: shows one side of a card as Anki's reviewer would, and tells the page how high it is.
//
// The page and this frame share nothing but messages; the frame is a sandbox without an origin, so a card's own scripts
// cannot reach the page, its data or the server.
(function () {
  "use strict";
  var qa = document.getElementById("qa");
  var style = document.getElementById("style");
  var turn = 0;
  var names = null;
  var expected = null; // what the card's back wants to be typed

  window.addEventListener("message", function (event) {
    if (event.source !== window.parent || !event.data || !event.data.side) return;
    var message = event.data;
    dress(message);
    if (turn === message.turn) {
      if (expected !== null && message.typed !== null) qa.querySelector("code#typeans").replaceWith(window.compareTyped(expected, message.typed));
      return;
    }
    turn = message.turn;
    // What the front's scripts leave in the window, those of the back find there: in Anki it is the same window.
    names = names || Object.keys(window);
    Object.assign(window, message.left);
    write(message.html);
    expected = message.side === "back" && qa.querySelector("code#typeans") ? qa.querySelector("code#typeans").textContent : null;
    tell({ left: left() });
    measure();
  });

  // Classes by which Anki's apps tell a note type where it is.
  function dress(message) {
    var root = document.documentElement;
    root.classList.toggle("night-mode", message.night);
    root.classList.toggle("mobile", message.phone);
    document.body.className = "card card" + (message.ordinal + 1) + (message.night ? " nightMode night_mode" : "");
    document.title = message.title;
    if (style.textContent !== message.css) style.textContent = message.css;
  }

  function write(html) {
    qa.innerHTML = html;
    // Scripts that come by innerHTML do not run; Anki puts each in anew, too.
    qa.querySelectorAll("script").forEach(function (old) {
      var script = document.createElement("script");
      Array.from(old.attributes).forEach(function (attribute) { script.setAttribute(attribute.name, attribute.value); });
      script.textContent = old.textContent;
      old.replaceWith(script);
    });
  }

  function left() {
    var kept = {};
    Object.keys(window).forEach(function (name) {
      if (names.indexOf(name) < 0 && typeof window[name] === "string") kept[name] = window[name];
    });
    return kept;
  }

  function measure() {
    var margins = getComputedStyle(document.body);
    tell({ height: Math.ceil(document.body.getBoundingClientRect().height + parseFloat(margins.marginTop) + parseFloat(margins.marginBottom)) });
  }
  new ResizeObserver(measure).observe(document.body);

  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.id === "typeans") tell({ typed: event.target.value });
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    tell({ key: event.key });
    if (event.key === "/") event.preventDefault();
  });

  // A link leads out of the card; here as in Anki, into a window of its own.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener,noreferrer");
  });

  function tell(message) {
    // A frame of a page from a disk has no origin that could be named.
    window.parent.postMessage(message, "*");
  }
  tell({ ready: true });
})();
