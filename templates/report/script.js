"use strict";
(function () {
  var root = document.documentElement;
  var names = ["system", "light", "dark"];
  var button = document.getElementById("theme");

  function stored() {
    try { return localStorage.getItem("vcsdk-theme") || "system"; } catch (error) { return "system"; }
  }
  function show(name) {
    if (name === "system") { root.removeAttribute("data-theme"); } else { root.setAttribute("data-theme", name); }
    button.textContent = "Theme: " + name;
    button.dataset.theme = name;
  }
  button.hidden = false;
  show(names.indexOf(stored()) < 0 ? "system" : stored());
  button.addEventListener("click", function () {
    var next = names[(names.indexOf(button.dataset.theme) + 1) % names.length];
    try { localStorage.setItem("vcsdk-theme", next); } catch (error) { /* a page from a file may have no storage */ }
    show(next);
  });

  function selectText(node) {
    var range = document.createRange();
    range.selectNodeContents(node);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }
  function tell(button, text) {
    button.textContent = text;
    window.setTimeout(function () { button.textContent = "Copy"; }, 2000);
  }
  document.addEventListener("click", function (event) {
    var copy = event.target.closest("button.copy");
    if (copy) {
      var source = document.getElementById(copy.dataset.copy);
      var fallback = function () {
        selectText(source);
        tell(copy, document.execCommand("copy") ? "Copied" : "Selected: press Ctrl+C");
      };
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(source.textContent).then(function () { tell(copy, "Copied"); }, fallback);
      } else { fallback(); }
    }
    var all = event.target.closest("button.all");
    if (all) {
      var opening = all.textContent === "Open all";
      document.querySelectorAll("details.finding").forEach(function (details) { details.open = opening; });
      all.textContent = opening ? "Close all" : "Open all";
    }
  });
  document.querySelectorAll("button.all").forEach(function (all) { all.hidden = false; });

  document.querySelectorAll(".wide").forEach(function (hint) {
    var table = hint.nextElementSibling;
    function look() { hint.classList.toggle("shown", table.scrollWidth > table.clientWidth); }
    window.addEventListener("resize", look);
    look();
  });

  function openTarget() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();

  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = Array.prototype.filter.call(document.querySelectorAll("details.finding"), function (d) { return !d.open; });
    closed.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (details) { details.open = false; });
  });
})();
