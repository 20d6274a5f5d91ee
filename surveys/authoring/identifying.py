"""The words by which a question is known to tell who answers it, in English and Spanish."""

from __future__ import annotations

from surveys.authoring.caution_rules import Asks, Rule, any_of
from surveys.questions import Unfit

_LEAVE_OUT = Unfit(why="Leave the question out, or say that answers are not confidential.")
_RANGES = Unfit(why="Offer ranges to choose from, such as 0 to 4, 5 to 14, 15 or more.")
_PLANNED = Unfit(why="Leave it out: the roster knows it. Plan a table in place of the question.")
_THINGS = Unfit(why="Ask about things and not about people, and ask to leave names out.")

IDENTIFYING = (
    Rule(
        pattern=any_of(
            r"\b(?:what(?:'s|’s| is)|give|enter|write|type|sign) your (?:full |first |"
            r"last |own )?name\b",
            r"\byour (?:full|first|last|own) name\b",
            r"^(?:your |full )?name[:?]?$",
            r"\bwho are you\b",
            r"\bcuál es su nombre\b|\bcómo se llama usted\b|\b(?:escriba|indique|dé) su nombre\b",
            r"\bsu nombre (?:completo|y apellido)|^(?:su )?nombre[:?]?$",
        ),
        why=Unfit(why="It asks for a name: the answer says who gave it."),
        advice=_LEAVE_OUT,
    ),
    Rule(
        pattern=any_of(
            r"\be-?mail address\b|\bwhat(?:'s|’s| is) your e-?mail\b",
            r"\b(?:tele)?phone number\b|\byour (?:phone )?extension\b|\bhome address\b",
            r"\bhow can we (?:reach|contact) you\b",
            r"\b(?:dirección de )?correo electrónico (?:personal|de contacto)\b",
            r"\bdirección de correo\b|\bcuál es su correo\b",
            r"\bnúmero de teléfono\b|\bsu (?:extensión|domicilio)\b",
            r"\bcómo podemos (?:contactarlo|comunicarnos con usted)\b",
        ),
        why=Unfit(why="It asks for an address or a number that leads to one person."),
        advice=Unfit(
            why="Leave it out. People who want an answer can send a message to the district, "
            "in their own name."
        ),
    ),
    Rule(
        pattern=any_of(
            r"\b(?:employee|staff|badge|payroll|personnel) (?:id|number|no\b)",
            r"\bsocial security\b|\bid number\b",
            r"\bnúmero de (?:empleado|personal|nómina|identificación|seguro social)\b",
        ),
        why=Unfit(why="It asks for a number that belongs to one person."),
        advice=_LEAVE_OUT,
    ),
    Rule(
        pattern=any_of(
            r"\bdate of birth\b|\bbirth ?(?:date|day)\b|\bwere you born\b|\byear of birth\b",
            r"\bfecha de nacimiento\b|\bcumpleaños\b|\b(?:año|cuándo) nació\b|"
            r"\baño de nacimiento\b",
        ),
        why=Unfit(why="It asks for a birthday, which few people share."),
        advice=_LEAVE_OUT,
    ),
    Rule(
        pattern=any_of(r"\bhow old are you\b|\byour age\b", r"\bqué edad tiene\b|\bsu edad\b"),
        asks=Asks.EXACTLY,
        why=Unfit(why="It asks for an exact age, which few people of a building share."),
        advice=_RANGES,
    ),
    Rule(
        pattern=any_of(
            r"\b(?:room|classroom|office) number\b|\bnumber of your (?:class)?room\b",
            r"\b(?:which|what) (?:class)?room (?:do you|are you|is yours)\b",
            r"\bnúmero (?:de|del) (?:su )?(?:salón|aula|oficina)\b",
            r"\ben qué (?:salón|aula) (?:trabaja|enseña|está)\b",
        ),
        why=Unfit(why="It asks for a room, which mostly belongs to one person."),
        advice=Unfit(why="Ask what kind of room it is, with choices."),
    ),
    Rule(
        pattern=any_of(
            r"\b(?:which|what) (?:grades? and )?(?:subject|course|class)(?:es|s|"
            r"\(s\))? do you teach\b",
            r"\bsubjects? (?:that )?you teach\b",
            r"\bqué (?:grado y )?(?:materia|asignatura|curso|clase)s? (?:enseña|imparte)\b",
        ),
        why=Unfit(why="It asks for a subject. In many buildings one person teaches it."),
        advice=Unfit(why="Offer a few wide groups of subjects, or leave it out."),
    ),
    Rule(
        pattern=any_of(
            r"\byears (?:have|had) you (?:been|worked|taught|served)\b|"
            r"\byears of (?:service|teaching|experience)\b",
            r"\bhow (?:long|many years) (?:have|did) you (?:been|work|teach|taught)",
            r"\bwhen (?:were you hired|did you (?:start work|join|begin))",
            r"\bcuántos años (?:lleva|tiene) (?:usted )?(?:trabajando|enseñando|"
            r"de (?:servicio|experiencia))",
            r"\baños de (?:servicio|experiencia)\b|\bcuándo (?:lo contrataron|empezó a trabajar)\b",
        ),
        asks=Asks.EXACTLY,
        why=Unfit(why="It asks for the exact time of service, which few people share."),
        advice=_RANGES,
    ),
    Rule(
        pattern=any_of(
            r"\b(?:what(?:'s|’s| is)|give|enter) your (?:exact )?(?:job )?(?:title|"
            r"position|role)\b",
            r"\bcuál es su (?:puesto|cargo|función)\b",
        ),
        asks=Asks.IN_WORDS,
        why=Unfit(why="It asks for a position in words. Some positions have one holder."),
        advice=_PLANNED,
    ),
    Rule(
        pattern=any_of(
            r"\b(?:which|what) (?:school|building|campus|site) do you (?:work|teach)\b",
            r"\b(?:where|in which (?:school|building)) do you work\b\??$",
            r"\ben qué (?:escuela|edificio|plantel) (?:trabaja|enseña)\b",
        ),
        why=Unfit(why="It asks for the building, which makes every other answer tell more."),
        advice=_PLANNED,
    ),
    Rule(
        pattern=any_of(
            r"^who\b|[.:;,]\s*who\b|\bby whom\b",
            r"\b(?:which|what) (?:colleague|co-?worker|person|teacher|principal|"
            r"supervisor|student|administrator)s?\b",
            r"\bname (?:a|an|the|any|your|of (?:your|the)) (?:\w+ )?(?:colleague|"
            r"person|people|teacher|principal|supervisor|student|administrator|"
            r"technician|coach)",
            r"^¿?quién(?:es)?\b|[.:;,]\s*¿?quién(?:es)?\b",
            r"\bqué (?:colega|compañero|persona|docente|maestro|director|supervisor|"
            r"estudiante)s?\b",
            r"\b(?:nombre|mencione) (?:a|de) (?:un|una|su|la|el|algún|alguna)\b",
        ),
        asks=Asks.IN_WORDS,
        why=Unfit(why="It asks about someone by name, and the answers are kept as comments."),
        advice=_THINGS,
    ),
)

