"""The diagnosis: what the answers in Analys point at, and which answers led there. Never a decision.

`model` is what is counted with, `loading` reads it from `diagnos.yaml`, `counting` goes from answers to a
diagnosis, `tipping` tries every answer given otherwise, and `words` says the diagnosis in Swedish.
"""

from utbildningsprocess.diagnosis.counting import Diagnosis, diagnose
from utbildningsprocess.diagnosis.loading import fitting, load_diagnosis, read_diagnosis
from utbildningsprocess.diagnosis.model import DiagnosisModel
from utbildningsprocess.diagnosis.tipping import tipping_points
from utbildningsprocess.diagnosis.words import (
    computed_answers,
    diagnosis_text,
    gate_texts,
    proposed_conclusion,
    quoted_answer,
)

__all__ = [
    "Diagnosis",
    "DiagnosisModel",
    "computed_answers",
    "diagnose",
    "diagnosis_text",
    "fitting",
    "gate_texts",
    "load_diagnosis",
    "proposed_conclusion",
    "quoted_answer",
    "read_diagnosis",
    "tipping_points",
]
