// A password can be shown while it is typed; the words come from the field.
for (const field of document.querySelectorAll("input[type=password][data-show]")) {
  const box = document.createElement("span");
  const button = document.createElement("button");
  box.className = "reveal";
  button.type = "button";
  button.textContent = field.dataset.show;
  field.before(box);
  box.append(field, button);
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? field.dataset.show : field.dataset.hide;
    field.focus();
  });
  // Password managers and browsers look for a password field when the form leaves.
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}
