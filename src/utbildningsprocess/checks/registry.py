"""Every rule of the thread, by its id. What the rules say stands in `rod-trad.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from utbildningsprocess.addresses import (
    ACTIVITIES,
    DECISIONS,
    EFFECT_MEASURES,
    EXPERT_REVIEW,
    GOALS,
    LESSONS,
    MANAGER_ACTIONS,
    MATERIAL,
    MEASURES,
    OBSTACLES,
    OCCASIONS,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
    PARTICIPATION,
    PEOPLE_ASKED,
    RESULTS,
    SURVEY_ANSWERS,
    TARGET_GROUPS,
    WANTED_BEHAVIOURS,
)
from utbildningsprocess.checks import analys, behov, genomforande, hela, koncept, produktion, uppfoljning
from utbildningsprocess.checks.case import Case, Hits

Check: TypeAlias = Callable[[Case], Hits]
"""Gives the places where a rule applies. Never raises, whatever the answers are."""

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "R01": behov.no_effect_measure,
        "R02": behov.incomplete_effect_measures,
        "R03": behov.solution_as_need,
        "R04": behov.little_about_esther,
        "R05": behov.demand_without_source,
        "R06": analys.nobody_asked_in_the_group,
        "R07": analys.invisible_behaviours,
        "R08": analys.decision_against_diagnosis,
        "R09": analys.unmet_causes,
        "R10": analys.actions_nobody_owns,
        "R11": koncept.goals_without_activity,
        "R12": koncept.goals_without_measure,
        "R13": koncept.goals_without_behaviour,
        "R14": koncept.goals_that_cannot_be_judged,
        "R15": koncept.activities_without_goal,
        "R16": koncept.phases_without_activity,
        "R17": koncept.everything_at_once,
        "R18": koncept.goals_without_practice,
        "R19": koncept.no_measure_of_application,
        "R20": koncept.phases_without_manager,
        "R21": koncept.long_until_use,
        "R22": genomforande.few_own_plans,
        "R23": koncept.consultation_not_clear,
        "R24": koncept.much_time,
        "R25": koncept.much_time_on_a_guess,
        "R26": produktion.material_without_activity,
        "R27": produktion.passive_participants,
        "R28": produktion.too_few_repetitions,
        "R29": produktion.accessibility_not_checked,
        "R30": produktion.simulation_without_debriefing,
        "R31": produktion.review_missing_or_out_of_date,
        "R32": hela.personal_number_in_text,
        "R33": hela.contact_in_text,
        "R34": genomforande.staffing_not_solved,
        "R35": genomforande.too_few_seats,
        "R36": genomforande.missed_without_plan,
        "R37": uppfoljning.application_measured_too_soon,
        "R38": uppfoljning.measures_without_result,
        "R39": uppfoljning.success_not_measured,
        "R40": uppfoljning.actions_without_status,
        "R41": uppfoljning.no_lesson,
        "R42": uppfoljning.no_next_measurement,
        "R43": koncept.all_of_one_kind,
        "R44": analys.conclusion_left_behind,
        "R45": koncept.weeks_against_phase,
        "R46": koncept.no_peer_support,
        "R47": hela.esther_only_at_first,
        "R48": koncept.demand_without_proof,
        "R49": koncept.nothing_left_in_everyday_work,
        "R50": koncept.goals_that_stop_at_knowing,
        "R51": uppfoljning.results_without_day,
        "R52": koncept.measures_nobody_owns,
        "R53": analys.decision_without_role_or_day,
        "R54": koncept.survey_of_a_few,
        "R55": uppfoljning.lessons_nobody_acts_on,
        "R56": genomforande.nobody_counted,
        "R57": koncept.all_in_the_same_room,
        "R58": genomforande.demand_nobody_records,
        "R59": produktion.survey_answers_not_settled,
        "R60": uppfoljning.several_values_in_a_result,
        "R61": analys.joint_answer_apart,
        "R62": analys.conclusion_of_before,
    }
)

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("R10", "R11", "R12", "R13", "R15", "R18", "R26", "R40"), ("id",)),
        "R02": ("id", "saknas"),
        "R03": ("ord",),
        "R07": ("id", "gor", "ord"),
        "R08": ("utfall", "beslut"),
        "R09": ("orsak", "svar", "insatser"),
        "R14": ("id", "brist"),
        "R16": ("fas",),
        "R17": ("dagar",),
        "R20": ("fas",),
        "R21": ("dagar",),
        "R24": ("timmar", "pass", "kr"),
        "R25": ("grans", "belagg"),
        "R27": ("procent",),
        "R32": ("falt",),
        "R33": ("falt", "vad"),
        "R35": ("aktivitet", "platser", "antal"),
        "R36": ("andel", "malgrupp"),
        "R37": ("narmast",),
        "R38": ("matt",),
        "R44": ("insats",),
        "R45": ("id", "fas", "vecka"),
        "R47": ("lage",),
        "R48": ("saknas",),
        "R50": ("id", "svar", "nivaer"),
        "R51": ("matt",),
        "R52": ("id",),
        "R53": ("beslut", "saknas"),
        "R54": ("id", "grupp", "antal"),
        "R55": ("lardom", "saknas"),
        "R56": ("datum",),
        "R60": ("matt",),
        "R61": ("pastaenden",),
        "R62": ("forr", "nu"),
    }
)
"""By rule the names that its sentence may have in braces."""

NOT_SETTLED_BY_SKIPPING = ("R05", "R09", "R23", "R29", "R39")
"""Rules that speak though the question to open is skipped for a reason; the others ask only for its answer.

