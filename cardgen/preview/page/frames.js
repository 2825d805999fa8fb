// Cards in frames: each side of a card is a small page of its own, with the note type's CSS and scripts and no others.
(function (preview) {
  "use strict";
  var PHONE_HEIGHT = 640; // of a phone's screen of 360 px, less what the app itself takes
  var BORDERS = 2; // px, of .paper

  // A card is kept from the page around it by having no origin. From a disk it needs one, or the browser would keep its
  // pictures from it; there, files are strangers to each other anyway.
  var SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox" +
    (location.protocol === "file:" ? " allow-same-origin" : "");
  var frames = new Set();

  // Makes the two sides of a card; `show` fills them, and may be called again. `look` is {night, phone}.
  preview.pair = function () {
    var element = preview.make("div", { class: "pair" });
    var front = frame(element, "front", "Front");
    var back = frame(element, "back", "Back");
    var shown = null;
    var turn = 0;
    // The back follows when the front's scripts have run: it is to find what they left behind.
    front.hear = function (left) {
      back.left = left;
      back.send();
    };
    front.typed = function (text) {
      back.answer = text;
      back.send();
    };
    return {
      element: element,
      show: function (card, look, css) {
        var now = { key: card.key, front: card.side("front"), back: card.side("back") };
        var same = shown && shown.key === now.key && shown.front === now.front && shown.back === now.back;
        if (!same) {
          turn += 1;
          back.left = back.answer = null;
        }
        shown = now;
        front.prepare(card, now.front, look, css, turn);
        back.prepare(card, now.back, look, css, turn);
        front.send();
        back.send();
      },
    };
  };

  function frame(parent, side, label) {
    var element = preview.make("iframe", {
      class: "paper", src: "cards/card.html", sandbox: SANDBOX,
    });
    parent.append(preview.make("section", { class: "side-" + side }, [preview.make("p", { class: "label" }, label), element]));
    var self = {
      element: element, ready: false, message: null, left: side === "front" ? {} : null, height: 0, answer: null, hear: null, typed: null,
      prepare: function (card, html, look, css, turn) {
        element.title = label + ": " + card.question.slice(0, 80).replace(/\s+/g, " ").trim();
        self.message = {
          side: side, turn: turn, html: html, css: css, ordinal: card.ordinal, title: element.title,
          night: look.night, phone: look.phone,
        };
        size(self);
      },
      send: function () {
        if (!self.ready || !self.message || !self.left) return;
        // A sandbox has no origin that could be named; what is sent is for anybody to see.
        element.contentWindow.postMessage(Object.assign({ left: self.left, typed: self.answer }, self.message), "*");
      },
    };
    frames.add(self);
    return self;
  }

  function size(frame) {
    var least = frame.message && frame.message.phone ? PHONE_HEIGHT : 60;
    frame.element.style.height = Math.max(frame.height, least) + BORDERS + "px";
  }

  window.addEventListener("message", function (event) {
    frames.forEach(function (frame) {
      if (!frame.element.isConnected) frames.delete(frame);
      else if (frame.element.contentWindow === event.source) heard(frame, event.data || {});
    });
  });

  function heard(frame, message) {
    if (message.ready) {
      frame.ready = true;
      frame.send();
    }
    if (message.height) {
      frame.height = message.height;
      size(frame);
    }
    if (message.left && frame.hear) frame.hear(message.left);
    if ("typed" in message && frame.typed) frame.typed(message.typed);
    if (message.key) preview.press(message.key);
  }
})(window.preview);
