"""The vocabulary of a chat with the bot, in English and Spanish (see ``chat``).

Words are lower case and without accents or apostrophes, as ``words_of`` makes them.
"""

# ruff: noqa: E501 -- words of one kind stay together

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SHORT_FORMS = {
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plse": "please",
    "thx": "thanks", "thnx": "thanks", "thanx": "thanks", "tks": "thanks", "ty": "thanks",
    "tysm": "thanks", "tyvm": "thanks", "thankyou": "thanks", "wen": "when", "whn": "when", "wut": "what",
    "wat": "what", "wot": "what", "whos": "who is", "whats": "what is", "whens": "when is",
    "wheres": "where is", "hows": "how is", "cant": "can not", "dont": "do not", "didnt": "did not",
    "doesnt": "does not", "isnt": "is not", "wont": "will not", "im": "i am", "ive": "i have",
    "ill": "i will", "id": "i would", "dose": "does", "haha": "lol", "hahaha": "lol", "ha": "lol", "hehe": "lol", "jaja": "lol", "jajaja": "lol", "jeje": "lol", "lmao": "lol", "rofl": "lol", "muchisimas": "muchas", "muchisimo": "mucho", "hve": "have", "knw": "know", "taht": "that", "youre": "you are", "its": "it is", "thats": "that is",
    "theres": "there is", "wasnt": "was not", "werent": "were not", "havent": "have not",
    "hasnt": "has not", "arent": "are not", "couldnt": "could not", "wouldnt": "would not",
    "lets": "let us", "wanna": "want to", "gonna": "going to", "gotta": "got to", "lemme": "let me",
    "gimme": "give me", "dunno": "do not know", "idk": "do not know", "nvm": "never mind", "nevermind": "never mind",
    "ok": "ok", "okay": "ok", "okey": "ok", "kk": "ok", "k": "ok", "okie": "ok", "okeydokey": "ok", "msg": "message",
    "msgs": "messages", "abt": "about", "q": "que", "xq": "porque", "xfa": "por favor", "porfa": "por favor",
    "porfavor": "por favor", "pq": "porque", "tmrw": "tomorrow", "tmw": "tomorrow", "anon": "anonymous",
    "np": "no problem", "bc": "because", "cuz": "because", "rn": "right now", "yall": "you all",
    "info": "information", "ppl": "people", "yours": "your", "tho": "though", "ans": "answer",
    "hes": "he is", "shes": "she is", "theyre": "they are", "theyve": "they have", "youll": "you will",
    "itll": "it will", "youve": "you have", "whatre": "what are", "whys": "why is",
    "signin": "sign in", "logon": "sign in", "optout": "opt out", "grax": "gracias",
    "usted": "usted", "ud": "usted", "uds": "ustedes",
}  # fmt: skip

EMOJI = (
    ("👋", "hello"), ("👍", "yes"), ("👌", "yes"), ("✅", "done"), ("☑", "done"), ("✔", "done"), ("👎", "no"),
    ("🙏", "thanks"), ("❤", "thanks"), ("💙", "thanks"), ("💕", "thanks"), ("👏", "thanks"), ("🥰", "thanks"), ("🤗", "thanks"), ("💯", "yes"),
    ("😂", "lol"), ("🤣", "lol"), ("😆", "lol"), ("😀", "nice"), ("😊", "nice"), ("🙂", "nice"), ("😃", "nice"), ("😄", "nice"),
    ("🎉", "nice"), ("🤔", "hmm"), ("🤷", "do not know"), ("🫡", "ok"),
)  # fmt: skip
"""What an emoji says where it is all that there is."""

EMOJI_NAMES = {
    "thumbsup": "👍", "+1": "👍", "ok_hand": "👌", "white_check_mark": "✅", "heavy_check_mark": "✔",
    "thumbsdown": "👎", "-1": "👎", "wave": "👋", "pray": "🙏", "heart": "❤", "clap": "👏", "joy": "😂",
    "tada": "🎉", "thinking_face": "🤔", "shrug": "🤷", "100": "💯", "smile": "😊", "slightly_smiling_face": "🙂",
    "raised_hands": "🙏", "blush": "😊", "laughing": "😆", "rofl": "🤣", "grinning": "😀",
}  # fmt: skip

