"""What cannot wait for a committee: danger to people, an attack, a leak. Read from the original.

Word lists find what is said in so many words and miss what is hinted at; a false alarm costs a
responder a minute, a miss may cost more, so patterns lean towards alarm. Never the only way to
report anything: every form says so.
"""

# ruff: noqa: E501 -- a pattern broken over lines is harder to read

from __future__ import annotations

import re

from governance.feedback.model import Urgency

_KID = r"(?:kids?|students?|child(?:ren)?|boys?|girls?|he|she|they|him|her|them|freshman|senior|\w+ grader)"
_NOW = r"(?:right now|just now|is happening|still happening|still going|tonight|today|this morning|at lunch|minutes? ago|just)"

_PERSON = rf"(?:{_KID}|who|guys?|m[ae]n|wom[ae]n|person|people|some(?:one|body)|parents?|dad|father|mom|mother|stranger|visitor|intruder|junior|sophomore|classmate|friend|brother|husband|boyfriend|ex)"
_THING = r"(?:(?!glue|heat|nerf|water|squirt|toy|staple|nail|bubble|bath|price|scan\w*|radar|plastic|foam|paper|butter)\w+ )?"
_WEAPON = rf"(?:a|the|an?other|his|her|my)? ?{_THING}(?:gun|handgun|knife|weapon|pistol|rifle|shotgun|revolver|firearm|bomb|machete)\b(?! (?:start|emoji|game|skin|icon|tool|control|unit|theme|drill|lesson|policy|team|club|scene|rights))"

_STRANGER = r"(?:stranger|(?:unknown|strange|unfamiliar) (?:m[ae]n|wom[ae]n|person|guy|adult|driver|car|van)|(?:m[ae]n|wom[ae]n|person|people|guy|dude|gentleman|adult|some(?:one|body)|car|van) (?:that |whom? )?(?:nobody|no ?one|none of us|we don'?t|i don'?t|i(?: have|'ve) never|we(?: have|'ve) never) (?:here )?(?:knows?|recogni[sz]es?|seen|met))"
_AT_CHILDREN = r"(?:playground|fence|swings|sandbox|recess|bus (?:stop|loop)|(?:watching|filming|photographing|following|approaching|(?:pictures|photos|videos?) of|talking to|offering|candy to) (?:\w+ ){0,3}(?:kids|children|students?|girls?|boys?|graders?|little ones|kindergart\w+))"

