// Tabs that do not fit scroll sideways: the one we are in comes into view.
for (const tab of document.querySelectorAll(":is(.tabs, .choices--line) [aria-current]")) {
  tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.clientWidth) / 2;
}