GREET = _set(
    "hi hello hey heya hiya howdy yo sup greetings morning afternoon evening gm hola buenas buenos buen "
    "dias tardes saludos aloha hallo"
)
THANK = _set(
    "thanks thank appreciate appreciated grateful gracias agradezco agradecido agradecida agradecemos"
)
PRAISE = _set(
    "nice cool awesome great perfect excellent wonderful amazing sweet neat fantastic brilliant lovely "
    "helpful best rock rocks kind job love amable perfecto genial excelente chevere bueno buenisimo "
    "buena super padre estupendo maravilloso maravilla"
)
BYE = _set(
    "bye goodbye cya ciao chao chau adios later ttyl luego night noches weekend finde cheers peace"
)
YES = _set(
    "yes y yep yeah yup yea ya yes yess yesss yas aye sure ok absolutely definitely correct agreed agree exactly "
    "certainly indeed affirmative totally fine alright understood si claro vale dale sip oui adelante "
    "correcto entendido acuerdo supuesto acepto obvio afirmativo exacto bien okis"
)
NO = _set(
    "no nope nah naw n nop negative never cancel disregard ignore cancelar cancela cancele cancelalo "
    "olvidalo olvidelo olvida ignore ignorelo nada nel tampoco jamas nunca nothing none oops whoops ups"
)
DONE = _set(
    "done did finished finish completed complete submitted submit answered responded took filled replied "
    "hecho listo lista hice conteste respondi termine complete llene contestada completada envie "
    "terminada terminado entregada acabe complete respondida ready"
)
SURVEY = _set(
    "survey surveys questionnaire questionnaires poll polls encuesta encuestas sondeo sondeos "
    "cuestionario cuestionarios pulse"
)
STOP = _set(
    "stop unsubscribe unsubscribed unsubscription opt mute quit remove baja basta pare paren parar detener "
    "detenga suscripcion desuscribir desuscribirme spamming spam bothering pestering cease silenciar "
    "deje dejen dejar"
)
MESSAGE = _set(
    "message messages feedback comment comments suggestion suggestions request requests question "
    "questions report reports submission ticket tickets note post idea ideas concern concerns complaint "
    "mensaje mensajes comentario comentarios sugerencia sugerencias solicitud pregunta "
    "preguntas queja opinion opiniones retroalimentacion reporte peticion caso input"
)
KNOWN = (
    GREET | THANK | PRAISE | BYE | YES | NO | DONE | SURVEY | STOP | MESSAGE
    | _set(
        # English: articles, pronouns, auxiliaries, prepositions, question words
        "a an the this that these those here there i me my mine myself we us our you your yourself he she "
        "him her it they them their who whom whose what which when where why how is am are was were be been "
        "being do does doing has have had having can could will would shall should may might must not to of "
        "in on at for from with without about by into onto over under through till until and or but so if "
        "then than as because since while though just only even also too very really quite pretty much many "
        "more most less least some any all every each both either neither other another same own one two "
        "again back up out off now today tonight yesterday tomorrow soon yet already still ever always "
        "sometimes often day days week weeks month minute minutes min mins hour hours moment second time "
        "times monday tuesday wednesday thursday friday saturday sunday last next first before after ago "
        "long short late early left please pleases kindly sorry apologies excuse pardon um uh er hmm hm mm huh eh oh ah wow "
        "well like lol haha hahaha ha lmao rofl hehe heh jaja jajaja jeje omg idk btw fyi tbh however "
        # verbs of talking, wanting and doing that need an object to mean anything
        "get gets getting got go goes going gone come comes came coming know knows knew think thinks thought "
        "say says said saying tell tells told telling talk talking speak speaking see sees saw seen seeing "
        "look looks looking looked read reads reading show shows showing give gives given want wants wanted wanting need "
        "needs needed have take takes taken taking make makes made making let keep keeps use uses used "
        "using ask asks asked asking answer answers answering reply replies replying respond response responses send sends sent "
        "sending receive receives received receiving resend write writes wrote written writing find start started starting begin try mean "
        "means meant wonder wondering hear hears heard hearing happen happens happened pass passed passes "
        "forward forwarded check checked checking wait waiting waits explain share shared publish published "
        "leave add change changes edit delete deleted lost open opens opened close closes closed closing end ends ended "
        "ending expire expires due deadline cutoff handle handles handled decide decides "
        "happening contact reach call called listen listening understand understands care cares monitor "
        "monitors monitored review reviews reviewed goes process view views store stored track tracks tracked "
        "trace traced identify identified identifiable connected attached linked protect protected keep kept "
        "hidden secure safe private privacy anonymous anonymously anonymity confidential confidentiality "
        "data information name names trouble fired retaliation identity personal "
        # people and parts of the service
        "person people human bot robot machine ai chatbot assistant someone somebody anyone anybody everyone "
        "everybody nobody boss principal supervisor manager admin administration district school "
        "office committee committees cto team staff staffs colleague colleagues member members "
        "soundingboard thing things stuff way something anything everything link links web "
        "website site page menu command commands option options help instructions guide docket dockets "
        "agenda items home inbox dashboard tasks task todo todos results result findings outcome report announce "
        "announces announcement announcements anounce announcing sign log status update updates news progress reminders reminder "
        "notification notifications notice notices list lists contact form enough part available able possible "
        "ok right wrong window chat channel place mistake bad accident accidentally meant good welcome "
        "problem worry worries problems issue hard feelings deal quick busy free new old sure maybe perhaps possibly "
        "whatever guess interested interesting funny joke test testing lets go course great day gladly happy enjoy rest "
        "yourself feel free real actual actually live alone joking kidding reason purpose point goal "
        "true false different difference between number total high nothing around clear confused confusing bye see "
        "lot turn messaging letting behind runs run avisarme avisar stay forma sale lots bunch tons bunches million heaps hugely kindly chatting texting bugging reminding assistance assist assistant helping helped helps answers gotten "
        "forget mind vemos ahi salen salio sales publican publica catch believe statement fact sounds seems appears definite unsure idea clue guess repeated repeating shut continue proceed skip pause resume assistance glad pleasure happy thankful gratitude helped helping thing nice subject subjects topics topic types type kind kinds sort sorts capable ability abilities features feature familiar knowledge service services purposes explain example examples more later round around soon pleased chance certain either nor doubt refuse decline accept approve deny confirm confirmed negative positive affirmative permission granted roger understood copy fair enough cheers mate obliged indebted life everything well being treating feeling been lately far meet meeting morrow evening good-bye farewell leave leaving gotta head heading run "
        "figured figure set top expect expected supposed redo retake pending qs hr closing cerrando opening other side end falta recibido manden mandan envien escriban jefes demas scratch noted meh nm blah hm whatsoever anyways anyway regardless proof honest honestly truly forever eventually asap possible usually normally remember remind reminded missed supposed allowed permitted okayed ready prepared consider considering rather prefer choose chosen pick picked decide skip skipped ultimo ultima ultimos primera primero proxima proximo siguiente manera modo parte cosa cosas caso razon motivo cualquier cualquiera quedo queda quedan dejo deja dieron dio dan salir sali entro bajo publicar publicaron aparece aparecen hacerlo hacerla verlo verla verlas mandarlo enviarlo mandelo envielo hagalo paselo mandes envies borrelo quitelo fuera quito sacar saqueme ajeno ocupado ocupada tarde temprano rapido rapida facil dificil sencillo amables atentos "
        "spanish english language languages espanol ingles idioma instrucciones date dates "
        "onda senor senora senorita interesa latest newest recent patience effort efforts kindness understanding speedy timely detailed clarification clarifying heads reaching consideration individual managers directors shown displayed visible tied guardan guarda guardado muestra muestran aparecer aparecera comparten comparte saberlo revisan revisa utilidad utiles util ayudo ayudaron sirvio resuelto aclarar aclarado aclaracion explicar explique explicarme repita repetir repite despide molestia molestias pendiente avisa avise avisenme informar informe "
        "sense hours dear folks friend buddy pal mate sir maam team guys all y thats fast previous earlier morning "
        "public published visible participate participating participated participation required mandatory optional voluntary "
        "have reply yet hang sec minute along instead ahead whenever whoever anytime wherever "
        # Spanish
        "el la los las lo un una unos unas de del al en con sin por para a ante y e o u pero si no que cual "
        "cuales quien quienes cuando cuanto cuanta cuantos cuantas donde adonde como porque es son soy eres somos fue fui "
        "era ser estar esta estan estoy este esto esta estos estas ese eso esa esos esas aqui ahi alla me te "
        "se le les nos mi mis tu tus su sus nuestro nuestra yo ella ellos ellas usted ustedes nosotros hay "
        "habia ha han he hemos haya voy va van vamos ir puede puedes puedo pueden podria podrias podemos quiero quiere "
        "quieres queria quisiera gustaria necesito necesita tengo tiene tienes tienen tenemos hace hacen hago hacer haciendo digo dice "
        "dicen dije dijo decir diga digame dime saber sabe saben se ver veo ve ven lee leen leyo leyeron leer mira ir "
        "manda mande mandeme mandar mando envia envie envieme enviar escribo escriba escribe escribir escribio "
        "recibo recibe reciben recibieron recibio recibir llega llegan llego hablo habla hablar hablas hablando responde responden "
        "respondieron responder respuesta respuestas contesto contesta contestan contestaron contestar paso pasa pasan "
        "muestre muestreme muestrame mostrar ensename enseneme deme darme dar dame doy muy mas menos ya todavia aun "
        "ahora hoy ayer manana luego despues antes siempre tambien solo otra otro otros otras vez veces mismo misma "
        "todo toda todos todas algo alguien alguna alguno algun ninguna ninguno nadie cada poco mucho mucha "
        "muchas muchos mil muchisimas muchisimo tanto tan favor perdon perdone disculpe disculpa lo siento "
        "cierra cierran cerro cerrado cierre cerrar vence vencer vencio termina terminar termino acaba acabar plazo fecha limite "
        "abierta abierto abiertas dura durar tarda toma tomar lleva tiempo minuto minutos hora horas dia "
        "larga largo corta corto anonimo anonima anonimos anonimas anonimato confidencial confidenciales "
        "confidencialidad privado privada privadas privacidad nombre identificar datos director directora jefe jefa supervisor "
        "supervisora comite comites distrito escuela oficina persona personas robot maquina humano humana real verdad "
        "enlace pagina inicio menu opciones opcion comandos ayuda ayudar ayudame usar usa "
        "resultados resultado anuncio anuncios anunciar asuntos pendiente pendientes expediente lista novedad "
        "novedades noticias noticia estado avance recordatorio recordatorios notificaciones notificacion avisos aviso "
        "sesion iniciar entrar sitio entiendo entendi significa gusto igual bien mal problema "
        "importa importante equivoque equivocado equivocada error mensaje aviso gana ganas nueva nuevo empezar comenzar "
        "prueba probando tal vez quizas quiza seguro segura momento rato pronto semana fin feliz adios gusta "
        "moleste molesten moleste escribirme mandarme enviarme contactarme pedirme molestar molestarme molestando llamarme preguntarme "
        "tenga tengas pase cuidese cuidate mañana opinar hacia sobre hasta desde donde trata nomas pues bueno "
        "oye oiga ey hey alo sabra sabran enterar entera vio vieron visto leido recibido contestado respondido hicieron hagan hizo "
        "participar obligatoria obligatorio obligacion cambiar borrar borre enojar meter problemas lio castigar corren "
    )
    | _set(
        # what people ask a bot about itself, and for fun
        "joke jokes fact facts trivia riddle story stories poem song sing dance pet pets cat cats dog dogs animal animals "
        "hobby hobbies favorite favourite color colour food movie movies music born birthday birthplace created create "
        "creator made built build programmed programmer program coded code invented inventor developed developer designed "
        "designer trained owns owner employer company life meaning universe existence love married wife husband girlfriend "
        "boyfriend marry family age old years hail country city live lives weather artificial intelligence "
        "automated conversation feel feeling feelings happy sad tired bored hungry eat sleep dream dreams alive conscious smart intelligent stupid dumb "
        "clever favorita favorito chiste chistes cuento historia mascota mascotas perro gato edad anos nacido naciste vida "
        "amor casado casada clima comida cancion pelicula pasatiempos creo hizo invento triste contento"
    )
)  # fmt: skip
"""Words that say nothing about technology by themselves."""

