"""Messages that each platform draws by itself, until they are cards.

``TakenOutForm`` stays: what was taken out is marked inside a text, and no chat may keep the text.
"""

from __future__ import annotations

from governance.chat import ChatAnswer
from governance.conclusions import Conclusions
from governance.digest_messages import Digest, MonthlyFigures
from governance.messages import (
    Brief,
    Done,
    FeedbackForm,
    Help,
    Refused,
    SignInLink,
)
from governance.my_surveys import MySurveys
from governance.personal_messages import TakenOutForm
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