_SURE_SAFETY = (
    rf"\b{_STRANGER}\b.{{0,80}}\b{_AT_CHILDREN}\b",
    rf"\b{_PERSON}(?:'s|'ve)? (?:\w+ ){{0,3}}?(?:has|have|had|got|brought|bringing|carrying|carries|showed (?:me|us)|pulled(?: out)?) {_WEAPON}|\b{_PERSON} with {_WEAPON}",
    r"\b(?:gun|handgun|pistol|rifle|knife|bomb) (?:is )?(?:in|under) (?:his|her|the|a|their) (?:\w+ )?(?:locker|backpack|bag|car|truck|waistband|desk|gym|bleachers|bathroom|cafeteria|school|building)\b",
    r"\b(?:threaten(?:ed|ing|s)?|said (?:he|she|they)(?:'s|'ll| is| was| will| would)?(?: going to)?) (?:to )?(?:kill (?!time)|shoot (?!(?:a|the|some) )|stab |bring a (?:gun|knife)|blow up)",
    r"\bshoot(?:ing)? up (?:at|in|the|our|this|my|his|her|a) (?:\w+ )?(?:school|class\w*|cafeteria|gym|assembly|building|prom|place|campus|office|bus)\b|\bactive shooter (?:in|at|on) ",
    r"\b(?:got|have|had|received|is|called in) (?:just )?(?:a|another) bomb threat\b|\b(?:a|the) bomb (?:is )?(?:in|under|at|inside) the\b",
    rf"\b{_PERSON}(?:'s|'re)? (?:\w+ ){{0,2}}?(?:wants?|wanted|going|plans?|planning|tried|trying) to (?:die|(?:kill|hurt|cut|hang) (?:him|her|them)sel(?:f|ves)|end (?:it all|his life|her life))\b",
    rf"\b{_PERSON} (?:\w+ ){{0,2}}?(?:took|swallowed) (?:all |a bottle |a bunch |too many )(?:of )?(?:\w+(?:'s)? ){{0,3}}pills\b|\b{_PERSON} (?:has |is |just )?overdos(?:ed|ing)\b",
    rf"\b{_KID} (?:is|are|was)? ?(?:not breathing|unconscious|bleeding (?:from|badly|a lot)|passed out|having a seizure|choking)\b",
    r"\b(?:dad|father|mom|mother|uncle|stepdad|stepfather|stepmom|boyfriend|parents?) (?:\w+ )?(?:hits?|beats?|molest(?:s|ed)|chok(?:es|ed)|raped) (?:her|him|me|them)\b|\b(?:scared|afraid) to go home\b",
    r"\b(?:I|we|kids|students) (?:can )?smell gas\b|\bgas leak in\b|\bsmoke (?:is )?coming (?:out|from)\b|\bcaught fire\b|\bbatter(?:y|ies)\b.{0,30}\b(?:swelling|swollen|smoking)\b",
    r"\b(?:an?|the) (?:armed|unknown|strange) (?:man|person|intruder) (?:is )?(?:in|at|inside|walking)\b|\b(?:stranger|intruder|man nobody knows) (?:is )?(?:\w+ ){0,2}(?:in|inside) (?:the|our) (?:building|school|hall\w*)\b",
)
_PLACE = r"(?:school|building|campus|gym|cafeteria|library|office|wing|hall|auditorium|stadium|bus|classroom)"
_SHUT_IN = r"(?:closet|bathroom|restroom|elevator|locker|storage|cooler|freezer|shed|car|van|bus|trunk|stairwell|basement|pool|pantry)"
_SAFETY = (
    *_SURE_SAFETY,
    rf"\b(?:kids?|students?|child|children|boys?|girls?|toddler|preschooler|kindergartn?er|\w+ grader|somebody|someone)\b.{{0,30}}\b(?:locked|trapped|stuck|shut)\b (?:\w+ ){{0,2}}(?:in|inside|under|behind|between) (?:\w+ ){{0,3}}{_SHUT_IN}\b",
    r"\b(?:does not|doesn'?t|do not|don'?t|didn'?t|did not|no longer) wants? to (?:live\b(?! in| with| near)|be alive|go on living|wake up tomorrow)|\btake (?:his|her|my|their) own life\b",
    rf"\b(?:has|have|had|with|brought|bringing|carrying|showed (?:me|us)|saw|found|pulled|there'?s) {_WEAPON}",
    rf"\b{_PERSON} (?:has|had|with|brought|carrying|pulled) (?:a |his |her )?(?:\w+ )?blade\b",
    r"\b(?:gun|bomb|shooting|shooter|stabb?(?:ed|ing)) (?:threat|at|in|on|to) (?:the )?(?:school|campus|building|gym|lot|class)",
    r"\bactive shooter\b|\bbomb threat\b|\b(?:get(?:ting)?|be|been) shot\b(?! (?:out|in black))|\bgoing to shoot (?!(?:a|the|some|our) (?:\w+ )?(?:video|film|movie|photos?|pictures?|scene|email|message|commercial))",
    r"\b(?:threaten(?:ed|ing|s)?|said (?:he|she|they)(?:'s|'ll| is| was| will| would)?(?: going to)?) (?:to )?(?:kill|shoot|stab|hurt|bring a|blow)",
    r"\bsuicid\w*|\bkill (?:him|her|my|them)sel(?:f|ves)\b|\bself.?harm(?:ing|ed)? (?:right|tonight|again|in|post|video|pic)",
    rf"\b(?:wants?|wanted|plans?|planning) to (?:die|kill|end (?:it|his|her|their))\b|\b(?:{_PERSON}|I)(?:'s|'re|'m| is| are| am)? going to (?:die\b(?! of )|kill|end (?:it|his|her|their))\b|\bhurt(?:ing)? (?:him|her|them)sel(?:f|ves)\b|\bcutting (?:him|her)self\b",
    r"\b(?:pills|overdos\w+)\b.{0,40}\b(?:bye|bed|took|swallow\w*|best)\b|\boverdos(?:e|ed|ing)\b|\bbye everybody\b|\bgoodbye (?:note|letter|video|post)\b",
    rf"\b{_KID} (?:is|are|was)? ?(?:not breathing|unconscious|bleeding|passed out|having a seizure|choking)\b|\bthere(?:'s| is) blood\b|\bcall(?:ed)? 911\b|\bambulance\b.{{0,30}}\bnow\b",
    r"\b(?:he|she|dad|father|mom|mother|uncle|stepdad|stepfather|boyfriend|coach|teacher|aunt|parent) (?:\w+ )?(?:hits?|beats?|beat|touche[sd]|molest\w*|chok(?:es|ed)|abus\w+|raped) (?:her|him|me|them|the)\b",
    r"\bscared to (?:go|leave|walk) (?:home|with)|\bafraid to go home\b|\bstranger\b.{0,40}\b(?:building|playground|hall|door|inside)\b|\bintruder\b",
    rf"\b(?:missing|ran away|run away|left (?:the )?(?:building|campus)|can'?t find)\b.{{0,30}}\b(?:kid|child|student|grader|kindergart\w+)\b.{{0,40}}{_NOW}",
    r"\b(?:gas leak|smell(?:s|ing)? (?:of |like )?gas|smoke (?:coming|in|from)|on fire(?! (?:lately|with|today|this (?:week|month|year|semester)))|caught fire|sparking(?! (?:joy|interest|curiosity|conversations?|discussions?|ideas|creativity))|sparks (?:from|coming|out)|batter(?:y|ies)\b.{0,30}\b(?:swelling|swollen|bulging|smoking|exploded|too hot to touch)|live wires?|got shocked|electrocut\w+)\b",
    r"\bneed (?:an adult|help|somebody|someone|police|security)\b.{0,50}\b(?:now|asap|immediately|right away)\b|\bsend (?:help|police|security)\b|\bsend (?:somebody|someone) (?:\w+ ){0,4}?(?:now|quick(?:ly)?|fast|immediately|asap|right away)\b",
    rf"\b(?:will|(?:going|plan(?:s|ned|ning)?|wants?|threat\w+) to) (?:blow up|burn(?: down)?|bomb|set fire to|shoot up) (?:\w+ ){{0,3}}{_PLACE}\b",
    rf"\b(?:{_PERSON}|(?:mr|mrs|ms|mx)\.? \w+|teacher|colleague|co-?worker|custodian|principal|driver|nurse|sub(?:stitute)?|secretary|para|aide|coach) (?:\w+ ){{0,2}}?(?:collapsed|fainted(?! away)|had a (?:stroke|heart attack)|(?:is|are) (?:not responding|unresponsive))\b(?! (?:the|all|both|my|to) )",
    r"\b(?:lock|door|knob|handle|key)\b.{0,80}\b(?:a|an|one|two|the|my|our) (?:little |small )?(?:kids?|students?|child|children|boys?|girls?|toddlers?|\w+ grader) (?:is|are) (?:still )?(?:stuck |trapped )?(?:inside|in there)\b(?! (?:the|our|a) (?:app|lesson|test|game|meeting|session))",
    r"\b(?:window|door|glass|padlock|gate)s?\b.{0,40}\b(?:smashed|broken|kicked in|pried|forced)\b.{0,100}\b(?:footsteps|somebody|someone|a man|people|voices)\b.{0,40}\b(?:inside|in there|upstairs|downstairs|walking|hiding|running|moving(?! (?:my|our|the|his|her|files)\b))\b",
    rf"\b(?:sent|sends|posted|posts|shared|passing around|uploaded)\b.{{0,60}}\b(?:photos?|pictures?|videos?|selfies?|snaps?)\b.{{0,60}}\b(?:of|with|holding) {_WEAPON}",
    r"\bfight\b.{0,40}\b(?:right now|happening|blood|now)\b|\b(?:three|four|five|\d) kids on one\b|\b(?:man|dad|father|parent|guy)\b.{0,40}\bcoming (?:up )?here with\b",
)
_SURE_SECURITY = (
    r"\b(?:clicked|opened)\b.{0,120}\b(?:typed|entered|gave|put)\b.{0,30}\b(?:password|login|log-?in|credentials|username|info|code)\b",
    r"\b(?:typed|entered|gave|put)\b.{0,25}\b(?:my|our|his|her) (?:password|login|credentials|log-?in|social)\b.{0,80}\b(?:fake|scam|phish\w*|link|site|page|now|wasn'?t|not real)\b",
    r"\b(?:emails?|messages?|mail) (?:are|is|were|keep|being|started)? ?(?:going|being sent|sent|coming) (?:out )?(?:from|as) (?:me|my|our|his|her)\b|\bsending (?:emails?|messages?|mail|spam) (?:from|as) (?:me|my)\b",
    r"\b(?:logged|signed) in as me\b|\bas me right now\b",
    r"\bremote(?:ly)? (?:control\w*|access\w*|took over)\b.{0,40}\b(?:my|the|our) (?:screen|computer|machine|mouse)\b|\b(?:mouse|cursor) (?:is )?moving (?:on|by) (?:its own|itself)\b|\bsomeone (?:is )?(?:in|inside) (?:my|our) (?:account|computer|system|network|email)\b",
)
_SECURITY = (
    *_SURE_SECURITY,
    r"\b(?:logged|signed) in as (?:him|her|a teacher|the)\b|\busing my (?:login|log-?in|account|password|credentials)\b",
    r"\bransom\w*|\bbitcoin\b|\ball (?:the |our |my )?files (?:are|in|were|have)?.{0,40}\b(?:locked|encrypted|renamed|end in)\b|\bfiles? (?:are|were|got) (?:all )?encrypted\b|\bpay (?:to|in order to) unlock\b",
    r"\b(?:my|our|her|his|the \w+'s) (?:\w+ )?account (?:has been|was|is|got|is being) (?:\w+ )?(?:hacked|compromised|taken over|broken into|hijacked)\b|\bi(?:'ve| have| was| got| think i was| think i got)? ?(?:been )?hacked\b|\bgot hacked\b",
    r"\b(?:changed|changing|redirected|switched) (?:my|our|the|his|her|\w+'s)? ?direct deposit\b|\bdirect deposit (?:was|got|has been|is) (?:changed|redirected|moved)\b",
    r"\bchang(?:ing|ed) (?:his|her|their|the|everyone'?s) (?:own )?grades\b",
    r"\b(?:laptop|computer|chromebook|machine|ipad|device|phone|hard drive|flash drive|usb|server)\b.{0,60}\b(?:stolen|broke(?:n)? into|window (?:\w+ )?smashed)\b",
    r"\b(?:stolen|stole|broke(?:n)? into|smashed (?:\w+ ){0,3}window|swiped)\b.{0,60}\b(?:laptops?|computers?|my machine|hard drive|flash drive|usb|ipads?|chromebooks?)\b",
    r"\b(?:lost|left|can'?t find|misplaced)\b.{0,20}\b(?:laptop|flash drive|thumb drive|usb|hard drive)\b.{0,80}\b(?:student|ieps?|grades|passwords?|logged in|ssns?|confidential|data)\b",
    r"\bwire(?:d)? (?:the )?money\b|\b(?:bought|sent) (?:the )?gift cards\b|\bpay(?:roll|checks?) (?:\w+ )?(?:scam|fraud|stolen)\b|\bmalware\b.{0,40}\b(?:spread\w*|now|all)\b",
)
_LEAK = r"(?:sent|emailed|e-mailed|mailed|forwarded|shared|posted|replied|reply|copied|texted|attached|uploaded)"
_RECORDS = (
    r"(?:504|iep|ieps|evaluation|diagnos[ei]s|medical|health|psych|discipline|custody|grades?|transcripts?|roster|spreadsheet|list|socials?|ssns?|social security|"
    r"birth ?dates?|free lunch|lunch status|case ?load|case numbers|student (?:data|records?|info\w*)|personnel|w-?2s?|addresses|passwords|counsel\w+ notes)"
)
_WRONG = (
    r"(?:to (?:the )?(?:wrong|every(?:one|body)?|all|entire|whole|another)|wrong (?:\w+ )?(?:parent|famil|person|people|school|list|group|address|teacher|class)\w*|"
    r"instead of|by (?:mistake|accident)|accident(?:al)?ly|reply all|whole (?:school|staff|building|district))"
)
_DELICATE = r"(?:504 plans?|ieps?|diagnos[ei]s|medical (?:records?|plans?)|psych\w*|custody|ssns?|social security numbers?|disciplin\w+ (?:records?|reports?)|counsel\w+ notes)"

