"""Patterns of what is said to the bot, in English and Spanish (see ``chat``). Of each list the first
that fits wins. They read lines as ``chat.words_of`` makes them: lower case, no accents, no marks.
"""

# ruff: noqa: E501 -- a pattern broken over lines is harder to read

from __future__ import annotations

import re
from dataclasses import dataclass

from governance.chat import Intent
from governance.reading.chat_words import BYE, DONE, GREET, NO, PRAISE, THANK, YES

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
    r"|\bno puedo mas\b|\bbetter off without me\b|\bmiss me\b|\b(?:can not|cant) (?:go on|do this anymore|breathe)\b",
)
ASKS_FOR_HELP = re.compile(
    r"^(?:hi |hey |hello |so )*(?:can|could|would|will) (?:you|u|someone|anyone|somebody) (?:please )?help"
)


PHRASES = (
    (re.compile(r"\bhow (?:do|does) (?:this|it|you|that|these|the surveys?|sounding ?board|the bot)(?: (?:thing|bot|app|all))? works?\b"), "how do you use this"),
    (re.compile(r"\b(?:that|this|it)? ?works for (?:me|us)\b|\bfuncionan? para mi\b|\bme funciona\b"), "ok"),
    (re.compile(r"\b(?:these|your|those|the|all|any|more) e-?mails\b|\b(?<=to )my e-?mail(?: address)?$"), "these messages"),
    (re.compile(r"^(?:ok |yes |sure )?(?:that|this|it) works[.! ]*$"), "ok"),
    (re.compile(r"\bhow (?:this|it|that) works?\b"), "how to use this"),
    (re.compile(r"\b(great|good|nice|amazing|awesome) work\b"), "good job"),
    (re.compile(r"\b(is this|are you|is it|is that) (?:chat ?gpt|siri|alexa|copilot|gemini|a computer|an? ai|computer|skynet|cortana)\b"), r"\1 a bot"),
    (re.compile(r"\bcomo funciona\b"), "como se usa"),
    (re.compile(r"\bpara que sirven?\b"), "que es"),
    (re.compile(r"\bsounding board\b"), "soundingboard"),
    (re.compile(r"\bgot it\b|\bmakes sense\b|\bpor supuesto\b|\bde acuerdo\b|\besta bien\b"), "ok"),
    (re.compile(r"\bn/a\b"), "nothing"),
    (re.compile(r"\bmy b\b"), "my bad"),
)  # fmt: skip


OPENERS = re.compile(
    r"^(?:(?:hi|hey|hello|hola|ok|so|um|uh|well|please|por favor|sorry|disculpe|disculpa|perdon|excuse me|oye|oiga|"
    r"just wondering|i was wondering|quick question|just curious|one question|una pregunta|btw|and|but|y|pero|pues|"
    r"good (?:morning|afternoon|evening)|buen(?:os|as)? (?:dias|tardes|noches|dia)|soundingboard|bot|there|again|"
    r"everyone|all|team|yo|now|then|lol|oh|ah|wow|"
    r"(?:can|could|would|will) you (?:please )?(?:tell|show|give|let|explain to) (?:me|us)(?: know)?(?: please)?|"
    r"(?:can|could|may) i (?:please )?(?:see|know|ask|get|have|view)|tell me|show me|show|let me (?:see|know)|"
    r"i (?:want|need|would like|wanted) to (?:know|see|ask|check)|do you know|you know|"
    r"(?:me )?(?:puede|puedes|podria|podrias) (?:decir|decirme|mostrar|mostrarme|ver)|puedo ver|quiero (?:ver|saber)|quisiera (?:ver|saber)|"
    r"digame|dime|muestreme|muestrame|ver|mostrar|list|open|go to|see|view|get|give me|if) )+"
)
CLOSERS = re.compile(
    r"(?: (?:please|thanks|thank you|gracias|por favor|bot|soundingboard|in advance|so much|very much|a lot|"
    r"sorry|lol|ok|now|de antemano|sir|maam|team|if possible|when you can|to me|for me|again))+$"
)


S = r"(?:surveys?|questionnaires?|polls?|pulse|encuestas?|sondeos?|cuestionarios?)"
"""A survey."""

M = (
    r"(?:messages?|feedback|comments?|suggestions?|requests?|questions?|reports?|submissions?|tickets?|notes?|ideas?|concerns?"
    r"|complaints?|mensajes?|comentarios?|sugerencias?|solicitud|preguntas?|quejas?|opinion(?:es)?|input|peticion|caso|reporte"
    r"|what i (?:said|wrote|sent|told you|asked|reported)|lo que (?:dije|escribi|mande|envie|reporte))"
)
"""What somebody said."""

