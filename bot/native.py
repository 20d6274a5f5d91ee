"""Messages that each platform draws by itself, until they are cards."""

from __future__ import annotations

from governance.chat import ChatAnswer, ShallIPassItOn
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
from governance.personal_messages import StudentDataForm, StudentDataRemoved, TakenOut, TakenOutForm
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
    | TakenOut
    | TakenOutForm
    | StudentDataForm
    | StudentDataRemoved
    | Conclusions
    | MySurveys
    | ChatAnswer
    | ShallIPassItOn
    | Refused
    | Help
    | SignInLink
    | Done
    | Rejected
)
