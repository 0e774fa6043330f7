// The phone without reloading: asks for changes, posts forms in the background, filters the list while typing.
// Everything also works without this file.
"use strict";

const phone = document.querySelector(".phone[data-feed]");
const chat = document.getElementById("chat");
const people = document.querySelector(".people");
const search = document.getElementById("q");

const withQuery = (path, values) => `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams(values)}`;
const atEnd = () => chat.scrollHeight - chat.scrollTop - chat.clientHeight < 120;
const toEnd = () => { chat.scrollTop = chat.scrollHeight; };

function markDays() {
  chat.querySelectorAll(".day").forEach((line) => line.remove());
  let last = "";
  chat.querySelectorAll(".msg").forEach((item) => {
    if (item.dataset.day !== last) {
      last = item.dataset.day;
      const line = document.createElement("li");
      line.className = "day";
      line.textContent = last;
      item.before(line);
    }
  });
}

function place(item) {
  const holder = document.createElement("template");
  holder.innerHTML = item.html;
  const fresh = holder.content.firstElementChild;
  const old = document.getElementById(item.id);
  if (old) {
    if (old.querySelector("details[open]") === null) old.replaceWith(fresh);
    return;
  }
  fresh.classList.add("fresh");
  chat.querySelector(".hint--empty")?.remove();
  const order = Number(item.id.slice(1));
  const next = [...chat.querySelectorAll(".msg")].find((other) => Number(other.id.slice(1)) > order);
  if (next) next.before(fresh);
  else document.getElementById("end").before(fresh);
}

async function refresh() {
  const answer = await fetch(withQuery(phone.dataset.feed, { since: phone.dataset.revision }));
  if (!answer.ok) return;
  const news = await answer.json();
  const stay = atEnd();
  news.items.forEach(place);
  phone.dataset.revision = news.revision;
  phone.querySelector(".presence").innerHTML = news.presence;
  phone.querySelector(".now").textContent = news.now;
  if (news.items.length) {
    markDays();
    if (stay) toEnd();
  }
  if (news.unread && !document.hidden) await fetch(phone.dataset.seen, { method: "POST" });
}

async function refreshPeople() {
  const values = { q: search.value, active: people.dataset.active, number: people.dataset.number };
  const answer = await fetch(withQuery("/people", values));
  if (answer.ok) {
    const rows = await answer.text();
    if (rows !== people.dataset.rows) people.innerHTML = rows;
    people.dataset.rows = rows;
  }
}

function every(milliseconds, act) {
  const turn = async () => {
    if (!document.hidden) await act().catch(() => {});
    setTimeout(turn, milliseconds);
  };
  setTimeout(turn, milliseconds);
}

async function post(form, button) {
  const values = new FormData(form, button);
  const body = form.enctype === "multipart/form-data" ? values : new URLSearchParams(values);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  form.reset();
  form.closest("details")?.removeAttribute("open");
  await refresh();
  toEnd();
}

if (phone) {
  toEnd();
  chat.addEventListener("load", toEnd, { capture: true, once: true });
  phone.addEventListener("submit", (event) => {
    event.preventDefault();
    post(event.target, event.submitter);
  });
  const words = document.getElementById("text");
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(hover: hover)").matches) {
      event.preventDefault();
      words.form.requestSubmit();
    }
  });
  every(1500, refresh);
}

if (people) {
  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refreshPeople, 150);
  });
  search.form.addEventListener("submit", (event) => { event.preventDefault(); refreshPeople(); });
  every(4000, refreshPeople);
}

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open], details.react[open]").forEach((open) => {
    if (!open.contains(event.target)) open.removeAttribute("open");
  });
});
