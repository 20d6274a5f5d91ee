"""Words that tell by standing near: of persons, of places, and of things that work or do not."""

from __future__ import annotations

from governance.reading.not_names import words_of

ACTS = words_of(
    """said says say told tells asks asked wants wanted thinks thought cried cries sat sits walked
    walks came comes went goes moved moves lost loses dropped drops wrote writes typed types
    emailed emails called calls texted texts posted hit punched kicked threw throws spilled spills
    broke forgot forgets left leaves needs likes loves hates uses used gets got wears wore has had
    takes took reads spells speaks spoke lives lived plays played drew draws hears heard can't
    cannot could couldn't did didn't does doesn't wasn't isn't was will would won't submitted
    turned turns finished finishes graduated transferred transfers enrolled missed misses cheated
    cheats bit pulled pulls swapped swaps filmed reports reported shows showed shares shared
    shares knows knew keeps kept bites ran runs hid hides sleeps sings sang types taught teaches
    helped helps fixed fixes gave gives found finds stole borrowed borrows learned learns passed
    failed fails skips skipped stays stayed eats ate drives drove translates translated signed
    signs showed brought brings answered answers retired retires quit teaches wonders wondered
    complained complains explained explains laughed smiled yelled screamed whispered arrived
    joined joins deserves tried tries finally never always still also just tested tests logged
    logs clicked clicks opened opens watched watches listens listened and dosent dont doesnt cant
    wont didnt isnt wasnt gonna trying"""
)
KIN = words_of(
    """son daughter kid kids student students child children boy boys girl girls mom moms dad dads
    mother mothers father fathers mama papa parent parents guardian guardians brother sister
    brothers sisters cousin cousins uncle aunt nephew niece grandma grandpa grandmother
    grandfather abuela abuelo twin twins friend friends classmate classmates teacher para sub
    nurse counselor secretary custodian colleague neighbor kiddo kiddos advisee freshman sophomore
    junior senior buddy partner family stepdad stepmom stepfather stepmother foster mamá papá
    señora señor alumno alumna estudiante hijo hija hijos husband wife baby ta aide interpreter
    named called name names pupil tutor siblings librarian supervisor mentor kindergartner grader
    caregiver nanny grandson granddaughter toddler roommate teammate seatmate ex fiancé
    preschooler newcomer co-teacher"""
)
TITLES = words_of(
    """mr mrs ms mx dr prof sr sra srta miss coach professor officer principal pastor señora señor
    señorita doña don sgt deputy rev sister nurse tía tío aunt uncle grandma grandpa abuela dean"""
)
PRONOUNS = words_of(
    "he she him her his hers himself herself he's she's he'd she'd he'll she'll él ella hes shes"
)
SPANISH = words_of(
    """el la los las que en por para se una un es pero este esta sin muy porque y mi mis al del con
    le"""
)
PLACED = words_of("at in near inside outside throughout across around downtown visiting between")
TOWARDS = words_of(
    """ask asked tell told thank thanks contact call email emailed text texted reach met meet
    meeting see saw gave give for with from to by of about like without because except poor little
    new old dear hi hello hey sorry was is named called kudos shoutout only even when while if
    since that and help helped watched let lets left remove move put moved give unlock reset
    enroll seat bless cuz cause but so then or than not"""
)
WORKS = words_of(
    """crashes crashed loads loading loaded logs freezes froze frozen spins spinning times timed
    lags lagged buffers blocks blocked flags flagged syncs synced updates updated works working
    worked rosters down offline slow broken login logins app apps site website page link links
    license licenses licensed account accounts password filter printer projector panel panels
    server wifi network lab labs cart carts chromebooks laptops tablets devices ipads certificates
    reports report slides videos video lessons lesson forms form records texts books book e-book
    e-books poems poem unit units trivia edition costs charges jams jam hums echo reboots reboot
    emulators cameras readers import export imports exports shows is are won't doesn't isn't was
    keeps needs has eats prints notices subscription curriculum workbook update version pro plus
    drive classroom teams suite level levels quiz quizzes license tool tools extension extensions
    toolbar certificate training trainings"""
)
ORGANS = words_of(
    """elementary middle high school schools academy college university hall building center
    centre campus park street st avenue ave road rd boulevard blvd drive lane county city state
    church library district museum office board team teams day week month night eve year years
    time hour conference committee department dept act law foundation society association club
    league stadium gym theater theatre cafeteria entrance door doors wing room lot park's store
    restaurant hospital bridge lake river creek speech diary audiobook novel play musical movie
    film song album symphony painting biography prize award scholarship test exam scale method
    model theorem laws law's series"""
)
BELONGINGS = words_of(
    """chromebook ipad laptop device computer tablet charger phone headset earbuds stylus case
    hinge screen keyboard mouse backpack locker desk seat grade grades score scores work essay
    homework project test quiz password login log-in account username email name picture photo
    schedule roster attendance absence record records file transcript iep 504 plan accommodations
    meds medication lunch bus birthday address class classroom homeroom room mom dad mother father
    parents family guardian brother sister grandma grandpa aunt uncle stepdad stepmom voice hand
    hands glasses hearing wheelchair talker group reading math doc docs folder kids students row
    number id pin hotspot chair parents'"""
)
STANDS_AFTER = words_of("the a an our your this that these those every each any some no another my")