_READ = r"(?:read\w*|lee[nr]?|leyo|see|sees|saw|seen|ve|ven|ver|look\w*|get|gets|receive\w*|recibe\w*|review\w*|monitor\w*|check\w*|hear\w*|listen\w*|answer\w*|respond\w*|repl(?:y|ies)|view\w*|revisa\w*|contesta\w*)"
_ANYONE = r"(?:anyone|anybody|someone|somebody|people|person|human|humans|everyone|everybody|they|alguien|persona|nadie)"
_BOSS = r"(?:boss|principal|supervisor\w*|manager|admin\w*|jef[ea]|director\w*|district|hr|jefes)"

_RULES: tuple[tuple[Intent, str], ...] = (
    # taken back
    (Intent.NO, r"\b(?:wrong|otro) (?:chat|person|window|place|channel|one|number|message)\b|\bequivoqu\w*|\bequivocad\w"),
    (Intent.NO, r"\b(?:never mind|my bad|by (?:mistake|accident)|(?:not|was not) (?:meant )?for you|accidentally|accident|disregard|no importa)\b"),
    (Intent.NO, r"\bforget (?:it|about|that|i (?:said|asked))\b|\bignore (?:that|this|it|me|my|what)\b|\b(?:olvid|ignor)[aeo]\w*"),
    (Intent.NO, r"\bcancel\w* (?:that|this|it|my (?:last )?(?:request|message|question)|what|please|eso|esto)\b|^(?:please )?(?:cancel\w*|stop (?:it|that|talking|what|doing|now|right|please)|quit (?:it|that|talking))\b(?! (?:me|asking))|\bshut up\b|\b(?:i )?(?:have )?changed my mind\b"),
    # not wanting surveys or messages
    (Intent.STOP, r"\b(?:unsubscribe\w*|desuscrib\w+|(?:darme|doy|deme|dar) de baja|opt(?: me)? (?:out|in)|leave me (?:alone|out)|mute|spamming|bothering|bugging|pestering|basta|cease|silenciar)\b"),
    (Intent.STOP, rf"\btoo many (?:{S}|messages|reminders|notifications)\b|\bno me (?:mand|envi)\w*|\bno manden?\b"),
    (Intent.STOP, r"\b(?:do not|no) (?:have |tengo )(?:the )?(?:time|tiempo)\b|\bno me interesa\b|\bnot interested\b|\bturn (?:\w+ ){0,3}off\b|\b(?:take|get|remove|delete) (?:me|my name|my account) (?:off|from|out)\b|\bremove me\b"),
    (Intent.STOP, rf"\b(?:stop|quit) (?:\w+ ){{0,3}}(?:message|messages|messaging|sending|asking|these|contacting|me|reminding|reminders?|notifications?|{S}|getting|receiving|notices|writing|texting)\b"),
    (Intent.STOP, rf"\b(?:do not|never|no longer|not) (?:want|need|wish|care|like)(?: to| for)? (?:\w+ ){{0,4}}(?:messages?|notifications?|reminders?|these|{S}|contact\w*|notices|participate)\b"),
    (Intent.STOP, r"\b(?:do not|never) (?:message|contact|write|send|ask|remind)(?: to)? (?:me|us)\b"),
    (Intent.STOP, rf"\bno (?:more|mas) (?:{S}|messages?|mensajes|avisos|recordatorios|reminders?|notifications?|of these|of this)\b"),
    (Intent.STOP, rf"\bnot (?:going to|taking|doing|interested in) (?:\w+ ){{0,3}}(?:{S}|answer|participat\w+)\b"),
    (Intent.STOP, rf"\bno (?:quiero|deseo|me interesa|necesito)(?: \w+){{0,3}} (?:{S}|mensajes?|avisos|recordatorios|participar|notificaciones|contestar)"),
    (Intent.STOP, r"\bno me (?:escrib|mand|envi|molest|contact|pregunt)\w*|\b(?:dejen?|deja|dejar|paren?|pare) de \w+|\bno (?:molest|envi|mand)en? mas\b"),
    (Intent.STOP, r"\b(?:quitenme|quiteme|borreme|saqueme|eliminenme|eliminen|saquenme)\b"),
    (Intent.STOP, rf"\bcancel\w* (?:my |mi |la |las |the )?(?:suscripcion|subscription|{S}|notificaciones|notifications|reminders?)\b"),
    (Intent.STOP, rf"^(?:why )?(?:do|must|should) (?:i|we) (?:have to |need to |really )*(?:do|take|answer|complete|participate)(?: in)? (?:this|the|it|them|these|all|{S})\b|\b(?:required|mandatory|optional|voluntary|obligatori[ao])\b|\btengo que (?:hacer|contestar|participar|responder)\b"),
    # when, before what is like it
    (Intent.MY_MESSAGE, r"\b(?:when|how long|cuando)\b (?:\w+ ){0,4}(?:hear|reply|response|decision|back from|respond(?:en|e|an)|contest(?:an|en))\b|\bwhen (?:will|do|can|should|would) i (?:\w+ )?(?:get|have|know|receive|expect) (?:\w+ )?(?:answers?|anything|something|more|word)\b|\bwhen (?:will|do|does|would) (?:they|you|someone|somebody|the committee|anyone) (?:\w+ )?(?:answer|get back|decide|look|read|reply|respond)"),
    (Intent.RESULTS, r"\b(?:results?|resultados?|findings|outcome)\b"),
    (Intent.CONFIDENTIAL, r"\b(?:anonym\w+|confidential\w*|anonim\w+|confidencial\w*|privacy|privacidad|private|privad[ao]s?|identif\w+|traced?|retaliation|fired|identity)\b"),
    (Intent.CLOSES, r"\b(?:deadline|due date|fecha limite|last day|ultimo dia|plazo|cutoff)\b|\btoo late\b|\bextend\w*\b|\bmore time\b|\bmas tiempo\b"),
    (Intent.CLOSES, r"\b(?:how (?:long|much time|many days|much longer)|cuanto tiempo|cuantos dias) (?:\w+ )?(?:do|have|i|until|are|left|is left|tengo|queda|me queda|hay|more|till|before)\b"),
    (Intent.CLOSES, rf"^(?:when|until when|by when|what (?:day|date|time)|hasta (?:cuando|que)|cuando|a que hora|que dia|til when)\b(?!.*\b(?:library|office)\b).*\b(?:close[sd]?|closing|due|end(?:s|ed|ing)?|over|open|opens|expires?|cierra\w*|cerro|vence|termina|acaba|abiert[ao]|answer|respond\w*|contest\w+|finish|done|complete|left|do it|submit|turn it in|next|proxima|{S})\b|\b{S} (?:\w+ )?(?:close|due|end|over)\b"),
    (Intent.CLOSES, r"\b(?:is|are|was) (?:it|this|they|the \w+|that) (?:still |already |\w+ )?(?:open|closed|over|due|done|available|ending|closing)\b|\b(?:did|has|have|ya) (?:\w+ ){0,3}(?:close[sd]?|ended?|cerro|termino|vencio)\b|\b(?:sigue|esta|todavia) (?:\w+ )?abierta\b"),
    (Intent.CLOSES, rf"\b(?:still|later|tomorrow|todavia|aun|luego|manana|despues|next week)\b.*\b(?:answer|take|do|finish|respond|complete|contestar|responder|hacer|participate)\b|\b(?:answer|take|do|finish|respond|complete|contestar|responder|hacer|hacerla|contestarla) (?:it |this |the |la |{S} )*(?:later|tomorrow|luego|manana|despues|tonight|next week)\b"),
    # the survey
    (Intent.SURVEYS, r"\b(?:change|edit|fix|cambiar|undo|update|delete|borrar) (?:my |mis |mi )(?:answers?|respuestas?|responses?)\b"),
    (Intent.DONE, rf"\b(?:already|ya) (?:\w+ )?(?:do|did|done|took|taken|answered|finished|completed|submitted|filled|responded|sent|la|lo|hice|conteste|respondi|termine|llene|complete|envie|esta|{S})\b(?!.*\?)"),
    (Intent.SURVEYS, rf"\b(?:send|resend|mande\w*|envie\w*|give|share|find|get|need|where|donde|lost|deleted|show|missed|perdi|borre|borro) (?:\w+ ){{0,4}}(?:link|enlace|{S})\b|\b(?:link|enlace) (?:to|for|a|de|para) (?:\w+ ){{0,2}}{S}"),
    (Intent.SURVEYS, rf"\b(?:any|which|what|hay|tengo|are there|is there|que|alguna|other|pending|more) (?:\w+ ){{0,2}}{S}\b(?!.*\b(?:about|for what|trata)\b)"),
    (Intent.SURVEYS, rf"\b(?:take|do|start|answer|fill out|contestar|hacer|tomar|begin|complete|open|llenar) (?:\w+ ){{0,2}}{S}\b|\bwhere (?:is|are|do i|can i) (?:\w+ ){{0,3}}{S}\b"),
    (Intent.HOW_LONG, r"\bhow (?:long|many (?:questions?|minutes?|pages|mins?)|much (?:of my )?time|big)\b|\b(?:is|are|will|it) (?:it |this |they |that |these |the \w+ )?(?:take )?(?:\w+ )?(?:long|short|quick|fast)\b|\btake (?:\w+ )?(?:long|time)\b"),
    (Intent.HOW_LONG, r"\bcuant[ao]s? (?:dura|tarda|tiempo|preguntas|minutos|toma|lleva|me)\b|\b(?:es|son) (?:\w+ ){0,2}(?:larga|largo|corta|corto)s?\b"),
    (Intent.HOW_LONG, rf"\b(?:what|why|que|por que|cual|purpose|point|reason|who|quien)\b.*\b{S}\b"),
    # confidentiality
    (Intent.CONFIDENTIAL, r"\b(?:my|mi|sale|your real) (?:name|nombre|identity)\b|\b(?:own|with my|without my|sin mi|con mi) (?:name|nombre)\b|\bwithout (?:a )?name\b|\bsin nombre\b"),
    (Intent.CONFIDENTIAL, r"\b(?:know|tell|see|find out|saber|saben|sabe|sabran|enter\w+|sepan|ven|figure out) (?:that |if |de )?(?:who (?:i am|said|wrote|sent|answered|it)|it (?:is|was) (?:from )?me|i (?:said|wrote|sent|answered)|quien (?:soy|lo|fue)|que (?:fui|soy) yo|it is me|which|what i (?:say|said|answered|wrote|put))\b"),
    (Intent.CONFIDENTIAL, rf"\b{_BOSS}\b.*\b(?:{_READ}|know|find|saber?|enter\w*)\b|\b(?:tell|show|share|go\w*) (?:\w+ ){{0,4}}{_BOSS}\b"),
    (Intent.CONFIDENTIAL, r"\b(?:my|mis|our|the) (?:answers?|responses?|respuestas?|information|data|datos)\b(?!.*\b(?:change|cambiar)\b)|\b(?:linked|traced?|connected|attached|tied|back) to me\b|\bin trouble\b|\b(?:meter\w*|problemas|lio|castigar)\b"),
    (Intent.CONFIDENTIAL, r"\bhow (?:is|are|do you) (?:this|it|these|they|that)? ?(?:protect\w*|stored?|kept|keep\w* (?:it|this) (?:safe|private))\b|\b(?:is|are) (?:this|it|these|they) (?:\w+ )?(?:secure|safe|secret|recorded|stored|tracked)\b"),
    # who reads it
    (Intent.WHO_READS, rf"\bwho\b(?!.* you$).*\b(?:{_READ}|runs?|behind|committees?|handles?|goes|go to|this to|decid\w+|send|talking|speaking|in charge|access|this|these|responsible)\b|\bwho$"),
    (Intent.WHO_READS, r"\b(?:quien|quienes|con quien|a quien)\b.*\b(?:lee\w*|ve|ven|vera|recibe\w*|llega\w*|revisa\w*|decide\w*|hablo|hablando|esta|responde\w*|contesta\w*|maneja\w*|comite|mensajes?|comentarios?)\b"),
    (Intent.WHO_READS, rf"\b(?:where|donde|adonde)\b.*\b(?:go|goes|going|sent|van|va|llegan?|end up)\b(?! (?:wrong|for|to find))|\b(?:does|do|will|is|can|are|hay)\b.*\b{_ANYONE}\b.*\b{_READ}\b(?!.* (?:my|mi) )|\balguien (?:\w+ )?(?:lee|ve|revisa|leera)\b"),
    (Intent.WHO_READS, rf"\b(?:what (?:happens?|do (?:you|they) do|will (?:you|they) do|are you doing|is done|goes on)|que (?:hacen|haces|hace|pasa|van a hacer)) (?:to|with|con|after|when|cuando) (?:\w+ ){{0,3}}(?:{M}|this|these|it|esto|i tell|i write|i say|i send|que|what|them|lo que)\b"),
    # what came of one's own message
    (Intent.THANKS, r"^(?:\w+ )?(?:thanks|thank you|gracias|appreciate)\b"),
    (Intent.MY_MESSAGE, r"\b(?:any|some|alguna?|hay|no|an|the|my)\b (?:\w+ )?(?:status|updates?|news|progress|answers?|reply|replies|response|word|novedad\w*|noticias?|respuesta|avance|estado)\b|\b(?:status|updates?|news|progress|answer|reply|response|novedad\w*|noticias?|respuesta|estado|avance)\b (?:on|of|about|to|for|from|de|del|sobre|con|a|yet)\b"),
    (Intent.MY_MESSAGE, rf"\b(?:what|que) (?:ever |has |ha )?(?:happened|became|came|paso|pasado|come) (?:\w+ ){{0,3}}(?:{M}|that|it|todo)\b|\bwhat (?:is|was) (?:happening|going on|up|the status) (?:\w+ ){{0,3}}{M}\b|\b(?:come|came|became) of\b"),
    (Intent.HELP, r"^(?:why|por que)\b.*\b(?:get|getting|got|receiv\w+|messaging|recib\w+|llega\w*|message|mensaje)\b"),
    (Intent.MY_MESSAGE, r"\b(?:did|have|has|was|is|were|do|does|get|got|ever) (?:you|anyone|anybody|somebody|someone|they|the committee|it|that|my|the|i|a human|a person|nobody|no one)\b.*\b(?:get|got|gotten|read|see|seen|receive|received|pass|passed|sent|send|answer|answered|reply|replied|respond|responded|forward\w*|heard?|delivered|looked|look|go through|decided?|reviewed?)\b"),
    (Intent.MY_MESSAGE, rf"\b(?:where|donde) (?:is|are|did|esta|estan|quedo)\b.*\b(?:{M}|it go)\b|\b(?:hear|heard) (?:\w+ )?(?:back|anything|nothing|from)\b|\bwaiting (?:for|on|to hear)\b|\bstill waiting\b|\bnever (?:got|heard|received|answered|gotten)\b"),
    (Intent.MY_MESSAGE, rf"\b(?:show|see|list|find|check|view|ver|muestr\w+|what|que)\b.*\b(?:(?:my|mis|mi) (?:\w+ )?{M}|i (?:\w+ )?(?:sent|send|said|say|told|tell|wrote)|escribi|dije|mande)\b"),
    (Intent.MY_MESSAGE, r"\b(?:no one|nobody|nadie|they|you) (?:ever |never |has |have )*(?:answered|replied|responded|wrote|me ha)\b|\bi (?:sent|wrote|asked|told|submitted|said)\b"),
    (Intent.MY_MESSAGE, r"\b(?:recibieron|recibio|leyeron|leyo|vieron|contestaron|respondieron|contesto|respondio|llego|enviaron|que dijeron|que hicieron|como va|en que quedo|me responden|me contestan|contestado|respondido|leido)\b"),
    (Intent.MY_MESSAGE, rf"\bwhat did (?:they|the committee|you) (?:say|decide|do|answer|reply)\b|\b(?:follow(?:ing)?|check\w*) (?:up|in|on)\b|\b(?:is|was|did) (?:my|the) {M}\b|^(?:about )?my (?:\w+ )?{M}$|\b{M} (?:\w+ )?(?:get through|go through|sent|received|arrive\w*)\b"),
    # other commands in a sentence
    (Intent.RESULTS, r"\bhow did (?:people|everyone|others|we|they) (?:answer|do|respond)\b|\bwhat did (?:people|everyone|others|staff|everybody) (?:say|answer|think)\b|\bque (?:contesto|respondio|dijo) (?:la gente|todos|todo)\b"),
    (Intent.DOCKET, r"\b(?:dockets?|expediente|committee (?:list|items|agenda)|asuntos)\b"),
    (Intent.ANNOUNCE, r"\b(?:announc\w+|anounce|anunci\w+)\b"),
    (Intent.SIGN_IN, r"^(?:\w+ ){0,4}(?:sign|log)(?: me)? (?:in|on)(?: link| here| please| to this| on the web| to the web| page)*$|\b(?:on|to|open|use|en|por|a) (?:the |la |el |my )?(?:web|website|browser|sitio)\b|\b(?:web|website|page|pagina) (?:link|page)\b|\b(?:sign|log) in link\b|\blink to (?:the |my )?(?:web|website|page|account)\b|\biniciar sesion\b|\benlace (?:a|de|para) (?:la |mi )?(?:pagina|web|cuenta|entrar)\b"),
    (Intent.FEEDBACK, r"^tengo (?:una?|algo)\b"),
    (Intent.HOME, r"\b(?:what|que|anything|something|algo)\b.*\b(?:waiting|waits|pending|pendientes?|to do|for me|new|nuevo|miss|missed|need to|have to|left to|para mi)\b(?!.*\b(?:know|write|say)\b)|\bmy (?:page|tasks|inbox|home|dashboard|list)\b|\bmi pagina\b"),
    (Intent.FEEDBACK, rf"^(?:i|we|can i|may i|could i|let me|want|here|quiero|quisiera|tengo|me gustaria|puedo|necesito|got)\b.*\b(?:have|give|leave|send|share|submit|make|report|dar|hacer|dejar|tengo|write|tell|say|add|decir\w*|comentar|reportar|enviar|provide|got|like)\b.*\b(?:{M}|something|algo|problem|issue|problema|mi opinion)\b(?!.*\bquestion\b)"),
    # done
    (Intent.DONE, r"\b(?:done|did|finished|completed|complete|submitted|answered|responded|took|filled|hecho|hice|conteste|respondi|termine|llene|contestada|completada|terminada|terminado|envie|replied)\b(?!.*\b(?:you|they|anyone|committee|anybody)\b)|\ball set\b|\blist[oa]\b|\bya (?:esta|la|lo|las)\b|\bkeep (?:getting|asking|sending|receiving)\b.*\breminders?\b"),
    # about the bot
    (Intent.ABOUT_BOT, r"\b(?:bot|robot|human|chatbot|an ai|ai bot|ai or|humano|humana|maquina|machine|artificial|automated|assistant|real person|persona real|actual person|una persona|person or)\b|\b(?:talk|speak|hablar|chat|speaking|talking|hablando) (?:to|with|con) (?:\w+ )?(?:person|human|someone|somebody|persona|alguien|people)\b"),
    (Intent.ABOUT_BOT, r"\b(?:who|what) (?:\w+ )?(?:are|made|created|built|invented|owns) you\b(?! (?:doing|going))|\b(?:quien|que) eres\b|\bcomo (?:te llamas|se llama)\b|\byour (?:name|job|favorite|age|boss|birthday|creator)\b|\bcall you\b"),
    (Intent.ABOUT_BOT, r"\b(?:do|are|have|were|would|did) you (?:like|sleep|live|ever|speak|dream|alive|real|married|feel|smart|joking|kidding|listening|learn|know me|think|working|work)\b|\bhablas?\b|\bcan you (?:hear|talk|speak)\b|\bwhere (?:are|were) you\b|\bwhere do you live\b|\byou (?:are|is) (?:\w+ )?(?:funny|cute|smart|real|joking|kidding|sweet|nice)\b"),
    # help
    (Intent.HELP, r"\b(?:help|ayuda|ayudar|ayudame|instructions|commands?|options?|menu|opciones|guide|repeat|explain|repite|repita|repetir)\b|\bsay (?:that|it|this) (?:again|one more)\b|\b(?:again|que)$"),
    (Intent.HELP, r"\b(?:what|how|which|que|como|why|por que|who|where|donde|when)\b.*\b(?:you do|can i|can you|should i|do i|is this|is soundingboard|is that|are these|to do|i do|you use|use this|use it|start|am i|did i|are you|do you|puedes|puedo|puede|hago|es esto|esto|se usa|usa|does this|does it|this for|it do|this thing|haces?|empiezo|get this|recibi|recibo|me llega|soundingboard|mean|means|significa|talk to|i ask|i say|i write)\b"),
    (Intent.HELP, r"\b(?:do not|did not|no|not) (?:understand|get (?:it|this|that)|follow|know what|know how|hear|entiendo|entendi|se (?:que|como))\b|\bconfus\w+|\bquestions?\b|\bwhat does (?:this|that|it) mean\b|\bcan you (?:do|see)\b|\bwhat (?:was|is) (?:that|it|this)\b|\breach\b|\bcontact\b|^(?:\w+ )?(?:huh|what|why|how|que|como|eh|when|where)$"),
)  # fmt: skip