What a law asks stands whatever is skipped: which demand it is (R05), consultation (R23), accessibility (R29).
A strong cause is still met by nothing (R09), and ”ja, målen är nådda” by no result (R39).
"""
_PHASES = ("fore", "under", "efter")
NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "R02": (f"{EFFECT_MEASURES}.nulage", f"{EFFECT_MEASURES}.mal", f"{EFFECT_MEASURES}.nar"),
        "R06": (f"{PEOPLE_ASKED}.medarbetare",),
        "R08": (OBSTACLES,),
        "R09": (f"{OTHER_ACTIONS}.typ",),
        "R10": (f"{OTHER_ACTIONS}.ansvarig_roll", f"{OTHER_ACTIONS}.klart"),
        "R11": (f"{ACTIVITIES}.mal",),
        "R12": (f"{MEASURES}.avser",),
        "R13": (WANTED_BEHAVIOURS, f"{GOALS}.beteende"),
        "R14": (f"{GOALS}.kriterium",),
        "R15": (GOALS, f"{ACTIVITIES}.mal"),
        "R16": tuple(f"{ACTIVITIES}.fas.{phase}" for phase in _PHASES),
        "R18": (f"{ACTIVITIES}.form", f"{ACTIVITIES}.aktiv"),
        "R19": (f"{MEASURES}.niva.{koncept.APPLICATION}",),
        "R20": (
            f"{MANAGER_ACTIONS}.handling",
            *(f"{MANAGER_ACTIONS}.fas.{phase}" for phase in _PHASES),
        ),
        "R24": (f"{ACTIVITIES}.malgrupp",),
        "R25": (f"{ACTIVITIES}.malgrupp",),
        "R26": (ACTIVITIES, f"{MATERIAL}.aktivitet"),
        "R31": (f"{EXPERT_REVIEW}.giltigt_till",),
        "R35": (f"{TARGET_GROUPS}.namn", f"{TARGET_GROUPS}.antal", f"{ACTIVITIES}.malgrupp"),
        "R37": (f"{MEASURES}.niva.{koncept.APPLICATION}", f"{MEASURES}.nar_dagar"),
        "R38": (f"{RESULTS}.matt", f"{RESULTS}.utfall"),
        "R39": (f"{MEASURES}.niva", f"{RESULTS}.matt", f"{RESULTS}.utfall"),
        "R40": (f"{OTHER_ACTIONS_STATUS}.insats", f"{OTHER_ACTIONS_STATUS}.status"),
        "R41": (f"{LESSONS}.lardom",),
        "R43": (f"{ACTIVITIES}.form.digital",),
        "R44": (OBSTACLES, f"{OTHER_ACTIONS}.typ"),
        "R49": (f"{MANAGER_ACTIONS}.fas", f"{MANAGER_ACTIONS}.handling"),
        "R50": (f"{GOALS}.niva.tillampa",),
        "R51": (f"{RESULTS}.datum",),
        "R52": (f"{MEASURES}.ansvarig_roll",),
        "R53": (f"{DECISIONS}.roll", f"{DECISIONS}.senast", f"{DECISIONS}.datum"),
        "R54": (SURVEY_ANSWERS,),
        "R55": (f"{LESSONS}.ansvarig_roll", f"{LESSONS}.klart"),
        "R56": (f"{PARTICIPATION}.fullfoljt", f"{OCCASIONS}.lage"),
        "R57": (f"{ACTIVITIES}.form.digital",),
    }
)
"""By rule what it would miss without any fault of those who answer, where an organisation asks it no longer.

Beside this, a rule gives no finding at a question that is not asked: nobody could mend it.
"""