MOST_TRAITS = 3
"""From so many questions about the person on, a survey is warned of: three of them, such as
gender, age and years of service, divide a building's staff into groups of one."""

TRAITS = {
    "gender": any_of(
        r"\b(?:your|you) (?:gender|sex)\b|\bgender (?:identity|do you)\b|"
        r"\bsu (?:género|sexo)\b|\bgénero se identifica\b"
    ),
    "race": any_of(r"\b(?:race|ethnicit(?:y|ies)|ethnic group)\b|\b(?:raza|etnia|origen étnico)\b"),
    "age": any_of(
        r"\byour age\b|\bhow old are you\b|\bage (?:group|range)\b|\bsu edad\b|"
        r"\bqué edad tiene\b|\bgrupo de edad\b"
    ),
    "service": any_of(
        r"\byears (?:have|of (?:service|teaching|experience))\b|"
        r"\bhow long have you (?:worked|taught|been)\b",
        r"\baños (?:de (?:servicio|experiencia)|lleva)\b|\bcuánto tiempo lleva\b",
    ),
    "role": any_of(r"\byour (?:role|position|job title)\b|\bsu (?:función|puesto|cargo)\b"),
    "building": any_of(
        r"\b(?:which|what) (?:school|building|campus|site)\b|\ben qué (?:escuela|"
        r"edificio|plantel)\b"
    ),
    "level": any_of(
        r"\b(?:which|what) (?:grade|level|school level)s? do you\b|\bqué (?:grado|"
        r"nivel)(?:es)? (?:enseña|trabaja)\b"
    ),
    "subject": any_of(
        r"\b(?:which|what) (?:subject|course)s? do you\b|\bqué (?:materia|asignatura)s? enseña\b"
    ),
    "schooling": any_of(
        r"\bhighest (?:degree|level of education)\b|"
        r"\bnivel (?:más alto )?de (?:estudios|educación)\b"
    ),
}