SURVEY_NAMED = re.compile(rf"\b(the|this|that|la|el|esta|our|my) (?:[a-z0-9]+ ){{1,3}}?(?={S}\b)")
"""A survey by its name ("the Wi-Fi survey"), where it is asked about."""

ASKS_ABOUT_SURVEY = re.compile(
    rf"^(?:when|what|whats|how|is|until|by when|who|where|can|could|are|do|does|did|cuando|hasta|como|cuanto|cuanta|cuantas|es|quien|donde|ya)\b.*\b{S}\b"
)

ASKS = re.compile(
    r"^(?:what|who|whom|which|when|where|why|how|is|are|am|do|does|did|can|could|will|would|may|should|have|has|que|quien|quienes|cual|"
    r"cuales|cuando|cuanto|donde|adonde|como|por que|puedo|puede|pueden|se puede|hay|es|son|va|van)\b"
)
"""A question."""

RULES = tuple((intent, re.compile(pattern)) for intent, pattern in _RULES)

SURE = frozenset(
    {
        Intent.THANKS,
        Intent.STOP,
        Intent.CLOSES,
        Intent.HOW_LONG,
        Intent.CONFIDENTIAL,
        Intent.WHO_READS,
        Intent.MY_MESSAGE,
        Intent.NO,
        Intent.RESULTS,
        Intent.ABOUT_BOT,
    }
)
"""Intents whose patterns say enough for one word of the line to be unknown."""

