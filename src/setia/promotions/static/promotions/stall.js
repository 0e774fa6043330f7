// Bazaar mode. Everything is first kept on the phone (IndexedDB) under a key made here, and only then shown as kept.
// Sending is separate: it may break off anywhere, be repeated, or run in two tabs; the shop takes each key once.
"use strict";
(() => {
  const page = document.body, say = (name, n) => (page.dataset["say" + name[0].toUpperCase() + name.slice(1)] || "").replace("{n}", n);
  const $ = (what, root = document) => root.querySelector(what), all = (what) => [...document.querySelectorAll(what)];
  const rupiah = (n) => "Rp" + n.toLocaleString(document.documentElement.lang === "id" ? "id-ID" : "en-GB");
  const make = (tag, words, attributes = {}) => {
    const one = document.createElement(tag);
    if (words !== undefined) one.textContent = words;
    for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
    return one;
  };
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  };

  // --- What the phone keeps ---------------------------------------------------------------------------------------
  let base;
  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open(page.dataset.store, 1);
    asked.onupgradeneeded = () => {
      const items = asked.result.createObjectStore("items", { keyPath: "seq", autoIncrement: true });
      items.createIndex("state", "state");
      asked.result.createObjectStore("facts", { keyPath: "name" });
    };
    asked.onsuccess = () => { base = asked.result; done(base); };
    asked.onerror = () => fail(asked.error);
  });
  // Runs `work(store)`; resolves with what it asked for once everything is on the disk.
  const within = async (name, mode, work) => {
    await opened;
    return new Promise((done, fail) => {
      const deal = base.transaction(name, mode, mode === "readwrite" ? { durability: "strict" } : {});
      const asked = work(deal.objectStore(name));
      deal.oncomplete = () => done(asked && asked.result);
      deal.onerror = deal.onabort = () => fail(deal.error);
    });
  };
  const items = () => within("items", "readonly", (store) => store.getAll());
  const put = (item) => within("items", "readwrite", (store) => store.put(item));
  const fact = async (name) => ((await within("facts", "readonly", (store) => store.get(name))) || {}).value;
  const keepFact = (name, value) => within("facts", "readwrite", (store) => store.put({ name, value }));

  const keep = async (...written) => {
    const at = new Date().toISOString();
    try {
      await within("items", "readwrite", (store) => {
        for (const one of written) store.add({ at, state: "waiting", tried: false, text: "", ...one });
      });
    } catch (error) {
      told(error && error.name === "QuotaExceededError" ? say("full") : String(error), true);
      return false;
    }
    told(say("saved"));
    await draw();
    soon();
    return true;
  };

  // --- Sending ----------------------------------------------------------------------------------------------------
  let sending = false, timer = 0, kind = "", facts = null;
  const soon = (wait = 600) => { clearTimeout(timer); timer = setTimeout(send, wait); };
  const fetched = (url, options = {}) => {
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), 20000);
    return fetch(url, { credentials: "same-origin", signal: stop.signal, ...options }).finally(() => clearTimeout(late));
  };
  const askFacts = async () => {
    const answer = await fetched(page.dataset.facts, { cache: "no-store" });
    if (answer.redirected || !(answer.headers.get("content-type") || "").includes("json")) throw new Error("login");
    if (!answer.ok) throw new Error("offline");
    facts = await answer.json();
    await keepFact("facts", facts);
    drawVariants();
  };
  const post = async (some) => {
    const body = JSON.stringify({ device: await device(), items: some.map(({ key, kind, at, data }) => ({ key, kind, at, data })) });
    const answer = await fetched(page.dataset.items, {
      method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": (facts && facts.csrf) || "" },
    });
    if (answer.redirected || answer.status === 403) throw new Error("login");
    if (!answer.ok) throw new Error("offline");
    return (await answer.json()).items;
  };
  const device = async () => {
    let name = await fact("device");
    if (!name) { name = newKey(); await keepFact("device", name); }
    return name;
  };

  const send = async () => {
    if (sending) { soon(); return; }
    sending = true;
    try {
      await drain();
      kind = "";
    } catch (error) {
      kind = error.message === "login" ? "login" : "offline";
    } finally {
      sending = false;
      await draw();
      if ((await items()).some((item) => item.state === "waiting")) soon(15000);
    }
  };
  const drain = async () => {
    const most = Number(page.dataset.most);
    for (let stuck = false, fresh = false; !stuck;) {
      const some = (await items()).filter((item) => item.state === "waiting").slice(0, most);
      if (!some.length) return;
      if (!fresh) { await askFacts(); fresh = true; }
      kind = "sending"; await draw();
      // From here on it may be with the shop, whatever happens to the answer.
      await within("items", "readwrite", (store) => { for (const item of some) store.put({ ...item, tried: true }); });
      const answers = new Map((await post(some)).map((one) => [one.key, one]));
      let moved = 0;
      await within("items", "readwrite", (store) => {
        for (const item of some) {
          const one = answers.get(item.key);
          if (!one || (one.state !== "done" && one.state !== "failed")) { store.put({ ...item, tried: true }); continue; }
          moved += 1;
          store.put({ ...item, tried: true, state: one.state, text: one.text || "" });
        }
      });
      stuck = !moved;
      await draw();
    }
  };

  // --- What is seen -----------------------------------------------------------------------------------------------
  const basket = new Map();
  let hush = 0;
  const told = (words, wrong = false) => {
    const line = $("[data-said]");
    line.textContent = words; line.hidden = false;
    line.classList.toggle("toast--error", wrong);
    clearTimeout(hush); hush = setTimeout(() => { line.hidden = true; }, 3500);
  };
  const state = (words, what) => { const line = $("[data-state]"); line.textContent = words; line.dataset.kind = what; };

  const draw = async () => {
    const kept = await items();
    const waiting = kept.filter((item) => item.state === "waiting").length, failed = kept.filter((item) => item.state === "failed").length;
    page.dataset.waiting = waiting; page.dataset.failed = failed;
    const parts = [];
    if (waiting) parts.push(say("waiting", waiting));
    if (failed) parts.push(say("failed", failed));
    if (kind === "login") parts.push(say("login"));
    else if (kind === "sending") parts.push(say("sending"));
    else if (kind === "offline" || !navigator.onLine) parts.push(say("offline"));
    if (!waiting && !failed && kept.length) parts.unshift(say("none"));
    if (!parts.length || !kept.length) parts.push(page.dataset.ready ? say("ready") : say("loading"));
    state(parts.join(" · "), failed ? "failed" : kind === "login" ? "login" : waiting ? "waiting" : "");
    drawPeople(kept); drawList(kept);
  };
  const drawPeople = (kept) => {
    const choice = $("[data-people]"), before = choice.value;
    choice.replaceChildren(make("option", say("nobody"), { value: "" }));
    for (const item of kept.filter((one) => one.kind === "person").reverse())
      choice.append(make("option", [item.data.name || item.data.phone, (item.data.phone || "").slice(-4)].filter(Boolean).join(" · "), { value: item.key }));
    choice.value = before;
    if (choice.selectedIndex < 0) choice.value = "";
  };
  const drawList = (kept) => {
    const list = $("[data-list]"), sums = {};
    list.replaceChildren();
    for (const item of kept) if (item.kind === "sale") sums[item.data.method] = (sums[item.data.method] || 0) + item.total;
    $("[data-sum]").textContent = Object.entries(sums).map(([how, n]) => `${how.toUpperCase()} ${rupiah(n)}`).join(" · ") || rupiah(0);
    for (const item of kept.slice(-80).reverse()) {
      const row = make("li"), left = make("span", item.label), end = make("span");
      const words = item.state === "waiting" ? say("waits") : item.state === "done" ? say("sent") : "";
      left.append(make("br"), make("small", [new Date(item.at).toTimeString().slice(0, 5), words, item.text].filter(Boolean).join(" · ")));
      const again = item.state === "failed", undo = item.state === "waiting" && !item.tried;
      if (again || undo) {
        const button = make("button", again ? say("retry") : say("undo"), { type: "button", class: "btn btn--quiet" });
        button.addEventListener("click", () => (again ? retry(item.seq) : takeBack(item.seq)));
        end.append(button);
      }
      row.append(left, end); list.append(row);
    }
  };
  const retry = async (seq) => {
    const item = (await items()).find((one) => one.seq === seq);
    if (item) { await put({ ...item, state: "waiting" }); await draw(); soon(0); }
  };
  const takeBack = async (seq) => {
    const kept = await items(), item = kept.find((one) => one.seq === seq);
    if (!item || item.tried || item.state !== "waiting") { await draw(); return; }
    if (kept.some((one) => one.data.person === item.key)) { told(say("used"), true); return; }
    // In one step with the look: sending may have begun in between.
    await within("items", "readwrite", (store) => {
      const asked = store.get(seq);
      asked.onsuccess = () => { if (asked.result && !asked.result.tried) store.delete(seq); };
      return asked;
    });
    await draw();
  };

  const drawVariants = () => {
    const sell = $("[data-variants]"), tastes = $("[data-tastes]");
    sell.replaceChildren(); tastes.replaceChildren();
    for (const one of (facts || { variants: [] }).variants) {
      const cell = make("div", undefined, { class: "stall__cell" });
      const tile = make("button", undefined, { type: "button", class: "stall__tile", "data-variant": one.id });
      const less = make("button", "−", { type: "button", class: "stall__less", "aria-label": `− ${one.label}` });
      tile.append(make("b", one.label), make("small", rupiah(one.price)), make("output", ""));
      const show = () => {
        const n = basket.get(one.id) || 0;
        $("output", tile).textContent = n ? `× ${n}` : "";
        n ? tile.setAttribute("data-n", n) : tile.removeAttribute("data-n");
        less.hidden = !n; drawTotal();
      };
      tile.addEventListener("click", () => { basket.set(one.id, (basket.get(one.id) || 0) + 1); show(); });
      less.addEventListener("click", () => { basket.set(one.id, Math.max(0, (basket.get(one.id) || 0) - 1)); show(); });
      cell.append(tile, less); sell.append(cell); show();
      const taste = make("button", undefined, { type: "button", class: "stall__tile", "data-taste": one.id });
      taste.append(make("b", one.label));
      taste.addEventListener("click", () => keep({ key: newKey(), kind: "sample", label: `${say("taste")}: ${one.label}`, data: { variant: one.id, count: 1, person: who() } }));
      tastes.append(taste);
    }
    $("[data-stamps]").hidden = !(facts && facts.stamps);
  };
  const chosen = () => (facts ? facts.variants : []).filter((one) => basket.get(one.id)).map((one) => ({ ...one, n: basket.get(one.id) }));
  const drawTotal = () => { $("[data-total]").textContent = rupiah(chosen().reduce((sum, one) => sum + one.n * one.price, 0)); };
  const who = () => $("[data-people]").value;

  // --- What is tapped ---------------------------------------------------------------------------------------------
  for (const tab of all("[data-tab]")) tab.addEventListener("click", () => {
    for (const one of all("[data-tab]")) one.setAttribute("aria-selected", one === tab);
    for (const one of all("[data-panel]")) one.hidden = one.dataset.panel !== tab.dataset.tab;
    $("[data-who]").hidden = ["person", "list"].includes(tab.dataset.tab);
  });
  for (const button of all("[data-pay]")) button.addEventListener("click", async () => {
    const lines = chosen();
    if (!lines.length) { told(say("box"), true); return; }
    const total = lines.reduce((sum, one) => sum + one.n * one.price, 0), person = who();
    const label = `${rupiah(total)} · ${lines.map((one) => `${one.n} ${one.label}`).join(", ")}`;
    const data = { person, method: button.dataset.pay, lines: lines.map((one) => ({ variant: one.id, quantity: one.n, price: one.price })) };
    basket.clear(); // at once, so that a second tap sells nothing twice
    if (await keep({ key: newKey(), kind: "sale", label, total, data })) $("[data-people]").value = "";
    else for (const one of lines) basket.set(one.id, one.n);
    drawVariants();
  });
  $("[data-person]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target, value = (name) => form.elements[name].value.trim();
    if (!value("name")) { told(say("name"), true); return; }
    if (value("phone") && value("phone").replace(/\D/g, "").length < 9) { told(say("number"), true); return; }
    const agrees = { yes: true, no: false }[form.elements.agrees.value], key = newKey(), stamps = Number(value("stamps"));
    const data = { name: value("name"), phone: value("phone"), district: value("district"), code: value("code") };
    if (agrees !== undefined) data.agrees = agrees;
    const written = [{ key, kind: "person", label: [data.name, agrees ? say("agreed") : ""].filter(Boolean).join(" · "), data }];
    if (stamps > 0) written.push({ key: newKey(), kind: "stamps", label: `${data.name}: ${stamps} ${say("stamps")}`, data: { person: key, count: Math.floor(stamps) } });
    if (await keep(...written)) { form.reset(); $("[data-people]").value = key; $("[data-tab=sell]").click(); }
  });
  $("[data-words]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = event.target.elements.text.value.trim();
    if (!text) { told(say("words"), true); return; }
    if (await keep({ key: newKey(), kind: "suggestion", label: text, data: { text, person: who() } })) event.target.reset();
  });
  $("[data-send]").addEventListener("click", () => soon(0));
  addEventListener("online", () => { kind = ""; soon(0); });
  addEventListener("offline", draw);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(0); });

  // --- Begin ------------------------------------------------------------------------------------------------------
  const begin = async () => {
    facts = (await fact("facts")) || null;
    drawVariants();
    await draw();
    try { await askFacts(); } catch (error) { if (error.message === "login") kind = "login"; }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    if (navigator.serviceWorker) {
      await navigator.serviceWorker.register(page.dataset.worker).catch(() => {});
      navigator.serviceWorker.ready.then(() => { page.dataset.ready = "1"; draw(); });
    }
    await draw();
    soon(0);
  };
  begin();
})();