_SURE_PRIVACY = (
    rf"\b{_LEAK}\b.{{0,60}}\b{_DELICATE}\b.{{0,60}}\b(?:to (?:the )?(?:wrong|every(?:one|body)|all|entire|whole)\b|by (?:mistake|accident)|accidentally)",
    rf"\b{_DELICATE}\b.{{0,60}}\b(?:is|are) (?:open|visible|public|available|out) (?:to|for|on|with) (?:anyone|any(?:body| one)|every(?:one|body)|the (?:internet|web|world|public|whole))",
    rf"\b(?:hit|used|did) reply all\b.{{0,120}}\b{_DELICATE}\b",
)
_PRIVACY = (
    *_SURE_PRIVACY,
    rf"\b{_LEAK}\b.{{0,60}}\b{_WRONG}.{{0,120}}\b{_RECORDS}\b",
    rf"\b(?:hit|used|did) reply all\b.{{0,160}}\b{_RECORDS}\b|\b{_RECORDS}\b.{{0,120}}\bjust went to\b",
    rf"\b(?:anyone|any(?:body)|every(?:one|body)|the whole (?:school|class)) (?:with (?:it|the link) )?can (?:see|open|read|view|get (?:in)?to)\b.{{0,60}}\b{_RECORDS}\b",
    rf"\b{_LEAK}\b.{{0,80}}\b{_RECORDS}\b.{{0,80}}\b{_WRONG}",
    rf"\b{_RECORDS}\b.{{0,120}}\b(?:open|visible|public|shared|available|out) (?:to|for|on|with) (?:anyone|any(?:body| one)|every(?:one|body)|the (?:internet|web|world|public|whole))",
    rf"\blink to\b.{{0,40}}\b{_RECORDS}\b.{{0,60}}\b(?:posted|public|instagram|facebook|snapchat)\b|\b(?:posted|leaked)\b.{{0,40}}\b{_RECORDS}\b.{{0,60}}\b(?:instagram|facebook|snapchat|online|tiktok)\b",
    r"\b(?:logged in|opened|log in|portal)\b.{0,60}\b(?:sees?|saw|seeing|shows?|showing|got)\b.{0,20}\b(?:another|someone else|somebody else|other|different|the wrong)(?:'s)? (?:child|kid|student|famil|parent)\w*",
    r"\b(?:list|names|report) of (?:kids|students)\b.{0,60}\b(?:self.?harm|suicid\w*|diagnos\w*|medical|disabilit\w*)\b.{0,60}\b(?:print\w*|copier|mailbox\w*|sent|open|table|posted)",
    r"\bdata breach\b|\b(?:student|staff|employee) data (?:was|were|is|has been|got) (?:leaked|exposed|breached|stolen|posted)\b|\bcan (?:it|you|someone|somebody|we) (?:be )?(?:pulled?|take|recall) (?:it )?back\b|\brecall (?:says|said|didn'?t|failed|won'?t)\b",
)


