"""What school staff call technical things, each with the words people use for it.

Whether a quarrel may be about technology is told by these (``restricted``). Which committee a
message is for is not: that is learned (``router``).
"""

# ruff: noqa: E501 -- words of one thing stay together

from __future__ import annotations

import re
from functools import cache
from re import Pattern

_THINGS: dict[str, str] = {
    "display": r"projectors?|smart ?boards?|promethean|interactive (panels?|boards?|screens?)|"
    r"touch ?(boards?|panels?)|(my|the|our) (board|panel|wall)|bulb|lamp|hdmi|dongles?|adapters?|"
    r"elmo|doc(ument)?[ -]?cam(era)?s?|apple tv|airplay|cast(ing)? (my|to)|whiteboard|too dim|"
    r"up (on )?the (wall|front)|pull.?down screen|big screen|rolling screens?",
    "sound": r"mics?|microphones?|lapel|amplif\w+|(ceiling )?speakers?|sound (system|field)|"
    r"hoarse|throat|volume|can'?t hear me|my voice",
    "device": r"chromebooks?|ipads?|laptops?|tablets?|computers?|machines?|devices?|macbooks?|"
    r"take.?home|one to one|1:1",
    "device part": r"chargers?|batter(y|ies)|keyboards?|keys|spacebar|trackpad|touchpad|hinges?|"
    r"crack(ed|s)?|stylus|pencils?|cases?|power cords?|headphones?|earbuds|dead by|charg(e|ed|ing)|"
    r"overheat\w*|stickers",
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
    "student system": r"powerschool|infinite campus|synergy|skyward|student information|parentvue|"
    r"studentvue|(parent|family) portal|portal|enrol\w*|registrar|registration|register(ing)?|"
    r"withdr[ae]w\w*|transferr?(ed|s)?|schedul\w+|emergency contacts?|mailing labels?|last names?|"
    r"households?|guardians?|two homes|divorced|activation|data entry|health alerts?|birthdays?",
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
    "tool request": r"approv\w+|vett(ed|ing)|okay(ed)?|ok'?d|renew\w*|subscriptions?|licen[sc]es?|"
    r"apps?|websites?|ai (tools?|planners?)|chatgpt|gemini|magic ?school|blooket|kahoot|quizlet|"
    r"seesaw|duolingo|deltamath|ixl|nearpod|pear deck|edpuzzle|brisk|canva|gimkit|free (one|version)|"
    r"coppa|(went|going) away|took (it|away|the)|request(ing|ed)?|put in for|keep (it|using)|vendor terms|"
    r"sign (my )?(kids|students) up|make accounts?|on the sly",
    "filter": r"(un)?block(ed|ing|s)?|filter\w*|you ?tube|won'?t open|gam(es?|ing)|proxy|"
    r"go ?guardian|securly|lightspeed|monitor\w*|spy program|screen time|tik ?tok|snapchat|instagram|"
    r"social media|cyber ?bull\w*|bull(y|ied|ying)|group chats?|discord|off.?task|tabs|mirror",
    "citizenship": r"cheat\w*|plagiar\w*|(ai|robot|chatgpt) wrote|deepfakes?|digital citizenship|"
    r"internet safety|honesty|answers on|likely human|sexting|addict\w*|distract\w*|swat",
    "office": r"copiers?|scan(s|ner|ning)?|fax|voice ?mail|voice messages|e-?mails?|inbox|outlook|"
    r"calendars?|robo ?calls?|all.?calls?|mass mess\w+|texts? (to|home|we)|whatsapp|"
    r"(school|our|web) ?(page|site|website)|newsletters?|book(ing|ed) (the|a|rooms?)|double.?book\w*|"
    r"facilit(y|ies)|message home|forms?",
}


@cache
def _patterns() -> tuple[Pattern[str], ...]:
    return tuple(
        re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for words in _THINGS.values()
    )


def speaks_of_technology(text: str) -> bool:
    """Whether a text names anything technical (then a quarrel may be about technology)."""
    return any(pattern.search(text) for pattern in _patterns())
