"""The addresses of the questions that code knows by name, and of what is computed. No other module names one.

An address is `steg.fraga`, the same in batteries, dossiers, conditions and templates. A test holds
each of them to the batteries.
"""

# ---------------------------------------------------------------- om

INITIATIVE_TITLE = "om.titel"
"""No question: where a finding about the dossier's own heading points."""
ORGANISATION = "om.organisation"
CONTACT = "om.kontakt"
ESTHER_WORD = "om.ord_esther"
REGISTER_NUMBER = "om.id"
REPLACES = "om.ersatter"
BUILDS_ON = "om.bygger_pa"
STATUS = "om.status"
FINISHED_BY = "om.fardig_roll"
FINISHED_ON = "om.fardig_datum"
PROCESS_LEADER = "om.processledare_roll"

# ------------------------------------------------------------- behov

WHY = "behov.varfor"
AIM = "behov.uppna_losa"
PEOPLE_CONCERNED = "behov.omfattas"
VALUE_FOR_ESTHER = "behov.esther"
TRIGGERS = "behov.utlosare"
DEMAND = "behov.krav"
DEMAND_SOURCE = "behov.krav_kalla"
DEMAND_INTERVAL = "behov.krav_intervall"
DEMAND_PROOF = "behov.krav_bevis"
ESTHER_ASKED = "behov.esther_tillfragad"
TARGET_GROUPS = "behov.malgrupper"
EFFECT_MEASURES = "behov.effektmatt"
IF_NOTHING_IS_DONE = "behov.noll"
NEEDED_BY = "behov.klart_senast"

# ------------------------------------------------------------ analys

WANTED_BEHAVIOURS = "analys.onskat_beteende"
GAP_EVIDENCE = "analys.gap_belagg"
ABLE_TODAY = "analys.kan_idag"
ONE_PAGE = "analys.en_a4"
OBSTACLES = "analys.hinder"
RESPONDENTS = "analys.svarande"
VOICES = "analys.roster"
PEOPLE_ASKED = "analys.tillfragade"
OTHER_ACTIONS = "analys.andra_insatser"
CONCLUSION = "analys.slutsats"
ALTERNATIVES = "analys.alternativ"
DECISION = "analys.beslut"
DECISIONS = "analys.beslutsgang"

# ----------------------------------------------------------- koncept

GOALS = "koncept.larandemal"
FIRST_OCCASION = "koncept.forsta_tillfalle"
ACTIVITIES = "koncept.aktiviteter"
MEASURES = "koncept.matt"
MANAGER_ACTIONS = "koncept.chef_handlingar"
SHORTEST_FOR_DEMAND = "koncept.krav_kortast"
EVERYDAY_AFTERWARDS = "koncept.vardag_kvar"
ESTHER_IN_PLAN = "koncept.esther_i_planen"
PEER_SUPPORT = "koncept.kollegastod"
AID_AT_HAND = "koncept.stod_i_stunden"
DAYS_UNTIL_USE = "koncept.tillampning_dagar"
CONSULTATION = "koncept.samverkan"
COST_BASIS = "koncept.kostnadsunderlag"

# -------------------------------------------------------- produktion

MATERIAL = "produktion.material"
ACTIVE_SHARE = "produktion.aktiv_andel"
SIMULATION = "produktion.simulering"
DEBRIEFING = "produktion.debriefing"
REPETITION_DAYS = "produktion.repetition_dagar"
ACCESSIBILITY = "produktion.tillganglighet"
EXPERT_REVIEW = "produktion.sakgranskning"
SURVEY_ANSWERS = "produktion.enkat_svar"
FEWEST_IN_SURVEY = "produktion.enkat_minsta"

# ------------------------------------------------------- genomforande

OCCASIONS = "genomforande.tillfallen"
REGISTRATION = "genomforande.anmalan"
INVITATION = "genomforande.inbjudan"
STAFFING = "genomforande.bemanning"
PARTICIPATION = "genomforande.deltagande"
OWN_PLANS = "genomforande.egen_plan"
DISTURBED = "genomforande.hinder_pa_vagen"
MISSED = "genomforande.missade"
DEMAND_RECORD = "genomforande.krav_registrering"

# -------------------------------------------------------- uppfoljning

SURVEY_COUNTS = "uppfoljning.enkatsvar"
APPLIED = "uppfoljning.tillampning"
GOALS_REACHED = "uppfoljning.natt_malen"
VALUE_GAINED = "uppfoljning.varde"
RESULTS = "uppfoljning.resultat"
OTHER_ACTIONS_STATUS = "uppfoljning.andra_insatser_status"
WENT_BEST = "uppfoljning.framgangsfall"
NOT_DONE = "uppfoljning.hinderfall"
LESSONS = "uppfoljning.lardomar"
KEYWORDS = "uppfoljning.nyckelord"
WHAT_HAPPENS_NOW = "uppfoljning.nasta_steg"
NEXT_DEMAND = "uppfoljning.krav_nasta"
NEXT_MEASUREMENT = "uppfoljning.nasta_matning"

# ------------------------------------------------------------- avsteg

DEVIATIONS = "avsteg.godtagna"

# ----------------------------------------------------------- computed

OUTCOME = "diagnos.utfall"
MAIN_ACTIONS = "diagnos.huvud"
COMPLEMENTARY_ACTIONS = "diagnos.komplettera"
ACTIONS_BESIDE_LEARNING = "diagnos.andra"
PROPOSED_CONCLUSION = "diagnos.slutsats"
SUPPORT = "diagnos.underlag"
COUNTED_DEMAND = "krav.nasta"
DERIVED = (
    OUTCOME,
    MAIN_ACTIONS,
    COMPLEMENTARY_ACTIONS,
    ACTIONS_BESIDE_LEARNING,
    PROPOSED_CONCLUSION,
    SUPPORT,
    COUNTED_DEMAND,
)
"""What is computed and not asked: conditions, drafts and rows may ask for it as for answers."""


def stage_of(address: str) -> str:
    """The id of the stage in an address: `koncept` of `koncept.matt`."""
    return address.partition(".")[0]
