"""utb.yaml: what an organisation has decided for itself. Text in, a Settings or all its errors out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo, field_validator
from pydantic import Field as Key

from utbildningsprocess.data_files.program_version import __version__, is_too_old_for
from utbildningsprocess.data_files.sentences import Wording
from utbildningsprocess.data_files.strict import DataFile, StrictModel, faultless
from utbildningsprocess.swedish import did_you_mean, fold

LIMITS: Mapping[str, float] = MappingProxyType(
    {"tidsvarning_timmar": 300, "pilotgrans_timmar": 500, "uppfoljningsgrans_timmar": 2000}
)
"""Participants' hours: worth a warning, worth a pilot, worth following up in earnest."""
_ESTHER = "Esther"
_WHO_ESTHER_IS = f"{_ESTHER} är ett namn för den som arbetet är till för."
"""For whoever has never met our word; an organisation's own word says it."""
_ESTHER_NAME = re.compile(r"\bEsther(?=s?\b)")
_WORD = re.compile(r"\w[\w -]*")
"""What may stand for Esther in any text of ours."""
_SENTENCE_ENDS = ("", ".", "!", "?", ":", ";", '"', ">", "-", "#")
_ABSOLUTE = re.compile(r"[\\/~]|[A-Za-z]:")
_VERSION = re.compile(r"\d{1,9}(\.\d{1,9})*")
_LOWEST_VERSION = "minst_version"
_LONGEST_NAME, _LONGEST_PATH = 200, 1000
"""A little less than what any system takes, since something may be put behind it."""
_PLACES = {
    "folder": ("mapp", "insatser"),
    "questions": ("fragor", "mina-fragor"),
    "templates": ("mallar", "mina-mallar"),
    "logo": ("logga", "logga.svg"),
}
"""The settings that name a folder or a file, as they are spelt in the file, with a name that would do."""
_WORDS = dict.fromkeys(("ja", "pa", "yes", "on"), True) | dict.fromkeys(("nej", "av", "no", "off"), False)


def _yes_or_no(value: object) -> object:
    return _WORDS.get(fold(value), value) if isinstance(value, str) else value


class Cost(StrictModel):
    """What an hour of work costs, from which year, and who says so."""

    per_hour: float = Key(350.0, alias="timkostnad", gt=0)
    """Kronor. The example: 33 000 a month with 52 percent on top, divided by 1 720 hours a year."""
    substitute_per_hour: float | None = Key(None, alias="vikarietimme", gt=0)
    """What a substitute's hour costs, when that differs."""
    hours_a_year: float = Key(1720, alias="arsarbetstid", gt=0)
    year: int | None = Key(None, alias="ar", ge=2000, le=2100)
    source: str = Key("", alias="kalla")

    @property
    def is_example(self) -> bool:
        """Whether nobody has said what an hour costs here."""
        return "per_hour" not in self.model_fields_set


