"""What school staff call things: ideas, each with the words people use for it.

Charters speak of "interactive panels" and messages of "the board in my room". A message and a
charter that name the same idea share a feature, whatever words they use. An idea is not a
committee: which committee an idea speaks for is learned from charters and examples.
"""

# ruff: noqa: E501 -- words of one idea stay together

from __future__ import annotations

import re
from functools import cache
from re import Pattern

_IDEAS: dict[str, str] = {
    "display": r"projectors?|smart ?boards?|promethean|interactive (panels?|boards?|screens?)|"
    r"touch ?(boards?|panels?)|(my|the|our) (board|panel|wall)|bulb|lamp|hdmi|dongles?|adapters?|"
    r"elmo|doc(ument)?[ -]?cam(era)?s?|apple tv|airplay|cast(ing)? (my|to)|whiteboard|too dim|"
    r"up (on )?the (wall|front)|pull.?down screen|big screen|rolling screens?",
    "sound": r"mics?|microphones?|lapel|amplif\w+|(ceiling )?speakers?|sound (system|field)|"
    r"hoarse|throat|volume|can'?t hear me|my voice",
    "room power": r"outlets?|plugs?|extension cords?|power strips?|cords?|cables?|mount(ed)?|"
    r"desks?|layout|duct tape|wall",
    "device": r"chromebooks?|ipads?|laptops?|tablets?|computers?|machines?|devices?|macbooks?|"
    r"take.?home|one to one|1:1",
    "device part": r"chargers?|batter(y|ies)|keyboards?|keys|spacebar|trackpad|touchpad|hinges?|"
    r"crack(ed|s)?|stylus|pencils?|cases?|power cords?|headphones?|earbuds|dead by|charg(e|ed|ing)|"
    r"overheat\w*|stickers",
    "repair": r"repair\w*|broke(n)?|loaners?|turnaround|damaged?|insurance|replacements?|dropped|"
    r"spill\w*|(sent|send|turned) (it|one|mine|them|hers|his) in|rugged|issued|came back|fix(ed|es)?",
    "updates": r"updat\w+|restart\w*|reboot\w*|install\w*|admin rights|manage(d|ment)|forced|"
    r"slow|freez\w+|froze",
    "course page": r"canvas|schoology|(google )?classroom|moodle|lms|learning management|"
    r"course( shells?| page|s)?|modules?|assignments?|turn(ed|s)? (it )?in|submit\w*|due dates?|"
    r"rubrics?|class page|roster\w*|sections?|copy (button|my|over)|co-?teacher|tiles?|discussion|"
    r"comments?|quizz?(es)?|post (work|it|my|anything)|i post",
    "cloud": r"(google )?(drive|docs?|slides|sheets)|onedrive|shared (folder|drive)s?|storage|"
    r"zoom|google meet|video (meetings?|calls?|chat)|meeting link|homebound|full",
    "joined sign-on": r"single sign.?on|sso|clever|classlink|sync\w*|carr(y|ied|ies) over|"
    r"show(s)? up in",
    "attendance": r"attendance|(take|took|taking) roll|roll|tard(y|ies)|absen(t|ces?)|"
    r"marked (out|absent)|sign(ed)? (him|her|kids|out)",
    "grades": r"grade ?books?|report cards?|grades|marks|averages?|transcripts?|gpa|credits?|"
    r"quarters?|weight(ed|s)|end of (the )?(term|quarter|semester)|honor roll|zeros?",
    "student system": r"powerschool|infinite campus|synergy|skyward|student information|parentvue|"
    r"studentvue|(parent|family) portal|portal|enrol\w*|registrar|registration|register(ing)?|"
    r"withdr[ae]w\w*|transferr?(ed|s)?|schedul\w+|emergency contacts?|mailing labels?|last names?|"
    r"households?|guardians?|two homes|divorced|activation|data entry|health alerts?|birthdays?",
    "training": r"train(ing|ings|ed|er)?|workshops?|pd|professional (learning|development)|"
    r"sessions?|coach(es|ing)? (sat|sit|came|who|is|to)|tech coach|(our|the) coach|in-?service|"
    r"onboard\w*|new (teachers?|hires?)|certificates?|badges?|show(ed|s|n)? (me|us) how|"
    r"how (to|do i) use|taught (me|us)|self-?paced|cheat ?sheets?|how-?to|guides?|mentor\w*|"
    r"practi[cs]e|sit (and|n) get|next to (me|somebody)|learn(ed|ing)?|sub(stitute)? coverage|"
    r"nobody (showed|told|explained)|explained|watch(ed|ing)? (me|a)|lane",
    "wireless": r"wi-?fi|wireless|signal|internet|bandwidth|connection|offline|network|drops|lag\w*|"
    r"buffer\w*|access points?|dead (zone|spot)s?|bars|crawls?|loading|get(s)? on|kicks? (me )?off",
    "plant": r"outages?|servers?|vpn|bells?|intercom|phones?( lines?)?|dial(s|ing)?|"
    r"pa system|print(s|ers?|ing)?|ethernet|jacks?|cabling|portables?|clocks|lines? (go|goes|went) down|"
    r"gym|outdoors?|basement|wing|remote access",
    "phishing": r"phish\w*|scams?|suspicious|clicked|gift cards?|fake|spam|call microsoft|weird emails?",
    "sign-in": r"passwords?|passcodes?|mfa|two.?factor|2fa|duo|authenticator|(six|6).digit|"
    r"codes?|verif\w+|sign.?in app|logins?|log ?ins?|locked out|(compromised|hacked) accounts?|"
    r"logged in as|sticky notes?|tap yes|every \d+ days",
    "attack": r"virus\w*|malware|ransom\w*|bitcoin|pop.?ups?|encrypted|hack\w*|stolen|stole|theft|"
    r"lost (my|a|his|her) (laptop|badge|phone)|security awareness|cis|breach\w*",
    "cameras": r"(security |surveillance |hall(way)? )?cameras?|footage|video of|badge(d)? (in|access)",
    "privacy": r"ferpa|consent|permission slips?|opt(ed)?.?out|directory information|"
    r"(photos?|pics?|pictures) (of|from|on)|who (can|may|gets to) (see|look)|can (read|see) the|"
    r"data.?shar\w+|records? requests?|subpoena|retention|shred\w*|foia|public records|lawyer|counsel|"
    r"custody|confidential\w*|\"?no\"? box|record(ed|ing|ings|s)|filming|film|personal (info|data)\w*|"
    r"wrong (parent|famil|person|school)\w*|privacy|hang onto|keep .{0,20}(files|logs|records)|"
    r"what (we|i) can say|family asked|asked for every",
    "tool request": r"approv\w+|vett(ed|ing)|okay(ed)?|ok'?d|renew\w*|subscriptions?|licen[sc]es?|"
    r"apps?|websites?|ai (tools?|planners?)|chatgpt|gemini|magic ?school|blooket|kahoot|quizlet|"
    r"seesaw|duolingo|deltamath|ixl|nearpod|pear deck|edpuzzle|brisk|canva|gimkit|free (one|version)|"
    r"coppa|(went|going) away|took (it|away|the)|request(ing|ed)?|put in for|keep (it|using)|vendor terms|"
    r"sign (my )?(kids|students) up|make accounts?|on the sly",
    "rules": r"rules?|polic(y|ies)|regulations?|itr|itp|3550|acceptable use|allowed|"
    r"am i (ok|allowed)|who (decides|approves?|approved|gets to|do i ask|says|is allowed)|"
    r"agreements?|i agree|exceptions?|ratif\w+|comment period|drafts?|procedures?|"
    r"personal (phones?|devices?|hotspots?)|(my )?own (phone|device|laptop|server)|byod|acknowledge\w*|"
    r"permission|designee|plain english|handbook",
    "strategy": r"plans?|goals?|priorit\w+|budget\w*|levy|bond|fund(s|ing|ed)|dollars|millions?|"
    r"spend(ing|s)?|(five|ten|three|\d+).years?|strateg\w+|refresh|equit\w+|vision|decades?|"
    r"too much|paper back|invest\w*|every (school|building|kid)|across town|vote on|stay the course|"
    r"cost(s)?|years ahead|evidence|moved a needle|buy(ing)? less|taxpayers?|constituents?",
    "filter": r"(un)?block(ed|ing|s)?|filter\w*|you ?tube|won'?t open|gam(es?|ing)|proxy|"
    r"go ?guardian|securly|lightspeed|monitor\w*|spy program|screen time|tik ?tok|snapchat|instagram|"
    r"social media|cyber ?bull\w*|bull(y|ied|ying)|group chats?|discord|off.?task|tabs|mirror",
    "citizenship": r"cheat\w*|plagiar\w*|(ai|robot|chatgpt) wrote|deepfakes?|digital citizenship|"
    r"internet safety|honesty|answers on|likely human|sexting|addict\w*|distract\w*|swat",
    "access": r"blind|deaf|hearing|caption\w*|subtitles?|screen readers?|read(s)? (it )?aloud|"
    r"text.to.speech|speech.to.text|dictation|talkers?|aac|communication device|eye gaze|braille|"
    r"large print|big fonts?|dyslexi\w+|ieps?|504s?|accommodations?|wheelchair|low vision|magnifier|"
    r"alt text|interpreters?|wheel ?chair|speech|para|sped|color.?blind|seizures?|adaptive|paralyz\w+",
    "languages": r"translat\w+|spanish|espa[nñ]ol|karen|arabic|vietnamese|somali|language|ell|"
    r"newcomers?|english|familias|mam[aá]s?|traduc\w+|idiomas?",
    "library": r"librar(y|ies|ian)|books?|e-?books?|audiobooks?|sora|destiny|catalog(ue)?|novels?|"
    r"holds?|databases?|copyright|fair use|rights to|stream(ing)?|netflix|movies?|documentar(y|ies)|"
    r"clips?|maker ?spaces?|3.?d print\w*|filament|podcasts?|studio|cit(e|es|ed|ation|ations)|research|"
    r"vinyl cutter|magazines?|scan one|read(ing)? (it|them|aloud)",
    "assessment": r"test(s|ing|ed|ers)?|exams?|assessments?|map|act|nwea|nscas|benchmarks?|"
    r"lock ?down|secure browser|scores?|results|dashboards?|at risk|growth|proctor\w*|make.?ups?|"
    r"surveys?|state (test|thing|writing)|finals?|early warning|red dot|data",
    "pay": r"payroll|pay ?checks?|pay stubs?|direct deposit|time ?sheets?|time ?clocks?|clock (app|in)|"
    r"hours|sick (days?|leave)|leave|aesop|frontline|mileage|reimburs\w*|paid back|receipts?|"
    r"hr|human resources|w-?2s?|benefits|new hire|stipend",
    "subs": r"subs?|substitutes?|unfilled|put(ting)? in for a sub|absence (system|management)|"
    r"sub (system|finder|request)|filled",
    "buying": r"purchas\w*|p\.?o\.?s?|p-?cards?|requisition\w*|vendors?|invoices?|orders?|"
    r"cart times out|account code|bought|buy",
    "office": r"copiers?|scan(s|ner|ning)?|fax|voice ?mail|voice messages|e-?mails?|inbox|outlook|"
    r"calendars?|robo ?calls?|all.?calls?|mass mess\w+|texts? (to|home|we)|whatsapp|"
    r"(school|our|web) ?(page|site|website)|newsletters?|book(ing|ed) (the|a|rooms?)|double.?book\w*|"
    r"facilit(y|ies)|message home|forms?",
    "our building": r"our (own )?(school|building|bldg|committee|hall(way)?|principal|department)|"
    r"(the|here in (the|this)|this) building('s)?|buildings? (line|budget|money|committee)|ours to|"
    r"at our school|our school'?s?|(tech(nology)? )?leaders?|tech person|class committee|here decide|"
    r"(staff|building) (vote|meeting)|voted|nuestra escuela|sort (it|this) out|who here",
    "shared things": r"carts?|sign.?(up|out) sheets?|shar(e|es|ed|ing)|(computer )?labs?|"
    r"(rolling )?sets?|takes? turns?|hogs?|calendar for it|rooms? \d+|rm",
    "building money": r"pto|pta|boosters?|parent.?group|\$\s?\d[\d,]*|grand|carryover|leftover|"
    r"bldg money|our money|slice|headphones",
    "building events": r"assembl(y|ies)|family (night|stem)|stem night|clubs?|after.?school|showcase|"
    r"advisory|lunch.?time|graduation|commons|auditorium|stage|theat(re|er)|athletics|scoreboard|"
    r"yearbook|interns?|finals week|coding (morning|club)|robotics",
    "elementary": r"(1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth) grad\w+|kinder\w*|k-?[25]|"
    r"little ones|recess|elementary",
    "middle": r"(6th|7th|8th|sixth|seventh|eighth) grad\w+|middle school|teams? (time|room)|6mo|7mo|8vo",
    "high": r"(9th|10th|11th|12th) grad\w+|freshm[ae]n|sophomores?|juniors?|seniors?|high school|"
    r"dual credit|ap (class|bio)|prom",
    "board": r"board member|as a (board|trustee)|superintendent|the board\b(?! (in|keeps|on))",
    "plant and food": r"lunch(es)?|cafeteria|salad|soup|chili|pizza|milk|menu|snacks?|vending|kitchen|"
    r"parking|lot|pothole|micro ?waves?|fridge|heat|cold|hot|degrees|furnace|a\.?c\.?|snow|ice|geese|"
    r"mouse|mice|bathrooms?|toilets?|paper towels?|hot water|smells?|cot|chair|custod\w+|maintenance|"
    r"boiler|lounge|sidewalk|roof|leak\w*",
    "staff life": r"retire(ment|s)?|jeans|party|fiesta|union|contract|salary|raise|step freeze|"
    r"planning time|hall duty|preps|health plan|dentist|insurance plan|credit union|carpool|tickets?|"
    r"spirit week|icebreakers?|cookoff|bake sale|food drive|prom|homecoming|wrestling|go \w+!+|team took|"
    r"crossing guard|bus (driver|stop|lane)|weather|tornado|day off|days off|handbook|lost:|found:|rude",
    "small talk": r"^\W*(thanks?|thank you|thx|ty|hi|hello|hey|test(ing)?|good|ok(ay)?|lol|no|nothing|"
    r"none|n/?a|asdf\w*|idk)\b.{0,24}$|happy (friday|monday|holidays|new year)|what do you call|"
    r"why did the|congrat\w*|no comment|nothing (from me|today)|^\W*\w{0,8}\W*$|talk to a computer|"
    r"real person|answer later",
}


@cache
def _patterns() -> tuple[tuple[str, Pattern[str]], ...]:
    return tuple(
        (idea, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
        for idea, words in _IDEAS.items()
    )


def ideas(text: str) -> list[str]:
    """The ideas a text speaks of, each once."""
    return [idea for idea, pattern in _patterns() if pattern.search(text)]


def speaks_of_technology(text: str) -> bool:
    """Whether a text names anything technical (then a quarrel may be about technology)."""
    return any(idea in _TECHNICAL for idea in ideas(text))


_TECHNICAL = frozenset(
    {
        "display", "sound", "device", "device part", "updates", "course page", "cloud",
        "joined sign-on", "student system", "wireless", "plant", "phishing", "sign-in", "attack",
        "cameras", "filter", "citizenship", "tool request", "office",
    }
)  # fmt: skip
