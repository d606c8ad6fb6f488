"""What the commands take: the arguments and options that several share, or that say much."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion

Initiative = Annotated[
    str | None,
    Argument(
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="Insatsens filnamn, en del av det eller en sökväg. Behövs inte när det bara finns en.",
    ),
]
NamedInitiative = Annotated[
    str,
    Argument(
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="Insatsens filnamn, en del av det eller en sökväg.",
    ),
]
AnswersFrom = Annotated[
    str | None,
    Option(
        "--svar", metavar="FIL", help="Hämta svaren ur en svarsfil (YAML eller JSON) i stället för att fråga."
    ),
]
Plain = Annotated[
    bool,
    Option("--enkel", help="Fråga med rena textrader, för skärmläsare och enkla terminaler."),
]
Consent = Annotated[
    bool,
    Option("--medge-personuppgift", help="Spara även om en text innehåller ett personnummer."),
]
Fast = Annotated[bool, Option("--snabb", help="Ställ bara kärnfrågorna.")]
DiagnosisFormat = Annotated[
    str, Option("--format", metavar="FORMAT", help="text eller json. Utan flaggan visas text.")
]
Initiatives = Annotated[
    list[str] | None,
    Argument(
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="En eller flera insatser. Utan namn granskas alla.",
    ),
]
ReviewFormat = Annotated[
    str,
    Option("--format", metavar="FORMAT", help="text, json, github eller junit. Utan flaggan visas text."),
]
Strict = Annotated[bool, Option("--strikt", help="Ge slutkod 1 när det finns röda fynd utan avsteg.")]
ExplainedRule = Annotated[str | None, Option("--regel", metavar="REGEL", help="Förklara en regel.")]
AcceptedRule = Annotated[
    str | None, Option("--avsteg", metavar="REGEL", help="Godta ett fynd. Kräver --skal.")
]
Reason = Annotated[str | None, Option("--skal", metavar="SKÄL", help="Varför fyndet godtas.")]
Role = Annotated[str | None, Option("--roll", metavar="ROLL", help="Vilken roll som godtar det.")]
Out = Annotated[str | None, Option("-o", "--ut", metavar="FIL", help="Filen att spara i.")]
DocumentOut = Annotated[
    str | None,
    Option(
        "-o",
        "--ut",
        metavar="FIL",
        help="Filen att spara i; ändelsen säger formatet. Ett streck (-) skriver md eller html på "
        "standard ut. Med ”alla” är det en mapp.",
    ),
]
Replace = Annotated[bool, Option("--ersatt", help="Skriv över en fil som ser annorlunda ut.")]