class Settings(StrictModel):
    """The settings of utb.yaml; every one has a sensible default."""

    organisation: str = ""
    contact: str = Key("", alias="kontakt")
    library: str = Key("", alias="resursbibliotek")
    """The link to the organisation's own resource library."""
    esther: str = Key(_ESTHER, min_length=1)
    """What the organisation calls the person everything is for."""
    folder: str = Key("insatser", alias="mapp", min_length=1)
    questions: str = Key("", alias="fragor")
    """A folder with question batteries of one's own."""
    templates: str = Key("", alias="mallar")
    logo: str = Key("", alias="logga")
    """The file of the organisation's logo, beside utb.yaml or below."""
    plain: Annotated[bool, BeforeValidator(_yes_or_no)] = Key(default=False, alias="enkel")
    cost: Cost = Key(default_factory=Cost, alias="kostnad")
    limits: Mapping[str, float] = Key(default_factory=lambda: LIMITS, alias="granser")
    lowest_version: str = Key("", alias=_LOWEST_VERSION)
    """The oldest version of the program that may read the folder."""

    @property
    def esther_is_renamed(self) -> bool:
        """Whether the organisation has a word of its own for Esther."""
        return self.esther != _ESTHER

    @property
    def who_esther_is(self) -> str:
        """The word for Esther where it first stands, with who that is; an organisation's own word says it."""
        return self.esther if self.esther_is_renamed else f"{_ESTHER} (den vi finns till för)"

    def about_esther(self) -> Settings:
        """The settings, with our word for Esther."""
        return self.model_copy(update={"esther": _ESTHER})

    def calling_esther(self, word: str) -> Settings:
        """The settings with another word for Esther; as they are when it is no word."""
        return self.model_copy(update={"esther": word}) if _WORD.fullmatch(word) else self

    def worded(self, text: str) -> str:
        """A text of ours with the organisation's own word for Esther; sources keep their titles."""
        if not self.esther_is_renamed:
            return text

        def word(name: re.Match[str]) -> str:
            begins_sentence = name.string[: name.start()].rstrip(" \n")[-1:] in _SENTENCE_ENDS
            return self.esther[:1].upper() + self.esther[1:] if begins_sentence else self.esther

        words, heading, sources = text.replace(f"{_WHO_ESTHER_IS} ", "").partition("\n## Källor\n")
        return _ESTHER_NAME.sub(word, words) + heading + sources

    @field_validator("esther")
    @classmethod
    def _is_a_word(cls, word: str) -> str:
        if not _WORD.fullmatch(word):
            raise ValueError("”esther” ska vara ett ord, med bokstäver och siffror.")
        return word

    @field_validator("lowest_version")
    @classmethod
    def _is_a_version(cls, version: str) -> str:
        if not _VERSION.fullmatch(version):
            raise ValueError(f"”{_LOWEST_VERSION}” ska vara en version. Skriv till exempel ”{__version__}”.")
        return version

    @field_validator(*_PLACES)
    @classmethod
    def _stays_inside(cls, folder: str, about: ValidationInfo) -> str:
        names = re.split(r"[\\/]", folder)
        what = "filen" if about.field_name == "logo" else "mappen"
        if _ABSOLUTE.match(folder) or ".." in names:
            why = f"{what} måste ligga under mappen med utb.yaml."
        elif any(fold(name) == ".git" for name in names):
            why = "mappen .git är till för git."
        elif (
            not folder.isprintable()
            or len(folder) > _LONGEST_PATH
            or max(len(name.encode()) for name in names) > _LONGEST_NAME
        ):
            why = f"{what}s namn är för långt eller har tecken som inte går att skriva."
        else:
            return folder
        key, example = _PLACES[about.field_name or ""]
        raise ValueError(f"”{key}”: {why} Skriv till exempel ”{example}”.")

    @field_validator("limits")
    @classmethod
    def _with_defaults(cls, limits: Mapping[str, float]) -> Mapping[str, float]:
        for name, limit in limits.items():
            if name not in LIMITS:
                hint = did_you_mean(name, LIMITS)
                raise ValueError(f"”granser”: gränsen ”{name}” finns inte. {hint}".strip())
            if limit <= 0:
                raise ValueError(f"”granser”: gränsen ”{name}” ska vara större än noll.")
        return MappingProxyType({**LIMITS, **limits})


_GROUP = "en grupp inställningar, en per rad med indrag"
_WORDING = Wording(
    unknown_key="inställningen ”{key}” finns inte.",
    known_keys="Är den ny kan en nyare utb behövas. De som finns här är",
    no_value="",
    empty="får inte vara tom. Skriv ett värde eller ta bort raden.",
    expected={
        "string_type": "text",
        "bool_type": "ja eller nej",
        "int_type": "ett heltal, skrivet med siffror",
        "float_type": "ett tal, skrivet med siffror och punkt",
        "model_type": _GROUP,
        "dict_type": _GROUP,
    },
    advice={"string_type": "Sätt citattecken runt värdet."},
    full_keys=True,
)


_TOO_OLD = (
    "mappen kräver utb {wanted} eller senare, och du har {version}. Hämta den nyare och installera den"
    " på samma sätt som förra gången. Inget har ändrats."
)


def read_settings(text: str, name: str) -> Settings:
    """The settings in a text. Raises Broken with every error, a line each: `fil:rad: vad`."""
    file = DataFile(name, _WORDING)
    otherwise = "filen ska bestå av inställningar, till exempel ”organisation: Region X”."
    mapping = file.mapping(text, otherwise, as_written=True, may_be_empty=True)
    if mapping and _is_newer(wanted := mapping.get(_LOWEST_VERSION)):
        # What else is wrong may only be what the newer version knows.
        file.fault_at((_LOWEST_VERSION,), _TOO_OLD.format(wanted=wanted, version=__version__))
        mapping = None
    return faultless(None if mapping is None else file.validated(Settings, _given(mapping)), file)


def _is_newer(version: object) -> bool:
    return isinstance(version, str) and bool(_VERSION.fullmatch(version)) and is_too_old_for(version)


def _given(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """A setting left empty is a setting not made."""
    return {
        key: _given(value) if isinstance(value, dict) else value
        for key, value in mapping.items()
        if value is not None or not key.isidentifier()
    }