OPINIONS = re.compile(
    "|".join(
        (
            r"\btoo (?!late|many (?:surveys|messages|reminders|notifications))\w+\b|\bdemasiad\w+|\bso (?:long|many|hard|much)\b(?! (?:for|to|y))(?<!thanks so much)(?<!you so much)(?<!gracias so much)",
            r"\bi (?:hate|love) (?!you|it|this|that)|\bshould (?:be|have)\b|\bhard to (?:read|see|use|hear)\b|\b(?:best|worst) \w+ ever\b",
            r"\b(?:problems?|issues?|trouble) (?:with|in|at)\b|\bsame (?:problem|issue|thing)\b|\bmismo problema\b|\bsigue (?:mal|igual)\b|\bstill (?:bad|wrong|no|nothing)\b(?! (?:answer|reply|response|word|news|one|yet|update))",
            r"\b(?:can not|will not|does not|do not|did not|unable to|could not|no puedo|no se puede|not) (?:log|sign|open|hear|access|get (?:in|on|to|into)|see (?:my|the|any)|entrar|abrir|ver|acceder|turn|close|start|stay|change|save|submit)\b|\bno se (?:oye|escucha|ve|abre)\b|\bstop (?:log|kick|clos|shut)\w+ ",
            r"\b(?:no more|cancel|stop|another|every|(?<!for )the) (?:\w+ )?updates?\b|\bupdates? (?:again|take|took|during|every)\b|\btickets? (?:take|are|is|was|\d+|open|still)\b|\bno (?:abre|deja|me deja|sale|aparece|entra|llegan?)\b(?! respuesta)|\bme (?:saco|saca)\b|\b(?:survey|it|app) (?:\w+ )?(?:asks?|has|says|is|was) (?:the )?wrong\b|\bwrong (?:school|building|name|date|time)\b",
            r"\b(?:is|are|was|were|went|goes|go|still|been|keeps?|stays?) (?:\w+ )?(?:down|off|up again|out)\b(?!$ of)|\blost (?:everything|all|my|our)\b(?! (?:link|message|survey))",
            r"\b(?:for|since) (?:\d+|two|three|four|\w+ (?:two|three)) (?:hours?|days?|weeks?|months?)\b|\b(?:it|they|you) closed (?:my|the)\b|\bwas closed\b",
            r"\b(?:no one|nobody) (?:came|comes|answers|ever (?:came|comes|shows)|shows?|shared?|told|tells)\b|\bnever (?:comes?|came|shows?|opens?|ends?)\b|\bwe (?:need|want) (?:more|less|new|a|another)\b|\b(?:someone|somebody) (?:come|needs|to come)\b|\bcome (?:look|check|see)\b",
        )
    )
)
"""Without a word about anything, and still something that a committee should hear."""

