"""The diagnosis: what the answers in Analys point at, and which answers led there. Never a decision."""

from utbildningsprocess.diagnosis.loading import fitting, load_diagnosis, read_diagnosis
from utbildningsprocess.diagnosis.model import DiagnosisModel
from utbildningsprocess.diagnosis.outcome import Cause, Diagnosis, diagnose
from utbildningsprocess.diagnosis.tipping import TippingPoint, tipping_points
from utbildningsprocess.diagnosis.words import explained, facts, proposed_conclusion

__all__ = [
    "Cause",
    "Diagnosis",
    "DiagnosisModel",
    "TippingPoint",
    "diagnose",
    "explained",
    "facts",
    "fitting",
    "load_diagnosis",
    "proposed_conclusion",
    "read_diagnosis",
    "tipping_points",
]
