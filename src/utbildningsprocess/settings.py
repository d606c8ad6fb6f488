"""utb.yaml: what an organisation has decided for itself. Text in, a Settings or all its errors out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, field_validator
from pydantic import Field as Key

from utbildningsprocess.data_files.yaml_text import load_yaml
from utbildningsprocess.errors import Broken, listed
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LIMITS: Mapping[str, float] = MappingProxyType(
    {"tidsvarning_timmar": 300, "pilotgrans_timmar": 500, "uppfoljningsgrans_timmar": 2000}
)
"""Participants' hours: worth a warning, worth a pilot, worth following up in earnest."""
ESTHER = "Esther"
_ESTHER = re.compile(r"\bEsther(?=s?\b)")
_SENTENCE_ENDS = ("", ".", "!", "?", ":", ";", '"', ">", "-", "#")
EXAMPLE_PER_HOUR = 350.0
"""Kronor: 33 000 a month with 52 percent on top, divided by 1 720 hours a year. To be replaced."""
_EXPECTED = {
    "string_type": "text. Sätt citattecken runt värdet",
    "bool_type": "ja eller nej",
    "int_type": "ett heltal, skrivet med siffror",
    "float_type": "ett tal, skrivet med siffror och punkt",
    "model_type": "en grupp inställningar, en per rad med indrag",
    "dict_type": "en grupp inställningar, en per rad med indrag",
    "mapping_type": "en grupp inställningar, en per rad med indrag",
}
_ABSOLUTE = re.compile(r"[\\/~]|[A-Za-z]:")
_WORDS = {
    "ja": True,
    "pa": True,
    "yes": True,
    "on": True,
    "nej": False,
    "av": False,
    "no": False,
    "off": False,
}


def _yes_or_no(value: object) -> object:
    return _WORDS.get(fold(value), value) if isinstance(value, str) else value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Cost(_Strict):
    """What an hour of work costs, from which year, and who says so."""

    per_hour: float = Key(EXAMPLE_PER_HOUR, alias="timkostnad", gt=0)
    substitute_per_hour: float | None = Key(None, alias="vikarietimme", gt=0)
    """What a substitute's hour costs, when that differs."""
    hours_a_year: float = Key(1720, alias="arsarbetstid", gt=0)
    year: int | None = Key(None, alias="ar", ge=2000, le=2100)
    source: str = Key("", alias="kalla")

    @property
    def is_example(self) -> bool:
        """Whether nobody has said what an hour costs here."""
        return "per_hour" not in self.model_fields_set


class Settings(_Strict):
    """The settings of utb.yaml; every one has a sensible default."""

    organisation: str = ""
    contact: str = Key("", alias="kontakt")
    library: str = Key("", alias="resursbibliotek")
    """The link to the organisation's own resource library."""
    esther: str = Key(ESTHER, min_length=1, pattern=r"^$|^\w[\w -]*$")
    """What the organisation calls the person everything is for."""
    folder: str = Key("insatser", alias="mapp", min_length=1)
    questions: str = Key("", alias="fragor")
    """A folder with question batteries of one's own."""
    templates: str = Key("", alias="mallar")
    plain: Annotated[bool, BeforeValidator(_yes_or_no)] = Key(default=False, alias="enkel")
    cost: Cost = Key(default_factory=Cost, alias="kostnad")
    limits: Mapping[str, float] = Key(default_factory=lambda: LIMITS, alias="granser")

    def worded(self, text: str) -> str:
        """A text of ours with the organisation's own word for Esther; sources keep their titles."""
        if self.esther == ESTHER:
            return text
        words, heading, sources = text.partition("\n## Källor\n")
        return _ESTHER.sub(lambda found: self._at(found.string[: found.start()]), words) + heading + sources

    def _at(self, before: str) -> str:
        """The word, with a capital letter where a sentence begins."""
        begins = before.rstrip(" \n")[-1:] in _SENTENCE_ENDS
        return self.esther[:1].upper() + self.esther[1:] if begins else self.esther

    @field_validator("folder")
    @classmethod
    def _stays_inside(cls, folder: str) -> str:
        if _ABSOLUTE.match(folder) or ".." in re.split(r"[\\/]", folder):
            raise ValueError("mappen måste ligga under mappen med utb.yaml. Skriv till exempel ”insatser”.")
        return folder

    @field_validator("limits")
    @classmethod
    def _with_defaults(cls, limits: Mapping[str, float]) -> Mapping[str, float]:
        for name, limit in limits.items():
            if name not in LIMITS:
                raise ValueError(f"gränsen ”{name}” finns inte. {did_you_mean(name, LIMITS)}".strip())
            if limit <= 0:
                raise ValueError(f"gränsen ”{name}” ska vara större än noll.")
        return MappingProxyType({**LIMITS, **limits})


def read_settings(text: str, name: str) -> Settings:
    """The settings in a text. Raises Broken with every error, a line each: `fil:rad: vad`."""
    located = load_yaml(text, name)
    value = {} if located.value is None else _given(located.value)
    if not isinstance(value, dict):
        raise Broken(f"{name}:1: filen ska bestå av inställningar, till exempel ”organisation: Region X”.")
    try:
        return Settings.model_validate(value)
    except ValidationError as error:
        found = sorted((located.line(each["loc"]), _sentence(each)) for each in error.errors())
        raise Broken(listed([f"{name}:{line}: {sentence}" for line, sentence in found])) from None


def _given(value: object) -> object:
    """A setting left empty is a setting not made."""
    if not isinstance(value, dict):
        return value
    return {key: _given(part) for key, part in value.items() if part is not None or not key.isidentifier()}


def _sentence(error: ErrorDetails) -> str:
    key, kind, value = ".".join(map(str, error["loc"])), error["type"], error["input"]
    if kind == "extra_forbidden":
        return f"inställningen ”{key}” finns inte. {_hint(error['loc'])}"
    if kind == "value_error":
        return f"”{key}”: {error['ctx']['error']}"
    if kind == "string_pattern_mismatch":
        return f"”{key}” ska vara ett ord, med bokstäver och siffror."
    if kind == "string_too_short":
        return f"”{key}” får inte vara tom. Skriv ett värde eller ta bort raden."
    if kind.startswith(("greater_than", "less_than")):
        return f"”{key}” kan inte vara {value}. Kontrollera talet."
    return f"”{key}” ska vara {_EXPECTED.get(kind, 'något annat')}."


def _hint(place: tuple[int | str, ...]) -> str:
    model = Cost if len(place) > 1 else Settings
    known = [field.alias or name for name, field in model.model_fields.items()]
    return did_you_mean(str(place[-1]), known) or f"Inställningarna är: {', '.join(known)}."
