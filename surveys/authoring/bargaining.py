"""The words by which a question is known to be about a subject of bargaining (English, Spanish).

Subjects: what National Labor Relations Board v. Wooster Division of Borg-Warner Corp., 356 U.S.
342 (1958), calls mandatory: wages, hours, and other terms and conditions of employment. Which of
them a public district has to bargain over, its state's law and its contract say.
"""

from __future__ import annotations

from surveys.authoring.caution_rules import Rule, any_of
from surveys.questions import Unfit

_BARGAIN = Unfit(
    why="Talk to the association and to Human Resources first. Or ask about the tools alone."
)

BARGAINING = (
    Rule(
        pattern=any_of(
            r"\bwork ?load\b|\bcase ?load\b|\boverwork(?:ed)?\b|\bclass sizes?\b",
            r"\b(?:planning|prep(?:aration)?) (?:time|periods?)\b|\bextra duties\b",
            r"\btoo much work\b|\bamount of work\b|\bburn(?:ed|t)? ?out\b",
            r"\bcarga (?:de trabajo|laboral|académica)\b|\btamaño de (?:la|las|su|sus) clases?\b",
            r"\b(?:tiempo|período) de (?:planificación|preparación)\b|\bdemasiado trabajo\b",
            r"\bagotamiento\b",
        ),
        why=Unfit(why="It is about workload, which many districts bargain over."),
        advice=_BARGAIN,
    ),
    Rule(
        pattern=any_of(
            r"\b(?:teacher|staff|employee|your|my|performance|job) (?:last |next |"
            r"yearly )?(?:evaluation|appraisal)s?\b",
            r"\bperformance (?:review|rating|score)s?\b",
            r"\bevaluat\w+ (?:of )?(?:the |your )?(?:teachers?|staff|employees?|"
            r"principals?|supervisors?|you\b)",
            r"\b(?:you|teachers|staff|employees) (?:are|be|were|being|"
            r"is) (?:evaluated|observed|appraised)\b",
            r"\b(?:rate|how (?:good|effective|fair|competent) is|"
            r"how well does) your (?:principal|supervisor|manager|boss|administrator|"
            r"coach|technician)",
            r"\brate (?:the|your) (?:presenter|trainer|instructor|coach)\b|"
            r"\bhow (?:good|effective) was the (?:presenter|trainer|instructor)\b",
            r"\bevaluación (?:del? )?(?:desempeño|docentes?|personal|maestros|empleados)\b",
            r"\b(?:su|sus) evaluaci(?:ón|ones)\b|\blo (?:evalúan|observan)\b",
            r"\bcalifique a su (?:director|supervisor|jefe|asesor)|\bqué tan (?:bueno|"
            r"eficaz|justo) es su (?:director|supervisor|jefe)",
        ),
        why=Unfit(why="It is about the evaluation of staff, which many districts bargain over."),
        advice=_BARGAIN,
    ),
    Rule(
        pattern=any_of(
            r"\bsurveillance\b|\bkeystrokes?\b|\bbody ?cam",
            r"\b(?:you|teachers|staff|employees) (?:are |be |being |is |feel |were |"
            r"should be )+(?:monitored|tracked|watched|recorded|filmed)\b",
            r"\b(?:monitor|track|record|watch|log)(?:s|ing|ed)? (?:of )?(?:staff|"
            r"teachers|employees|your (?:work|activity|e-?mails?|screen|location|"
            r"computer use|keystrokes))\b",
            r"\b(?:cameras?|microphones?) in (?:the |your |every )?(?:classrooms?|"
            r"offices?|workrooms?|staff)",
            r"\bvigilancia\b|\b(?:lo|la|los) (?:vigilan|monitorean|graban|rastrean)\b",
            r"\b(?:vigilar|monitorear|grabar|rastrear) (?:al personal|"
            r"a los (?:docentes|maestros|empleados)|su (?:trabajo|actividad|ubicación|"
            r"pantalla))",
            r"\bcámaras en (?:los |el |su |las )?(?:salones|salón|aulas|oficinas?)",
        ),
        why=Unfit(why="It is about watching staff, which many districts bargain over."),
        advice=_BARGAIN,
    ),
    Rule(
        pattern=any_of(
            r"\bsalar(?:y|ies)\b|\bwages?\b|\bstipends?\b|\bbonus(?:es)?\b|\bovertime\b",
            r"\b(?:your|fair|teacher|staff|extra|merit|hourly) pay\b|\bpay (?:scale|"
            r"raise|rate|schedule)s?\b",
            r"\bpaid (?:enough|fairly|extra)\b|\bcompensat(?:ed|ion)\b",
            r"\b(?:health insurance|sick (?:leave|days)|your (?:pension|retirement|benefits))\b",
            r"\bsalarios?\b|\bsueldos?\b|\bhoras extras?\b|\b(?:le pagan|remuneración|"
            r"compensación)\b",
            r"\b(?:seguro médico|su pensión|su jubilación|licencia por enfermedad)\b",
        ),
        why=Unfit(why="It is about pay or benefits, which districts bargain over."),
        advice=_BARGAIN,
    ),
    Rule(
        pattern=any_of(
            r"\b(?:contract|your work(?:ing)?|your duty|working) hours\b|"
            r"\bafter (?:contract|work|school) hours\b",
            r"\bhours (?:a|per) (?:day|week) do you work\b|\bhours do you work\b",
            r"\b(?:longer|shorter|length of the) (?:school|work|contract) (?:day|year|week)\b",
            r"\b(?:work|worked|working) (?:at home|on weekends?|in the evenings?|"
            r"during (?:lunch|breaks))\b",
            r"\boutside (?:of )?(?:the |your )?(?:contract|work|school) (?:day|"
            r"hours)\b|\bschool calendar\b",
            r"\bhoras? de trabajo\b|\bhorario (?:laboral|de trabajo|contractual)\b|"
            r"\bfuera (?:de|del) (?:su )?horario\b",
            r"\bcuántas horas (?:trabaja|al día trabaja|a la semana trabaja)\b|"
            r"\bjornada (?:laboral|escolar) más\b",
            r"\btrabaja (?:en casa|los fines de semana|por las noches)\b",
        ),
        why=Unfit(why="It is about hours of work, which districts bargain over."),
        advice=_BARGAIN,
    ),
    Rule(
        pattern=any_of(
            r"\bdisciplin(?:e|ed|ary|ing) (?:action|of (?:staff|teachers|employees)|"
            r"measures|staff|teachers|employees)\b",
            r"\breprimand(?:s|ed)?\b|\bgrievances?\b|\b(?:fired|dismissal|dismissed from)\b",
            r"\bmedidas? disciplinarias?\b|\bamonestaci(?:ón|ones)\b|\bdespid(?:o|os|en|ieron)\b",
            r"\bquejas? (?:sindical|laboral)(?:es)?\b",
        ),
        why=Unfit(why="It is about discipline or grievances, which the contract settles."),
        advice=_BARGAIN,
    ),
    Rule(
        pattern=any_of(
            r"\blay-?offs?\b|\breductions? in force\b|\bunderstaffed\b|"
            r"\bstaffing (?:levels?|cuts?|ratios?)\b",
            r"\b(?:cut|eliminat\w+|reduc\w+) (?:\w+ )?(?:positions|jobs|staff)\b|"
            r"\bpositions? (?:be |were |are )?(?:cut|eliminated)\b",
            r"\boutsourc\w+\b|\bsubcontract\w+\b|\breplace(?:d)? (?:staff|teachers|"
            r"technicians) with\b",
            r"\b(?:transferred|reassigned) to (?:another|a different)\b|"
            r"\binvoluntar(?:y|ily)\b|\btransfers? of (?:staff|teachers|employees)\b",
            r"\bfalta de personal\b|\b(?:recortar|eliminar|reducir) (?:puestos|"
            r"personal)\b|\bsubcontrat\w+\b",
            r"\b(?:lo|la) (?:trasladen|trasladaron|reasignen)\b|"
            r"\btraslados? (?:involuntarios?|de personal)\b",
        ),
        why=Unfit(why="It is about staffing or transfers, which many districts bargain over."),
        advice=_BARGAIN,
    ),
)