_PERSONA = r"(?:niñ[oa]s?|alumn[oa]s?|estudiantes?|compañer[oa]|maestr[oa]|persona|señora?|muchach[oa]|chic[oa])"
_ARMA = r"(?:a |un |una |el |la |al )?(?:\w+ )?(?:arma|pistola|cuchillo|navaja|bomba|rifle)\b(?! de (?:agua|aire|silic\w+|pegamento|juguete|calor|plástico|baño))"

_SURE_SPANISH_SAFETY = (
    r"\b(?:hombre|señora?|mujer|persona|tipo|alguien|carro) (?:muy )?(?:desconocid[oa]|extrañ[oa]|que (?:nadie|no) (?:conoce|conocemos))\b.{0,80}\b(?:niñ[oa]s?|alumn[oa]s|estudiantes|patio|reja|recreo)\b",
    rf"\b(?:tiene|trae|traía|trajo|lleva|sacó) {_ARMA}|\b(?:hombre|persona|señor|tipo|alguien|muchacho) (?:armado|con {_ARMA})",
    rf"\b{_PERSONA}\b.{{0,40}}\bse (?:quiere|quería|va a) (?:matar|hacer daño|lastimar|suicidar)\b|\bquiere (?:matarse|morirse|suicidarse)\b|\bse está cortando\b",
    r"\b(?:amenazó|amenaza|dijo que (?:va|iba) a) (?:con )?(?:matar|disparar|apuñalar)\w*|\btiroteo en\b",
    rf"\bno respira\b|\b{_PERSONA}\b.{{0,20}}\bno (?:despierta|reacciona)\b|\b{_PERSONA}\b.{{0,20}}\bestá (?:sangrando|inconsciente|convulsionando)\b",
    r"\bhuele a gas\b|\bfuga de gas\b",
    r"\b(?:su|el|mi) (?:papá|padrastro|tío|novio|padre)\b.{0,15}\b(?:le pega|la golpea|lo golpea|la toca|lo toca|abusa)\b",
)
_SPANISH_SAFETY = (
    *_SURE_SPANISH_SAFETY,
    r"\b(?:sale|hay|veo|salía|está saliendo) (?:mucho )?humo\b|\bhuele a (?:quemado|humo)\b",
    r"\bno quiere (?:seguir )?(?:vivir|viviendo)\b|\bno quiero (?:seguir )?(?:vivir|viviendo)\b|\bquitar(?:se)? la vida\b|\bcort(?:ó|a|ando) las venas\b",
    r"\b(?:niñ[oa]s?|alumn[oa]s?|estudiantes?)\b.{0,30}\b(?:encerrad[oa]s?|atrapad[oa]s?)\b(?! fuera)",
    rf"\b(?:con|vi|hay) {_ARMA}",
    r"\bse (?:quiere|va a|quería) (?:matar|hacer daño|lastimar|suicidar)\b|\bse (?:quiere|quería) morir\b|\bquiere morir\b|\bsuicidi\w+|\bsuicidarse\b|\btiroteo\b",
    r"\bsobredosis\b|\bestá (?:sangrando|inconsciente|convulsionando)\b|\bllamen? (?:a la policía|al 911|una ambulancia)\b",
    r"\bno (?:encontramos|encuentro|encuentran|hallamos|aparece) a (?:un|una|mi|el|la|otr[oa]) (?:niñ[oa]|alumn[oa]|estudiante)\b",
    r"\b(?:forz|romp|quebr|revent)\w+ (?:la|una|el|un) (?:puerta|ventana|chapa|candado|reja|vidrio)\b.{0,80}\b(?:hombre|alguien|persona|gente|pasos)\b.{0,40}\b(?:adentro|dentro|caminando|escondid[oa]s?|corriendo)\b",
    r"\bse está quemando\b|\bestá en llamas\b|\b(?:niño|niña|alumn[oa]|estudiante)\b.{0,20}\b(?:desapareció|está perdid[oa]|no aparece(?! (?:en|con|su|el|la)\b))",
)
_SPANISH_SECURITY = (
    r"\b(?:hackearon|hackeado|hackeada|robaron) (?:mi|la|el|nuestra) (?:cuenta|contraseña|correo|computadora|laptop)\b|\bcuenta hackeada\b",
    r"\b(?:di|puse|escribí|metí|ingresé) (?:mi|la) (?:contraseña|clave)\b|\bhice clic\b.{0,60}\bcontraseña\b",
    r"\b(?:salen|mandan|están saliendo|se envían) (?:correos|mensajes)\b.{0,25}\b(?:de|desde) mi cuenta\b|\bpiden rescate\b|\barchivos (?:cifrados|encriptados)\b",
)
_SPANISH_PRIVACY = (
    r"\b(?:mandé|envié|mandaron|enviaron|compartí|publicaron|subieron)\b.{0,80}\b(?:por error|equivocad[oa]s?|a todos|a todas|al padre equivocado)\b",
)

