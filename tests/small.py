"""A small battery with a question of every kind, for tests that need no more."""

from __future__ import annotations

from utbildningsprocess.model import Battery, Stage

_OPTIONS = [
    {"id": "nej", "text": "Nej, inget krav"},
    {"id": "lag", "text": "Lag eller föreskrift", "tidigare": ["Lagkrav"]},
    {"id": "annat", "text": "Annat"},
]


def _q(stage: str, key: str, text: str, kind: str, **more: object) -> dict[str, object]:
    return {"steg": stage, "id": key, "text": text, "typ": kind, **more}


def stage(stage_id: str, number: int, title: str, *questions: dict[str, object]) -> Stage:
    """A stage from the keys a battery file has."""
    given = {"steg": stage_id, "nummer": number, "titel": title, "syfte": f"Syftet med {title}."}
    return Stage.model_validate({**given, "fragor": questions}, strict=False)


BEHOV = stage(
    "behov",
    1,
    "Behov",
    _q("behov", "varfor", "Varför vill ni göra den här insatsen?", "lang_text", karna=True),
    _q("behov", "kort", "Hur låter det i en mening?", "text"),
    _q("behov", "krav", "Finns det ett krav?", "val", alternativ=_OPTIONS, karna=True),
    _q("behov", "kalla", "Vilket krav?", "text", visas_om={"fraga": "behov.krav", "i": ["lag"]}),
    _q("behov", "utlosare", "Varför just nu?", "flerval", alternativ=_OPTIONS, annat=True),
    _q(
        "behov",
        "malgrupper",
        "Hur många är det i varje grupp?",
        "grupp",
        falt=[{"id": "namn", "text": "Namn", "typ": "text"}, {"id": "antal", "text": "Antal", "typ": "tal"}],
    ),
    _q("behov", "bradskar", "Är det bråttom?", "ja_nej"),
    _q("behov", "klart", "När?", "datum"),
    _q("behov", "tid", "Vilken tid?", "tidsspann"),
    _q("behov", "andel", "Hur stor andel?", "tal", enhet="procent", minst=0, hogst=100),
    _q("behov", "dagar", "Vilka dagar?", "lista", av_tal=True),
    _q("behov", "ord", "Vilka ord?", "lista"),
    _q(
        "behov",
        "hinder",
        "Hur väl stämmer påståendena?",
        "pastaenden",
        alternativ=[{"id": "stammer", "text": "Stämmer"}, {"id": "inte", "text": "Stämmer inte"}],
        pastaenden=[{"id": f"s0{n}", "text": f"Påstående nummer {n} om vardagen."} for n in range(1, 5)],
    ),
)
KONCEPT = stage(
    "koncept",
    3,
    "Koncept",
    _q(
        "koncept",
        "larandemal",
        "Vad ska deltagarna kunna göra?",
        "grupp",
        rad_id="L",
        paminn=["behov.varfor"],
        falt=[
            {"id": "kunna", "text": "Ska kunna", "typ": "lang_text"},
            {"id": "malgrupp", "text": "Målgrupp", "typ": "referens", "till": ["behov.malgrupper"]},
            {"id": "niva", "text": "Nivå", "typ": "val", "alternativ": _OPTIONS},
            {"id": "klart", "text": "Klart", "typ": "datum"},
        ],
    ),
    _q(
        "koncept",
        "aktiviteter",
        "Vilka aktiviteter ingår?",
        "grupp",
        rad_id="A",
        falt=[
            {"id": "titel", "text": "Titel", "typ": "text"},
            {"id": "mal", "text": "Mål", "typ": "referenser", "till": ["koncept.larandemal"]},
            {"id": "grupper", "text": "Målgrupper", "typ": "referenser", "till": ["behov.malgrupper"]},
            {"id": "minuter", "text": "Minuter", "typ": "tal", "minst": 0},
            {"id": "aktiv", "text": "Aktiv", "typ": "ja_nej"},
            {"id": "tid", "text": "Tid", "typ": "tidsspann"},
        ],
    ),
    _q(
        "koncept",
        "status",
        "Hur gick det?",
        "grupp",
        forifyll={"fran": "koncept.larandemal", "till": "mal"},
        falt=[
            {"id": "mal", "text": "Mål", "typ": "referens", "till": ["koncept.larandemal"]},
            {"id": "utfall", "text": "Utfall", "typ": "varde"},
        ],
    ),
)
SMALL = Battery((BEHOV, KONCEPT))
