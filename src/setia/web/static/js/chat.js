// Chats by hand and by key. All of it also works by links and forms.
(() => {
  const box = () => document.querySelector("#composer textarea");
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  // What asks again and again rests while nobody looks, and while a voice note plays.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const asking = event.target.matches?.("[data-poll]");
    const playing = asking && [...event.target.querySelectorAll("audio, video")].some((media) => !media.paused);
    const doing = asking && event.target.querySelector("details[open]");
    if (asking && (document.hidden || playing || doing)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.body.dispatchEvent(new Event("seen"));
  });

  // One panel at a time; a tap elsewhere closes it.
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details[data-pop][open]")) if (!open.contains(event.target)) open.open = false;
    // What is open keeps the thread from asking for news.
    if (event.target.closest(".emoji")) close();
    const quick = event.target.closest("[data-insert]");
    const quote = event.target.closest("[data-quote]");
    if (quick && box()) {
      event.preventDefault();
      insert(quick.dataset.insert);
    } else if (quote && box()) {
      event.preventDefault();
      quoting(quote.dataset.quote, quote.closest(".msg").querySelector(".msg__text, .msg__label")?.textContent.trim().slice(0, 120) || "…");
    } else if (event.target.closest("[data-unquote]") && box()) {
      event.preventDefault();
      quoting("", "");
    }
  });

  function close() {
    for (const open of document.querySelectorAll("details[data-pop][open]")) open.open = false;
  }

  function insert(words) {
    const field = box();
    const before = field.value.replace(/(^|\s)\/\S*$/, "$1");
    field.value = before && !/\s$/.test(before) ? `${before} ${words}` : before + words;
    close();
    field.focus();
    grow(field);
  }

  function quoting(wamid, words) {
    const form = document.getElementById("composer");
    form.querySelector("[name=quotes]").value = wamid;
    form.querySelector("[data-quoted]").textContent = words;
    form.querySelector(".composer__quote").hidden = !wamid;
    close();
    box().focus();
  }

  function grow(field) {
    field.rows = Math.min(6, field.value.split("\n").length + Math.floor(field.value.length / 60));
  }

  // «/» at the beginning of a word looks among the quick replies.
  function look(field) {
    const panel = document.querySelector("[data-quick]");
    const asked = field.value.match(/(?:^|\s)\/(\S*)$/);
    if (!panel) return;
    if (!asked) {
      if (panel.dataset.looking) { panel.open = false; delete panel.dataset.looking; }
      return;
    }
    panel.open = true;
    panel.dataset.looking = "1";
    let first = true;
    for (const link of panel.querySelectorAll("[data-insert]")) {
      const fits = link.querySelector("b").textContent.toLowerCase().includes(asked[1].toLowerCase());
      link.parentElement.hidden = !fits;
      if (fits && first) link.setAttribute("aria-selected", "true"); else link.removeAttribute("aria-selected");
      if (fits) first = false;
    }
  }
  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    grow(event.target);
    look(event.target);
  });

  function choose(panel, step) {
    const links = [...panel.querySelectorAll("li:not([hidden]) [data-insert]")];
    const now = links.findIndex((link) => link.hasAttribute("aria-selected"));
    links[now]?.removeAttribute("aria-selected");
    links[(now + step + links.length) % links.length]?.setAttribute("aria-selected", "true");
  }

  function write(event) {
    const panel = document.querySelector("[data-quick][data-looking]");
    if (panel?.open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      choose(panel, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      const chosen = panel?.open && panel.querySelector("[aria-selected]");
      if (chosen) {
        event.preventDefault();
        insert(chosen.dataset.insert);
        delete panel.dataset.looking;
      } else if (matchMedia("(pointer: fine)").matches) {
        event.preventDefault();
        if (event.target.value.trim()) event.target.form.requestSubmit(event.target.form.querySelector(".composer__send"));
      }
    } else if (event.key === "Escape") {
      if (document.querySelector("details[data-pop][open]")) close();
      else if (event.target.form.querySelector("[name=quotes]").value) quoting("", "");
      else event.target.blur();
    }
  }

  function walk(step) {
    const rows = [...document.querySelectorAll("[data-walk] .chatrow")];
    if (!rows.length) return false;
    const now = rows.findIndex((row) => row === document.activeElement);
    const here = now < 0 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : now;
    rows[Math.max(0, Math.min(rows.length - 1, here + step))]?.focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target === box()) return write(event);
    if (typing(event.target)) return;
    const key = { ArrowDown: "j", ArrowUp: "k" }[event.key] && document.activeElement.matches?.(".chatrow") ? { ArrowDown: "j", ArrowUp: "k" }[event.key] : event.key;
    if (event.key === "Escape" && document.querySelector("details[data-pop][open]")) return close();
    const named = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (named) {
      event.preventDefault();
      named.click();
    } else if (key === "j" || key === "k") {
      if (walk(key === "j" ? 1 : -1)) event.preventDefault();
    } else if (key === "/" && box()) {
      event.preventDefault();
      box().focus();
      box().value += box().value && !/\s$/.test(box().value) ? " /" : "/";
      look(box());
    }
  });

  // The message one came for is in view, not the newest.
  document.addEventListener("DOMContentLoaded", () => {
    const wanted = location.hash.startsWith("#message-") && document.querySelector(location.hash);
    if (wanted) setTimeout(() => wanted.scrollIntoView({ block: "center" }), 50);
    if (location.search.includes("quote=") || location.search.includes("quick=")) box()?.focus();
  });
})();
