"""Templates by id and by (account, name, language)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from setia.emulator.errors import GraphError
from setia.emulator.ids import Ids
from setia.emulator.settings import change

SENDABLE = {"APPROVED": None, "PAUSED": 132015, "DISABLED": 132016}  # anything else is 132001


@dataclass
class Template:
    """One template in one language. `hold` is how many further sends are held for quality assessment."""

    id: str
    waba: str
    name: str
    language: str
    category: str = "UTILITY"
    status: str = "PENDING"
    components: list[dict[str, Any]] = field(default_factory=list)
    parameter_format: str = "positional"
    quality: str = "UNKNOWN"
    reason: str = "NONE"
    pauses: int = 0
    hold: int = 0
    created_at: float = 0.0

    def component(self, kind: str) -> dict[str, Any] | None:
        """The HEADER, BODY, FOOTER or BUTTONS component."""
        return next((part for part in self.components if part.get("type", "").upper() == kind), None)

    def buttons(self) -> list[dict[str, Any]]:
        """The buttons in order."""
        part = self.component("BUTTONS")
        return part.get("buttons", []) if part else []

    def public(self) -> dict[str, Any]:
        """As the management interface lists it."""
        shown = {
            "name": self.name,
            "parameter_format": self.parameter_format.upper(),
            "components": self.components,
            "language": self.language,
            "status": self.status,
            "category": self.category,
            "quality_score": {"score": self.quality, "date": int(self.created_at)},
            "id": self.id,
        }
        return {**shown, "rejected_reason": self.reason} if self.status == "REJECTED" else shown


class Registry:
    """All templates. `verdicts` are the reviewer's next decisions (status, reason); none means approval."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._all: dict[str, Template] = {}
        self.verdicts: list[dict[str, Any]] = []

    def of(self, waba: str) -> list[Template]:
        """The templates of one account, newest first."""
        return [item for item in reversed(self._all.values()) if item.waba == waba]

    def get(self, template_id: str) -> Template | None:
        """By id."""
        return self._all.get(template_id)

    def find(self, waba: str, name: str, language: str) -> Template | None:
        """By name and language."""
        return next((t for t in self._all.values() if (t.waba, t.name, t.language) == (waba, name, language)), None)

    def put(self, waba: str, data: dict[str, Any]) -> Template:
        """Create or change a template without any review."""
        template = self.find(waba, data["name"], data["language"])
        if template is None:
            template = Template(self._ids.digits(15), waba, data["name"], data["language"])
        change(template, {**data, "parameter_format": data.get("parameter_format", template.parameter_format).lower()})
        self._all[template.id] = template
        return template

    def remove(self, template: Template) -> None:
        """Forget a template."""
        del self._all[template.id]

    def sendable(self, waba: str, name: str, language: str) -> Template:
        """The template to send with, or 132001, 132015, 132016."""
        template = self.find(waba, name, language)
        if template is None or template.status not in SENDABLE:
            raise GraphError(132001, f"Template {name} does not exist in {language} or is not approved.")
        if code := SENDABLE[template.status]:
            raise GraphError(code)
        return template

    def dump(self) -> list[dict[str, Any]]:
        """Plain data for saving."""
        return [asdict(template) for template in self._all.values()]

    def load(self, data: list[dict[str, Any]]) -> None:
        """The reverse of `dump`."""
        self._all = {item["id"]: Template(**item) for item in data}
