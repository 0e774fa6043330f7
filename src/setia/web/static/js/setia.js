// Small things the pages do beyond HTML. Everything works without them.
document.addEventListener("submit", (event) => {
  // A double tap is one submission.
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post" && !form.hasAttribute("hx-post")) {
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  }
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    navigator.clipboard?.writeText(copy.dataset.copy).then(() => {
      const before = copy.textContent;
      copy.textContent = copy.dataset.done || before;
      setTimeout(() => { copy.textContent = before; }, 1500);
    });
  }
});

// A thread opens at its newest message and stays there when new ones come, unless one reads further up.
function toEnd(root) {
  for (const thread of root.querySelectorAll ? root.querySelectorAll("[data-to-end]") : []) thread.scrollTop = thread.scrollHeight;
}
document.addEventListener("DOMContentLoaded", () => toEnd(document));
document.addEventListener("htmx:beforeSwap", (event) => {
  const box = event.target.closest?.("[data-to-end]");
  if (box) box.dataset.stay = box.scrollHeight - box.scrollTop - box.clientHeight > 120 ? "1" : "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const box = event.target.closest?.("[data-to-end]");
  if (box && !box.dataset.stay) box.scrollTop = box.scrollHeight;
});

// Forms marked so send themselves when a choice is made.
document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-auto]")) event.target.form.requestSubmit();
});
