"""Somebody's health in a message: the words that tell a condition, where they are said of a person.

"Training on epilepsy" is a subject and stays; "she has epilepsy" is somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BONE = (
    r"arm|wrist|leg|ankle|hand|finger|foot|collarbone|hip|elbow|nose|toe|thumb|bone|jaw|shoulder|knee|"
    r"back|neck|rib|pelvis"
)
_MEDICINE = (
    r"insulin|ritalin|adderall|concerta|vyvanse|strattera|focalin|prozac|zoloft|lexapro|xanax|abilify|"
    r"risperdal|risperidone|keppra|depakote|diastat|albuterol|inhaler|epi-?pen|benadryl|chemo(?:therapy)?|"
    r"steroids|antidepressants?|anti-?anxiety\s+\w+|(?:seizure|adhd|heart|anxiety|pain|blood|thyroid)\s+"
    r"(?:meds?|medicines?|medications?|pills?)|meds|medications?|methadone|suboxone|oxygen|dialysis"
)
_CONDITION = (
    r"epilepsy|epileptic|(?:grand\s+mal\s+|absence\s+)?seizures?(?:\s+(?:disorder|medicine|meds|plan))?|"
    r"(?:type|t)\s?-?(?:1|2|one|two)\s+diabet\w+|t1d|"
    r"diabetes|diabetic|on\s+insulin|insulin(?:\s+pump)?|asthma(?:tic)?|adhd|(?-i:ADD)(?![\w-])|"
    r"autism(?:\s+spectrum(?:\s+disorder)?)?|autistic|asd\b|asperger['’]?s?(?:\s+syndrome)?|"
    r"on\s+the\s+(?:autism\s+)?spectrum|dyslexia|dyslexic|dysgraphia|dyscalculia|apraxia|dyspraxia|aphasia|"
    r"cerebral\s+palsy|down['’]?s?\s+syndrome|(?:rett|fragile\s+x|turner|williams|prader[\s-]willi|marfan|"
    r"ehlers[\s-]danlos|usher|guillain[\s-]barr\w)\s*(?:syndrome)?|tourett?e?['’]?s?(?:\s+syndrome)?|"
    r"(?:severe\s+|bad\s+|social\s+|test\s+|separation\s+|general\w*\s+)?anxiety(?:\s+disorder)?|"
    r"(?:clinical\s+|postpartum\s+|severe\s+)?depression|depressed|panic\s+(?:attacks?|disorder)|"
    r"bipolar(?:\s+disorder)?|ptsd|ocd|odd\b(?=\s+(?:diagnosis|and\s+adhd))|oppositional\s+defiant(?:\s+disorder)?|"
    r"schizo\w+|(?:\w+\s+)?(?<!and\s)cancer|leukemia|lymphoma|melanoma|chemo(?:therapy)?|radiation\s+treatments?|"
    r"(?:brain\s+)?tumou?r|remission|pregnant|pregnancy|expecting(?:\s+a\s+baby)?|"
    r"miscarr\w+|c-section|concussions?|(?:(?:nearly|legally|partially|almost|color|colour|totally|completely|half|going)[\s-]+)?"
    r"blind(?:ness)?(?:\s+in\s+(?:one|her|his|the|my)(?:\s+\w+)?\s+eye)?|low\s+vision|"
    r"(?:(?:visual|vision|sight)(?:ly)?[\s-])impair\w+|no\s+sight|lost\s+(?:her|his|their)\s+sight|"
    r"(?:cannot|can['’]?t|doesn['’]?t)\s+see\s+colou?rs?(?:\s+well)?|glaucoma|cataracts?|retin\w+|nystagmus|"
    r"deaf(?:\s+in\s+(?:one|her|his|my|the)(?:\s+\w+)?\s+ear)?|(?:hard|hard-)\s*of[\s-]hearing|"
    r"hearing\s+(?:aids?(?!\s+app)|loss|impair\w+)|(?:lost|losing)\s+(?:(?:most|some|all)\s+of\s+)?(?:her|his|their|my)\s+"
    r"hearing(?:\s+in\s+(?:one|her|his|the)(?:\s+\w+)?\s+ear)?|"
    r"cochlear\s+implants?|non-?verbal|selectiv\w+\s+mut\w+|(?:in|uses|needs|has|has\s+a)\s+a?\s*(?:power\s+)?wheel-?chair|"
    r"wheel-?chair|feeding\s+tube|g-?tube|trach(?:eostomy)?|ventilator|colostomy(?:\s+bag)?|pacemaker|"
    r"prosthe\w+(?:\s+\w+)?|amput\w+|paraly[sz]ed|paraplegic|quadriplegic|on\s+crutches|leg\s+brace|"
    r"catheter|celiac(?:\s+disease)?|lactose\s+intoleran\w+|(?:severely\s+|deathly\s+|very\s+|highly\s+)?allergic\s+to\s+"
    r"(?:(?:tree|bee|all|red|the)\s+)?\w+|(?:(?:severe|bad|life-threatening|tree|food)\s+)*(?:\w+\s+)?allerg(?:y|ies)|"
    r"anaphyla\w+|migraines?|albinism|sickle[\s-]+cell(?:\s+(?:anemia|disease|crisis|trait))?|anemi[ac]|"
    r"cystic\s+fibrosis|muscular\s+dystrophy|spina\s+bifida|hydrocephalus|h[ae]?emophilia\w*|hiv(?:\s+positive)?|"
    r"aids\s+virus|hepatitis(?:\s+[abc]\b)?|tuberculosis|pneumonia|strep(?:\s+throat)?|the\s+flu|lice|scabies|eczema|"
    r"psoriasis|crohn['’]?s(?:\s+disease)?|(?:ulcerative\s+)?colitis|ibs|lupus|(?:juvenile\s+|rheumatoid\s+)?arthritis|"
    r"fibromyalgia|multiple\s+sclerosis|ms\s+diagnosis|parkinson['’]?s(?:\s+disease)?|alzheimer['’]?s|dementia|"
    r"(?:had\s+a\s+)?stroke|heart\s+(?:condition|defect|surgery|attack|murmur|disease|problems?|failure|transplant)|"
    r"(?:congenital\s+)?heart\s+defect|high\s+blood\s+pressure|hypertension|kidney\s+\w+|liver\s+(?:disease|failure|transplant)|"
    r"(?:\w+\s+)?transplant|dialysis|(?:(?:back|knee|brain|eye|hip|open\s+heart|spinal)\s+)?surgery|"
    rf"(?:broken|broke|fractured|sprained|dislocated|hurt)\s+(?:(?:his|her|their|my|the|an?)\s+)?(?:(?:left|right)\s+)?(?:{_BONE})|"
    r"carpal\s+tunnel|tremors?|eating\s+disorder|anorexi\w+|bulimi\w+|self[\s-]harm\w*|"
    r"cut(?:s|ting)\s+(?:himself|herself)|suicidal|suicide\s+attempt|overdosed?|stutter(?:s|ing)?|lisp|"
    r"speech\s+(?:impediment|delay|disorder|impairment)|(?:developmental(?:ly)?|cognitive(?:ly)?|global)\s+(?:delay\w*|disab\w+|impair\w+)|"
    r"(?:intellectual|learning|reading|physical|multiple|orthopedic)\s+(?:disabilit\w+|impairments?|disorder)|"
    r"(?:(?:auditory|sensory|visual|language|central\s+auditory)\s+)?processing\s+(?:disorder|issues?|problems?)|"
    r"sensory\s+(?:disorder|issues|overload)|emotional(?:ly)?\s+disturb\w+|(?:mood|conduct|attachment|sleep|bleeding|personality|"
    r"immune|genetic|mental\s+health|metabolic|neurological|mitochondrial)\s+(?:disorder|condition|disease|issues?)|"
    r"(?:rare|chronic|serious|terminal|autoimmune)\s+(?:\w+\s+)?(?:disease|illness|condition|disorder|pain|fatigue)|"
    r"(?:traumatic\s+)?brain\s+injury|tbi|in\s+(?:rehab|recovery|hospice|therapy\s+for\s+\w+)|alcoholic|addict(?:ed|ion)?|"
    r"lyme(?:\s+disease)?|mono\b|(?:long\s+)?covid|"
    r"hospitali[sz]ed|in\s+(?:the\s+)?(?:hospital|icu|psych\w*\s+ward)|scoliosis|narcolepsy|insomnia|psychosis|psychotic|"
    r"fas\b|fetal\s+alcohol\s+\w+|thyroid|hypoglycemi\w+|vertigo|pots\b(?=\s|[.,;)])|incontinen\w+|enuresis|"
    rf"(?:on|takes?|taking|took|prescribed|off)\s+(?:(?:his|her|their|my|a|the)\s+)?(?:{_MEDICINE})|{_MEDICINE}"
)
_TOLD = re.compile(rf"(?<![\w-])(?:{_CONDITION})(?![\w-])", re.IGNORECASE)
_OF_SOMEBODY = re.compile(
    r"(?:\b(?:is|was|are|were|be|being|been|has|have|had|having|got|gets|getting|with|wears?|uses?|takes?|taking|"
    r"undergo\w*|diagnos\w+|since|for|his|her|my|their|from|after|due\s+to|because\s+of|suffer\w*|in|of|"
    r"a|an|severe|the|and|or|needs?|on|new|history\s+of|plus|by|who['’]?s|he|she|beat|cause|no|not|their|"
    r"developed|survived|fighting|battling|missed|missing|hides?|about|plan)|['’]s|['’]m|[(,:;–/-]|^)\s*"
    r"(?:(?:also|very|pretty|really|newly|just|a|an|the|severe|bad|mild|his|her|both|some|so|still|"
    r"almost|nearly|recent|recently)\s+){0,2}$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:he|she|his|her|him|he['’]s|she['’]s|hes|shes|i['’]m|i\s+am|i\s+have|i['’]ve|my\s+(?:own|son|daughter|"
    r"student|kid|child|kiddo|wife|husband|mother|father|one\s+\w+)|(?:an?|one|this|the|that|new|our|another|my|her|his)\s+"
    r"(?:\w+[\s-]+){0,2}(?:student|kid|kiddo|child|boy|girl|senior|junior|freshman|sophomore|grader|colleague|teacher|para)|"
    r"one\s+of\s+(?:my|our|the)\s+\w+|mom|dad|student\s+(?:who|with)|kid\s+(?:who|with)|ella|él|hij[oa]|alumn[oa])\b",
    re.IGNORECASE,
)
_NEAR = 90


def conditions(text: str, people: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a person's condition is told, as (start, end). ``people``: where persons are named."""
    found = []
    for match in _TOLD.finditer(text):
        start, end = match.span()
        around = text[max(0, start - _NEAR) : end + _NEAR]
        somebody = any(start - _NEAR <= a and b <= end + _NEAR for a, b in people)
        if not (somebody or _PERSON.search(around)):
            continue
        if _OF_SOMEBODY.search(text[max(0, start - 30) : start]):
            found.append((start, end))
    return found
