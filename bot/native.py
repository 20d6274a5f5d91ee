"""Messages that each platform draws by itself, fewer than fifteen, and why.

- ``Invitation``, ``QuestionPage`` and ``Rejected`` answers: questions are a platform's own inputs,
  and one tap answers in Slack;
- ``WhatYouSaid``: answers, which no chat may keep;
- ``Results`` has charts of released results, and their tables;
- ``TakenOutForm`` marks what was taken out inside a text, and no chat may keep that text;
- ``MySurveys`` has its buttons beside each survey of a list;
- ``SignInLink`` has a link that signs in, which neither a page nor a mail may show;
- ``Help`` says what can be typed and pressed, which is another thing on each platform;
- ``Done`` says nothing.
"""

from __future__ import annotations

from governance.messages import (
    Done,
    Help,
    SignInLink,
)
from governance.redaction.messages import TakenOutForm
from governance.waves.my_surveys import MySurveys
from surveys.messages import (
    Invitation,
    QuestionPage,
    Rejected,
    Results,
    WhatYouSaid,
)

Native = (
    Invitation
    | QuestionPage
    | WhatYouSaid
    | Results
    | TakenOutForm
    | MySurveys
    | Help
    | SignInLink
    | Done
    | Rejected
)
