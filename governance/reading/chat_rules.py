"""What is said to the bot in fixed words: commands, and cries for help, in English and Spanish.

They read lines as ``chat_words.words_of`` makes them: lower case, no accents, no marks.
"""

# ruff: noqa: E501 -- a pattern broken over lines is harder to read

from __future__ import annotations

import re

from governance.chat.model import Intent

COMMANDS: dict[str, Intent] = {
    phrase: intent
    for intent, phrases in {
        Intent.HELP: "help|ayuda|commands|command|menu|options|instructions|opciones|comandos|start|"
        "begin|get started|?|empezar|comenzar|guide|que puedo hacer",
        Intent.HOME: "home|inbox|dashboard|my page|tasks|todo|to do|todos|inicio|mi pagina|pendientes|page",
        Intent.SURVEYS: "surveys|survey|my surveys|my survey|encuestas|encuesta|mis encuestas|mi encuesta|"
        "polls|list surveys|open surveys|pulse|questionnaire|survey link|survey status",
        Intent.RESULTS: "results|result|resultados|resultado|survey results|findings|my results|the results|"
        "poll results|los resultados|mis resultados",
        Intent.DOCKET: "docket|dockets|my docket|my dockets|the docket|committee docket|open items|lista|"
        "expediente|agenda|asuntos|asuntos pendientes|committee items|committee list|items",
        Intent.ANNOUNCE: "announce|announcement|announcements|new announcement|anuncio|anunciar|anuncios|"
        "nuevo anuncio|make announcement|hacer anuncio",
        Intent.FEEDBACK: "feedback|tell|comment|suggestion|suggestions|comentario|comentarios|sugerencia|"
        "sugerencias|opinion|retroalimentacion|new feedback|suggest|report|decir|idea|complaint|queja",
        Intent.SIGN_IN: "sign in|sign-in|log in|login|web|website|sign on|iniciar sesion|entrar|sitio web|"
        "sign me in|log me in|sesion|pagina web|entrar a la web|web page|browser",
        Intent.SERVICES: "service status|service notice|service notices|outages|known outages|"
        "estado de los servicios|aviso de servicio|avisos de servicio|cortes",
        Intent.CHANGES: "change calendar|changes|planned changes|calendario de cambios|cambios previstos|"
        "calendar|the calendar|calendario|el calendario",
        Intent.TRAINING: "training|trainings|training sessions|capacitacion|capacitaciones|cursos",
        Intent.MY_MESSAGE: "status|my messages|my message|mis mensajes|mi mensaje|messages|updates|update|"
        "my feedback|estado|mensajes|mis comentarios|my comments|my suggestions|news|novedades|my requests",
        Intent.CLOSES: "deadline|due date|fecha limite|plazo|the deadline|survey deadline",
        Intent.STOP: "stop|unsubscribe|mute|opt out|baja|quit|basta|pare|parar|remove|cancelar suscripcion",
    }.items()
    for phrase in phrases.split("|")
}  # fmt: skip
"""What can be typed as a command, everywhere alike."""


CRY = re.compile(
    r"\bhelp\b.*\bhelp\b|\brapido\b.*\bayuda\b|^help (?:someone|somebody|there|a|hay)\b|\b(?:help|save) (?:me|us|him|her|them)\b(?! (?:understand|with|find|out|to|see|know|get|write|do|sign|log))"
    r"|^(?:please |pls |plz |por favor )*(?:help|ayuda)(?: (?:please|pls|plz|me|por favor))+$|^(?:\w+ )?(?:please|pls|plz|por favor) (?:help|ayuda)$|\b(?:not|no) (?:feel )?(?:safe|ok here)\b|\bhelp (?:now|asap|quick\w*|fast|immediately|right)\b|\b(?:need|send|get|want) (?:\w+ )?help\b(?! (?:with|to|from))"
    r"|\b(?:send|need) (?:someone|somebody|an adult|security|police|officer|nurse)\b|\burgent\w*\b|\bright away\b"
    r"|\bayuden\w*\b|\bayudeme\b|\bnecesit\w+ (?:\w+ )?ayuda\b|(?<!\bno me )(?<!\bno nos )\b(?:manden|envien|vengan) (?:a )?\w*"
    r"|\bayuda (?:ya|ahora|urgente|rapido|por favor)\b"
    r"|\b(?:not|dont|no|cant|never) (?:\w+ ){0,2}(?:alive|live|vivir|exist|here anymore|estar aqui)\b|\bself harm\w*"
    r"|\b(?:golpe|peg|lastim|hacke|jacke|jake|hake)(?:an|aron|ando|ad[oa]s?)\b|\b(?:goodbye|adios) (?:forever|para siempre)\b"
    r"|\b(?:nothing|no reason|nobody|no one) (?:left )?to live for\b|\b(?:end|finish) (?:it all|everything|it tonight|it today)\b|\b(?:aventar|tirar|lanzar)(?:se|me) (?:de|por)\w*\b|\bjump(?:s|ed|ing)? (?:off|from|out)\b"
    r"|\b(?:sending|writing|posting|mandando|escribiendo|enviando) (?:\w+ ){0,2}(?:in my name|as me|[ae]n? mi nombre)\b"
    r"|\b(?:accidentally|by mistake|por error) (?:shared|sent|emailed|posted|mande|envie) (?:\w+ ){0,3}(?:data|datos|info\w*|records?|grades|ieps?|list\w*|numbers)\b"
    r"|^(?:i|we) (?:sent|emailed|gave|forwarded|shared) (?:it|them|the \w+) to the wrong (?!chat|window|thread|bot|channel)\w+"
    r"|^(?:there is|theres|hay) (?:someone|somebody|alguien) (?:in|en|inside|outside) (?!charge|there)"
    r"|\bno puedo mas\b|\bbetter off without me\b|\bmiss me\b|\b(?:can not|cant) (?:go on|do this anymore|breathe)\b",
)
ASKS_FOR_HELP = re.compile(
    r"^(?:hi |hey |hello |so )*(?:can|could|would|will) (?:you|u|someone|anyone|somebody) (?:please )?help"
)