CHIT_CHAT = re.compile(
    r"^(?!.*\b(?:my|our|us|we|the kids|mi|mis|nuestr\w+|you have to|you going to)\b)(?:and |so )?(?:what|whats|which|who|where|how|when|why|do|does|are|is|have|were|was|would|did|cual|quien|como|donde|que|cuantos)\b.*\b(?:you|your|yourself|tu|tus|te|eres|ai|bot)\b"
    r"|^(?:tell|cuent\w+|dime|digame) (?:me )?(?:a|an|another|some|something|un|una|about your)\b|^(?:sing|flip|roll|guess|say something|make me laugh)\b|^how was your\b|^(?:te|le) gusta\b"
    r"|^(?:you|your) (?:are|is) \w+$|^eres \w+$"
)
"""Asked of the bot about itself. A word or two of it may be unknown."""

WISHES = re.compile(
    r"^(?:happy|feliz|merry) \w+(?: \w+){0,2}$|^(?:have|enjoy) (?:a |an |your |the )?(?:\w+ )?\w+$|^que (?:tenga|pase|descanse)\w*\b.*|^(?:see|talk to|catch) you (?:around|\w+)(?: \w+)?$"
)


# -- courtesies -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bag:
    """A line of nothing but these words, of which it has one of ``one_of`` (``first``: it begins
    with one)."""

    one_of: frozenset[str]
    others: frozenset[str]
    longest: int = 24
    first: bool = False

    def fits(self, words: list[str]) -> bool:
        if len(words) > self.longest or not self.one_of | self.others >= set(words):
            return False
        return words[0] in self.one_of if self.first else not self.one_of.isdisjoint(words)