_FLAGS = re.IGNORECASE | re.DOTALL


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), _FLAGS)


_KINDS = (
    (Urgency.SAFETY, _any_of((*_SAFETY, *_SPANISH_SAFETY))),
    (Urgency.SECURITY, _any_of((*_SECURITY, *_SPANISH_SECURITY))),
    (Urgency.PRIVACY, _any_of((*_PRIVACY, *_SPANISH_PRIVACY))),
)
_SURE = (
    (Urgency.SAFETY, _any_of((*_SURE_SAFETY, *_SURE_SPANISH_SAFETY))),
    (Urgency.SECURITY, _any_of((*_SURE_SECURITY, *_SPANISH_SECURITY))),
    (Urgency.PRIVACY, _any_of(_SURE_PRIVACY)),
)
_NOT_REAL = re.compile(
    r"\b(?:in (?:the|a|my) (?:game|novel|book|play|movie|unit|lesson)|drill|training on|awareness|"
    r"prevention|curriculum|last (?:year|spring|fall|month)|years ago|what if|hypothetical\w*)\b",
    re.IGNORECASE,
)


_TALK_OF_IT = re.compile(
    r"\b(?:suicid\w*|active shooter|self.?harm|intruder|bomb threat)\W+(?:\w+\W+){0,2}?"
    r"(?:prevention|drills?|training|awareness|lessons?|curriculum|screening|protocol|plan|module|"
    r"policy|assembly|unit|video|hotline)\b",
    re.IGNORECASE,
)
"""A drill or a training about it is not it."""


