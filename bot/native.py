"""Messages that each platform draws by itself, until they are cards.

Some stay, since the parts of a card do not say them:
- ``TakenOutForm`` marks what was taken out inside a text, and no chat may keep that text;
- ``MySurveys`` has its buttons beside each survey of a list;
- ``SignInLink`` has a link that signs in, which neither a page nor a mail may show;
- ``Help`` says what can be typed and pressed, which is another thing on each platform;
- ``Refused`` is one sentence, which Teams says beside a card.
"""

from __future__ import annotations

from governance.chat.model import ChatAnswer
from governance.conclusions.model import Conclusions
from governance.digests.messages import Digest, MonthlyFigures
from governance.messages import (
    Brief,
    Done,
    FeedbackForm,
    Help,
    Refused,
    SignInLink,
)
from governance.redaction.messages import TakenOutForm
from governance.waves.my_surveys import MySurveys
from surveys.messages import (
    Answered,
    AnswersDeleted,
    Invitation,
    QuestionPage,
    Rejected,
    Results,
    WhatYouSaid,
)

Native = (
    Invitation
    | QuestionPage
    | Answered
    | WhatYouSaid
    | AnswersDeleted
    | Results
    | FeedbackForm
    | Brief
    | Digest
    | MonthlyFigures
    | TakenOutForm
    | Conclusions
    | MySurveys
    | ChatAnswer
    | Refused
    | Help
    | SignInLink
    | Done
    | Rejected
)