def _words(*listed: str) -> frozenset[str]:
    return frozenset(word for one in listed for word in one.split())


_FILL = _words(
    "the a so very much you me to it i that for this is am are your well again really all just do and my of please then will we us",
    "everyone team bot soundingboard there too sir maam friend lol oh wow ah now right el la lo los las muy mucho mucha muchas muchos",
    "mil por favor de todo todos su se que le un una es y al quick reply update help letting know listening getting back answer",
    "response information sharing time ayuda respuesta avisarme avisar tiempo escuchar advance antemano asking checking ok okis",
)

_THANKED_FOR = _words(
    "day have nice good one helps helpful week was were be can with in no from hearing taking explaining having on attention atencion",
    "tan rapido siempre today great nos darme dar told telling making work care lot bunch ton million set anyway anyways but helping",
    "helped assistance figured out already prompt fast support help pasar todas equipo",
)
_YES_TO = _words(
    "go ahead it send pass on sure thing sounds good works course why not makes sense can should have mande mandelo envielo envie",
    "hagalo paselo pase todo bien does think great one want quiero would like forward share tell them be fast dokie man along",
)

Courtesy = tuple[Intent, "Bag | re.Pattern[str]"]

_NOTHING_OF_THE_KIND = (
    r"(?!.*\b(?:surveys?|encuestas?|mas mensajes|nothing (?:happened|came|yet|back))\b)"
)