_DOUBT = re.compile(
    r"\b(?:if|in case|would|could|should|might|game|movie|film|novel|play|story|poem|article|essay|song|"
    r"drill|training|policy|lesson|unit|curriculum|prevention|awareness|last (?:year|spring|fall|month|semester)|"
    r"(?:years?|months?) ago|used to|ever|never|joking|kidding|figuratively|"
    r"si|juego|película|novela|cuento|obra|simulacro|lección|unidad|prevención|año pasado|hace años)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?\n])\s+")
_PLAIN = 600
"""Characters of the longest sentence that is looked at for a plain statement of danger."""


def sure_kinds(text: str) -> tuple[Urgency, ...]:
    """The kinds that some sentence states in so many words, as happening: what the author can be
    answered before the message is read.

    It says nothing rather than something wrong; reading follows in any case and may find more.
    Never raises. Sentences over ``_PLAIN`` characters are left to the reading, which keeps the
    time linear in a message's length.
    """
    sentences = _SENTENCES.split(text.replace("’", "'"))
    plain = [_TALK_OF_IT.sub(" ", one) for one in sentences if len(one) <= _PLAIN]
    stated = [one for one in plain if not _DOUBT.search(one)]
    return tuple(
        kind for kind, pattern in _SURE if any(pattern.search(sentence) for sentence in stated)
    )


def urgency(text: str) -> Urgency | None:
    """The kind of emergency a message tells of, people before systems before data; None: none.

    A drill is left out; so is, for systems and data, what is plainly a story or long ago.
    """
    return next(iter(every_kind(text)), None)


def every_kind(text: str) -> tuple[Urgency, ...]:
    """Every kind that a message tells of, people before systems before data."""
    text = _TALK_OF_IT.sub(" ", text.replace("’", "'"))
    return tuple(
        kind
        for kind, pattern in _KINDS
        if pattern.search(text) and (kind is Urgency.SAFETY or not _NOT_REAL.search(text))
    )