CONTENT = _set(
    "rights account accounts locked lock down worse froze outage outages restored monitor monitors webcam headset tv laminator kiosk lamp heater heat raptor aesop timeclock typo typos clunky auto canva kami edpuzzle quizlet blooket gimkit nearpod peardeck schoology moodle duolingo flip desmos wordle khan iready lexia aimsweb naviance skyward aeries infinite onedrive sharepoint excel word powerpoint chrome safari edge firefox adobe acrobat pdf icloud apple microsoft windows android securly goguardian lightspeed jamf dyknow turnitin remind classdojo parentsquare talkingpoints frontline absence timesheet payroll app apps board boards remote remotes chatgpt gemini copilot system systems login tech wifi internet network signal printer printers print printing copier copiers toner ink projector "
    "projectors smartboard smartboards screen screens display displays laptop laptops chromebook "
    "chromebooks ipad ipads tablet tablets computer computers pc mac mouse keyboard mic microphone "
    "speaker speakers sound audio volume video videos camera cameras phone phones intercom bell bells "
    "clock clocks cable cables cord cords charger chargers charging battery adapter dongle hdmi bulb cart "
    "carts software hardware apps canvas powerschool gradebook google youtube kahoot zoom teams outlook "
    "email emails mail password passwords login logins mfa duo sso clever seesaw ixl gmail drive files "
    "file folder folders grades grade attendance roster rosters parents parent kid kids student students "
    "teacher teachers class classes classroom classrooms room rooms lab labs library gym office365 portal "
    "filter blocked block unblock unblocked blocking server servers vpn badge door doors outlet outlets "
    "training pd policy ticketing sub subs aide paper copies scan scanner fax label labels "
    "work works working worked workin function functions functioning funciona funcionan funcionando sirve sirven broken broke break breaks fix fixed fixes fixing repair replace replaced crash crashed crashes "
    "crashing crashed freeze freezes frozen freezing slow slower lag lags laggy dead die dies died dying "
    "fail fails failed failing jam jammed stuck missing gone disappeared outdated ancient useless terrible "
    "awful horrible worst sucks suck hate hates annoying annoyed frustrating frustrated confusing boring "
    "waste ridiculous unusable glitch glitchy buggy bug bugs error errors load loads loading connect "
    "connects connecting disconnect restart restarts reboot rebooted reboots install installed upgrade "
    "upgrades sync syncs calibrate logout wish ban banned cheat cheating "
    "red impresora impresoras imprime imprimir tinta proyector proyectores pantalla pantallas computadora "
    "computadoras tableta tabletas raton teclado microfono bocina bocinas sonido camara camaras telefono "
    "telefonos cargador cargadores bateria correo correos contrasena contrasenas clave claves archivo "
    "archivos calificaciones asistencia padres alumnos alumno estudiantes estudiante maestros maestro "
    "maestra docente docentes clase clases aula salon salones biblioteca gimnasio laboratorio portal "
    "bloqueado bloqueada bloquearon bloqueo bloquean filtro capacitacion senal pizarra pizarron roto rota "
    "danado danada descompuesto descompuesta atascada lento lenta lentas lentos traba falla fallan fallo "
    "arreglar arreglen arreglan arregla reparar faltan falta cae cayo caido carga cargar conecta conectar "
    "imprimen apago apagado prende enciende odio pesimo pesima horrible ninos aplicacion aplicaciones "
    "programa programas cables cuesta tecnologia technology tech device devices equipo equipos"
)  # fmt: skip
"""Words that make the shortest line something for a committee."""