COURTESIES: tuple[Courtesy, ...] = (
    (
        Intent.NO,
        re.compile(
            rf"^{_NOTHING_OF_THE_KIND}.*\b(?:no|not) (?:thanks|thank|gracias|now|really|way|yet|interested|at this|today|comments?|need|that)\b"
        ),
    ),
    (
        Intent.NO,
        re.compile(
            rf"^{_NOTHING_OF_THE_KIND}(?:.*\b(?:nothing|nada|none)\b.*|.*\bmaybe later\b.*|ahora no|(?:todavia|aun|mejor|hoy|pues|creo que|para) (?:no|nada)|(?:i )?(?:would )?rather not)$"
        ),
    ),
    (
        Intent.NO,
        re.compile(
            r"^(?:please |no )*do not(?: send| do| pass)?(?: it| that| this)?$|^i am (?:good|fine|ok|all set)(?: thanks)?$|^(?:i am )?(?:so |very )?sorry(?: about that)?$|^(?:perdon|disculpa|disculpe|my bad|some other time|later|luego|despues|another time)$|\bsin comentarios?\b|\bno problem\b|^(?:do not|not) (?:worry|bother)\b|\bno hace falta\b|\bscratch that\b"
        ),
    ),
    (
        Intent.NO,
        Bag(
            NO,
            _FILL
            | PRAISE
            | _words("not thanks thank gracias need good send way want mande lo envie eso do"),
            longest=5,
            first=True,
        ),
    ),
    (Intent.THANKS, Bag(THANK, PRAISE | _FILL | GREET | BYE | YES | DONE | _THANKED_FOR)),
    (
        Intent.THANKS,
        re.compile(
            r"^(?:much )?appreciated?\b|\byou (?:are|is) (?:the best|awesome|great|amazing|wonderful|so \w+|very \w+)\b|^you rock|\b(?:good|great|nice|buen) (?:job|work|one|trabajo)\b|\b(?:that|this|it) (?:\w+ )?(?:helps|helpful|helped|is great|is perfect|was great)\b|^muy amable|\bno hay de que\b|^(?:very )?helpful|^love (?:it|this|that|you)$"
        ),
    ),
    (Intent.THANKS, Bag(PRAISE, _FILL, longest=3)),
    (
        Intent.GOODBYE,
        re.compile(
            r"^(?:talk|see) (?:to )?(?:you|ya)\b|\bgood ?night\b|\bbuenas noches\b|^take care|\bthat is all\b|^(?:bye|goodbye|adios|chao|chau|ciao|peace|cheers|cya|ttyl)\b|\bhasta (?:luego|manana|pronto|la vista|el|siempre)\b|^nos vemos|\b(?:have|tenga|ten|pase|enjoy|feliz|buen)\b.*\b(?:day|weekend|night|evening|week|one|dia|noche|finde|fin de semana|semana|tarde|rest)\b|^(?:eso|es) (?:es )?todo$|^cuidese$|^happy \w+$|^see ya"
        ),
    ),
    (
        Intent.GREETING,
        Bag(
            GREET,
            _FILL
            | _words(
                "how going doing up como esta tal good what today estas folks guys dear buddy anyone va nice meet con dia everybody of top feeling"
            ),
            first=True,
        ),
    ),
    (
        Intent.GREETING,
        re.compile(
            r"^(?:good |top of the )?(?:morning|afternoon|evening|day)\b(?: \w+)?$|^buen(?:os|as)? (?:dias?|tardes?)\b(?: \w+)?$|\bhow (?:are|is) (?:you|it|everything|things|your day|life)\b(?: (?:going|doing|today|all|been|so far|feeling|bot|soundingboard))*$|^(?:what is up|sup|que tal|como (?:esta|estas|le va|te va|va todo|andas))\b|\b(?:anyone|anybody|someone|you|alguien|esta) (?:there|here|ahi|home|out there|listening|around|available|awake)\b|^is (?:any|some)(?:one|body)\b|\bnice to (?:meet|see) you\b|\bmucho gusto\b"
        ),
    ),
    (Intent.ABOUT_BOT, re.compile(r"^lol(?: lol)*$")),
    (
        Intent.UNCLEAR,
        re.compile(
            r"^(?:do not know|i do not know|not sure|i am not sure|no (?:lo )?se|maybe|perhaps|whatever|tal vez|quizas?|hmm|test|testing|just testing|prueba|probando|this is a test|i guess|it depends|quien sabe)(?: lol| maybe| yet| bot)*$"
        ),
    ),
    (
        Intent.DONE,
        Bag(
            _words(
                "done listo lista hecho hecha finished complete completed submitted respondi conteste termine"
            ),
            _FILL - {"it"} | YES | _words("ya la lo esta"),
            longest=4,
        ),
    ),
    (Intent.YES, Bag(YES, _FILL | THANK | PRAISE | DONE | _YES_TO, longest=7, first=True)),
    (
        Intent.YES,
        re.compile(
            r"^(?:go ahead|sounds? good|of course|for sure|will do|right|why not|sure thing|i (?:do )?agree|send it|pass it on|do it|(?:i )?(?:would )?(?:like|want) that|(?:i )?understood|i understand|lo entiendo|mandelo|envielo|hagalo|paselo|como no|muy bien|bien|todo bien|asi es|eso|es correcto|that is (?:right|fine|correct|ok|good)|i (?:think|guess) so|please do|good|fine|all good|good to know|noted|i see|ya veo|same|me parece bien)\b(?: ahead| please| it| on| thanks| by me| with me| bueno| then| gracias| now| to me)*$"
        ),
    ),
    (
        Intent.ABOUT_BOT,
        Bag(
            _words("wow interesting lol funny omg joking kidding"),
            _words("oh ah cool nice really hmm so joke very that is was just"),
        ),
    ),
    (Intent.UNCLEAR, Bag(_words("oh ah hmm meh blah nm"), _words("ok so"))),
)
"""Lines that consist of courtesies."""
