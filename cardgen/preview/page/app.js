// The page: what is chosen, what is shown of it, the keys, and news from the server.
(function (preview) {
  "use strict";
  var make = preview.make;
  function get(id) { return document.getElementById(id); }

  var app = {
    site: { title: "", facets: [], decks: [], cards: [], note_types: {}, findings: [] },
    chosen: {}, // by the name of a filter
    search: "",
    key: "", // of the card that is shown
    view: "card", // or "kinds"
    look: { night: false, phone: false },
    found: [], // the cards that are wanted, in study order
    opened: new Set(), // kinds of which the gallery shows all cards
    card: function () {
      return app.found.find(function (card) { return card.key === app.key; }) || app.found[0] || null;
    },
    choose: function (key, view) {
      app.key = key;
      if (view) app.view = view;
      document.body.classList.remove("listing");
      app.draw();
      window.scrollTo(0, 0);
      if (view) get("stage").focus({ preventScroll: true });
    },
    step: function (by) {
      var next = app.found[app.found.indexOf(app.card()) + by];
      if (!next) return;
      app.key = next.key;
      app.view = "card";
      app.draw();
    },
    sectionTitle: function (card) {
      var deck = app.site.decks.find(function (deck) { return deck.name === card.deck; });
      var section = deck && deck.sections.find(function (section) { return section[0] === card.section; });
      return section ? section[1] : card.section;
    },
    draw: draw,
  };

  // Draws all that hangs on what is chosen.
  function draw() {
    app.found = preview.wanted(app.site, app.chosen, app.search);
    var card = app.card();
    if (card) app.key = card.key;
    drawTools();
    drawFilters();
    drawList(card);
    preview.showFindings(app);
    if (app.view === "card") preview.showCard(get("content"), app);
    else preview.showKinds(get("content"), app);
    keep();
  }

  function drawTools() {
    document.documentElement.dataset.light = app.look.night ? "dark" : "light";
    document.body.classList.toggle("phone", app.look.phone);
    press("view-card", app.view === "card");
    press("view-kinds", app.view === "kinds");
    press("day", !app.look.night);
    press("night", app.look.night);
    press("desktop", !app.look.phone);
    press("phone", app.look.phone);
    document.title = (app.site.title || "Cards") + " – cardgen preview";
    get("title").textContent = app.site.title || "Cards";
  }

  function press(id, pressed) {
    get(id).setAttribute("aria-pressed", String(pressed));
  }

  // The filters that have something to offer; a list that is open stays open, as nothing in it is made anew.
  function drawFilters() {
    var parts = preview.filters(app.site).map(function (filter) {
      var options = preview.offered(filter, app.site, app.chosen);
      if (app.chosen[filter.name] && !options.some(function (option) { return option.value === app.chosen[filter.name]; })) {
        delete app.chosen[filter.name];
        app.found = preview.wanted(app.site, app.chosen, app.search);
      }
      var total = app.site.cards.filter(function (card) { return !app.chosen.deck || card.deck === app.chosen.deck; }).length;
      var tells = options.some(function (option) { return option.count < total || filter.name === "deck" && options.length > 1; });
      return tells || app.chosen[filter.name] ? select(filter, options) : null;
    }).filter(Boolean);
    var before = get("filters");
    var now = make("div", { class: "filters", id: "filters" }, parts);
    var focused = document.activeElement && document.activeElement.id;
    if (before.innerHTML !== now.innerHTML) before.replaceWith(now);
    if (focused && focused.indexOf("filter-") === 0 && get(focused)) get(focused).focus();
    preview.filters(app.site).forEach(function (filter) {
      var element = get("filter-" + filter.name);
      if (element) element.value = app.chosen[filter.name] || "";
    });
    var active = Object.keys(app.chosen).length;
    get("filters-title").textContent = active ? "Filters (" + active + ")" : "Filters";
    get("clear").hidden = !active && !app.search;
    get("found").textContent = app.found.length === app.site.cards.length
      ? app.found.length + " cards"
      : app.found.length + " of " + app.site.cards.length + " cards";
  }

  function select(filter, options) {
    // What it is for is said by what stands in it as long as nothing is chosen, and to screen readers always.
    var element = make("select", { id: "filter-" + filter.name, name: filter.name, "aria-label": filter.label },
      make("option", { value: "" }, filter.all));
    var group = null;
    options.forEach(function (option) {
      if (option.group && (!group || group.label !== option.group)) {
        group = make("optgroup", { label: option.group });
        element.append(group);
      }
      (option.group ? group : element).append(make("option", { value: option.value }, option.label + " (" + option.count + ")"));
    });
    return element;
  }

  // The list, with a title for each section; where it was scrolled to, it stays.
  function drawList(current) {
    var list = get("list");
    var top = list.scrollTop;
    var signature = JSON.stringify(app.found.map(function (card) { return [card.key, card.question, card.template]; }));
    if (list.dataset.signature !== signature) {
      list.dataset.signature = signature;
      list.replaceChildren.apply(list, sections());
      list.scrollTop = top;
    }
    var marked = list.querySelector("[aria-current]");
    if (marked && (!current || marked.dataset.key !== current.key)) marked.removeAttribute("aria-current");
    var now = current && list.querySelector('[data-key="' + CSS.escape(current.key) + '"]');
    if (now) now.setAttribute("aria-current", "true");
    if (now && list.dataset.key !== current.key) reveal(list, now);
    list.dataset.key = current ? current.key : "";
  }

  function sections() {
    var found = [];
    var last = "";
    app.found.forEach(function (card) {
      var here = card.deck + "/" + card.section;
      if (here !== last) {
        last = here;
        var title = app.site.decks.length > 1 ? [make("span", { class: "deck" }, card.deck + " "), app.sectionTitle(card)] : app.sectionTitle(card);
        found.push(make("section", {}, [make("h2", { class: "label" }, title), make("ol")]));
      }
      var button = make("button", { type: "button", "data-key": card.key }, [
        make("span", {}, card.question.split("\n")[0] || card.key), make("small", {}, [card.kind, card.part, card.template].filter(Boolean).join(" · ")),
      ]);
      found[found.length - 1].lastChild.append(make("li", {}, button));
    });
    return found;
  }

  // Scrolls the list, and only the list.
  function reveal(list, element) {
    var box = list.getBoundingClientRect();
    var its = element.getBoundingClientRect();
    if (its.top < box.top + 40) list.scrollTop -= box.top + 40 - its.top;
    else if (its.bottom > box.bottom - 20) list.scrollTop += its.bottom - box.bottom + 20;
  }

  // What is chosen stands in the address, so that it is there after a reload, and in a bookmark. How things look is the
  // reader's own, and stays with the browser.
  function keep() {
    var state = new URLSearchParams(app.chosen);
    if (app.search) state.set("q", app.search);
    if (app.view !== "card") state.set("view", app.view);
    if (app.key) state.set("card", app.key);
    try {
      history.replaceState(null, "", "#" + state);
      localStorage.setItem("cardgen-look", JSON.stringify(app.look));
    } catch (error) { /* a browser that keeps nothing */ }
  }

  function remember() {
    var state = new URLSearchParams(location.hash.slice(1));
    // Which filters there are, the site says, which is not there yet.
    state.forEach(function (value, name) {
      if (value && !["q", "view", "card"].includes(name)) app.chosen[name] = value;
    });
    app.search = state.get("q") || "";
    app.view = state.get("view") === "kinds" ? "kinds" : "card";
    app.key = state.get("card") || "";
    get("search").value = app.search;
    app.look.night = matchMedia("(prefers-color-scheme: dark)").matches;
    try {
      Object.assign(app.look, JSON.parse(localStorage.getItem("cardgen-look") || "{}"));
    } catch (error) { /* as above */ }
    // On a narrow window the card comes first.
    get("more-filters").open = matchMedia("(min-width: 60rem)").matches;
  }

  // Keys, also those that a card's frame passes on.
  preview.press = function (key) {
    if (key === "/") get("search").focus();
    else if (key === "j") app.step(1);
    else if (key === "k") app.step(-1);
    else if (key === "d") set("night", !app.look.night);
    else if (key === "p") set("phone", !app.look.phone);
  };

  function set(name, value) {
    app.look[name] = value;
    draw();
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      if (event.key === "Escape" || (event.key === "Enter" && event.target.id === "search")) event.target.blur();
      return;
    }
    if (event.key === "/") event.preventDefault();
    preview.press(event.key);
  });

  on("view-card", function () { app.view = "card"; draw(); });
  on("view-kinds", function () { app.view = "kinds"; draw(); });
  on("day", function () { set("night", false); });
  on("night", function () { set("night", true); });
  on("desktop", function () { set("phone", false); });
  on("phone", function () { set("phone", true); });
  on("clear", function () {
    app.chosen = {};
    app.search = get("search").value = "";
    draw();
    get("search").focus();
  });
  on("show-list", function () {
    var shown = document.body.classList.toggle("listing");
    get("show-list").setAttribute("aria-expanded", String(shown));
    get("show-list").textContent = shown ? "Hide the list" : "Show the list";
  });
  function on(id, act) { get(id).addEventListener("click", act); }

  get("search").addEventListener("input", function (event) {
    app.search = event.target.value;
    draw();
  });
  document.addEventListener("change", function (event) {
    if (!event.target.id || event.target.id.indexOf("filter-") !== 0) return;
    if (event.target.value) app.chosen[event.target.name] = event.target.value;
    else delete app.chosen[event.target.name];
    draw();
  });
  get("list").addEventListener("click", function (event) {
    var button = event.target.closest("button[data-key]");
    if (button) app.choose(button.dataset.key, app.view === "kinds" ? "card" : "");
  });

  function show(site) {
    app.site = preview.unpacked(site);
    var names = preview.filters(site).map(function (filter) { return filter.name; });
    Object.keys(app.chosen).forEach(function (name) { if (!names.includes(name)) delete app.chosen[name]; });
    draw();
    document.body.dataset.version = site.version || 0;
  }

  // News: the server says when there is something new; what is chosen and scrolled to stays.
  function listen() {
    var events = new EventSource("events");
    events.onmessage = function (event) {
      get("connection").textContent = "";
      if (Number(event.data) !== app.site.version || !app.site.live) load();
    };
    events.onerror = function () {
      get("connection").textContent = "The preview has ended; the cards are those it had last.";
    };
  }

  function load() {
    return fetch("site.json").then(function (answer) { return answer.json(); }).then(show);
  }

  // The side stands below the head, which is higher where its tools need two lines.
  new ResizeObserver(function () {
    document.documentElement.style.setProperty("--head", document.querySelector(".head").offsetHeight + "px");
  }).observe(document.querySelector(".head"));

  remember();
  var written = get("site");
  if (written) show(JSON.parse(written.textContent));
  else load().then(listen, listen);
})(window.preview);