DANGER = _set(
    "gun guns pistol rifle firearm weapon weapons knife knives armed bomb bombs explosive explosion shooter "
    "shooters shooting shoot shot shots stab stabbed stabbing blade kill killed killing killer kms die dying murder suicide "
    "suicidal overdose overdosed overdosing bleeding blood bleed unconscious breathing choking seizure "
    "collapsed fainted fire flames burning smoke smoking gas fight fighting fights intruder trespasser "
    "stranger lockdown evacuate kidnapped kidnap abducted missing threat threats threaten threatened "
    "threatening attack attacked attacker hostage rape raped assault assaulted molested abuse abused "
    "abusing beaten beating hitting punched hit hits hurt hurting injured injury danger dangerous emergency "
    "ambulance police cops cop 911 paramedic paramedics medic nurse epipen allergic anaphylaxis sos mayday "
    "hacked hacker hackers ransomware malware virus phished phishing breach breached stolen leaked scammed "
    "gunshot gunshots gunman scared afraid unsafe miedo asustada asustado miedos pastilla venas self-harm selfharm drowning poisoned poison heart cpr pills pastillas naloxone narcan drunk drugs cutting unresponsive "
    "arma armas armado armada pistola pistolas rifle escopeta cuchillo cuchillos navaja navajas bomba "
    "bombas tirador tiroteo disparos disparo disparando balazo balazos balacera matar matarse matarme mato "
    "muerto muerta morir morirme suicidio suicidarse suicida suicidar sobredosis sangre sangra sangrando "
    "inconsciente respira desmayo desmayado desmayada convulsion convulsiona convulsionando ahoga "
    "ahogando fuego incendio llamas humo quema quemando fuga pelea pelean peleando peleas golpea golpearon golpes pega pegan golpeo intruso "
    "secuestro secuestraron desaparecio perdido perdida amenaza amenazas amenazo amenazan atacaron ataque ataca "
    "violacion violo abuso abusa abusan peligro emergencia ambulancia policia auxilio socorro herido herida lastimado "
    "lastimada lastimarse hackearon hackeado hackeada robaron ayudenme ayudennos veneno rehen "
    "explosivo explosion alergica alergia evacuar evacuen"
)  # fmt: skip
"""A line with one of these, also misspelled, is never kept back, whatever it means."""


BOTH_WAYS = _set("hit nurse missing drunk heart phishing llamas")
"""Of ``DANGER``, what is also said in a chat with the bot ("let me hit send", "te llamas")."""

# -- words ----------------------------------------------------------------------------------------

_MENTION = re.compile(
    r"<@[^>]*>|@(?:sounding ?board|bot|…|here|channel)\b|@…|^\s*/?soundingboard\b", re.IGNORECASE
)
_EMOJI_NAME = re.compile(r":([a-z0-9_+-]+):(?::skin-tone-\d:)?")


def words_of(text: str) -> list[str]:
    """A line's words: lower case, without accents, mentions and marks, short forms written out and
    slips of the finger put right. A line of emoji alone is what they say."""
    text = _MENTION.sub(" ", text)
    text = _EMOJI_NAME.sub(lambda m: EMOJI_NAMES.get(m.group(1), " "), text)
    found: list[str] = []
    for raw in re.findall(r"[a-z0-9][a-z0-9'-]*", plain_of(text)):
        token = raw.replace("'", "").strip("-")
        if token:
            found += _written_out(token)
    if not found:
        for sign, said in EMOJI:
            if sign in text:
                return said.split()
    return found


def plain_of(text: str) -> str:
    """Lower case, without accents."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("`", "'").casefold())
    return "".join(c for c in text if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _written_out(token: str) -> tuple[str, ...]:
    if token in SHORT_FORMS:
        return tuple(SHORT_FORMS[token].split())
    if _is_known(token):
        return (token,)
    for shorter in (re.sub(r"(.)\1{2,}", r"\1\1", token), re.sub(r"(.)\1+", r"\1", token)):
        if shorter in SHORT_FORMS:
            return tuple(SHORT_FORMS[shorter].split())
        if shorter != token and _is_known(shorter):
            return (shorter,)
    if re.fullmatch(r"(?:j+[aei]+)+j?|(?:h+[aei]+){2,}h?|l+o+l+z?|hm+|uh+m*|a+h+|o+h+|e+h+", token):
        return ("lol",)
    if "-" in token:
        return tuple(part for piece in token.split("-") if piece for part in _written_out(piece))
    if token.isalpha() and (meant := near(token, _CORRECTED)) is not None:
        return (meant,)
    return (token,)


def _is_known(token: str) -> bool:
    return token in KNOWN or token in CONTENT or token in DANGER


_CORRECTED = frozenset(word for word in KNOWN if len(word) >= 5)


def near(token: str, words: frozenset[str], *, other: bool = False) -> str | None:
    """The word that a token is one slip away from: a letter more or less, or two swapped; with
    ``other`` also a letter in place of another."""
    if len(token) < 4:
        return None
    letters = "abcdefghijklmnopqrstuvwxyz"
    splits = [(token[:n], token[n:]) for n in range(len(token) + 1)]
    for a, b in splits:
        if len(b) > 1 and (one := a + b[1] + b[0] + b[2:]) in words:
            return one
    for a, b in splits:
        if b and a and (one := a + b[1:]) in words:
            return one
        for letter in letters:
            if a and (one := a + letter + b) in words:
                return one
            if other and a and b and (one := a + letter + b[1:]) in words:
                return one
    return None
