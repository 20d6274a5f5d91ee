"""Words that are written like people's names in school messages, but are not."""

from __future__ import annotations


def words_of(words: str) -> frozenset[str]:
    """A set of words written as one string."""
    return frozenset(words.split())


PARTICLES = words_of("de da do dos das del della la le van von der den ter bin ibn al el st")
"""Words within a name, in lower case."""

THINGS = words_of(
    """adapter amp antenna bell bracket cabinet cable cabling cart case charger clock closet conduit
    cord door drop dock fiber hub key lamp lock marker mic monitor mount mouse outlet panel
    patch pen phone pipe plug port printer projector rack router scanner screen server socket
    speaker stand strip switch tower tray wire wiring"""
)
"""Things of a school's technology: at the start of a sentence they are what it is about."""

PRODUCTS = words_of(
    """adobe airplay alma amazon amplify android apple aspen avid aeries beamer bitmoji blackboard
    blooket bookshelf boom brainpop brightspace brisk canva canvas chat chatgpt chrome chromebook
    chromebooks chromecast classdojo classkick classlink classroom classwize clever code.org
    chromeos claude copilot dell deltamath desmos destiny discord docs docusign dojo drive dropbox
    duo duolingo dreambox edmodo edpuzzle edge education educator elmo epic epson excel express
    facebook fastbridge figma firefox flip flipgrid flocabulary follett formative forms frontline
    gemini genially gimkit gizmos gmail goguardian goformative google grammarly gradescope hapara
    hp hulu imovie imac infinite instagram ios ipad ipads iphone iready ixl jamboard jamf java
    kahoot kami keynote khan kindle kurzweil lenovo lexia libby lightspeed linux linkedin loom mac
    macbook macos magicschool mackinvia map mastery mcafee meet meraki microsoft minecraft mobymax
    moodle munis nearpod netflix newsela noredink notability notion novell numbers nwea office
    okta onedrive onenote outlook overdrive padlet pages papercut parentsquare parentvue pear
    peardeck pebblego peachjar photoshop pinterest pixlr plickers polly powerpoint powerschool
    procreate promethean prodigy prowise quaver quill quizizz quizlet raz raptor read readworks
    remind renaissance roblox safari savvas schoology scratch screencastify securly seesaw
    sharepoint sheets sibelius siri skype skyward slack slides smart snapchat socrative sora
    spotify starfall stmath stopit studentvue studysync smore synergy swivl talkingpoints teams
    teachtown thinglink thrively tiktok tinkercad toolbox transact turnitin tumblebooks twitter
    typing unsplash verizon vimeo venmo wakelet wevideo whatsapp wikipedia windows wix word
    wordpress workday xbox youtube zearn zello zoom zscaler airpods lego apps app bard lastpass
    bitwarden cricut prusa makerbot webex meraki aesop absence synergy clevertouch viewboard
    viewsonic benq newline samsung sony vizio epic kognito everfi brainly photomath wolfram
    quizalize goodnotes boardmaker proloquo touchchat lamp tobii snap dragon bookshare tarheel
    naviance xello scoir parchment finalsite blackbaud teachboost perform illuminate edulastic
    pearson collegeboard mcgraw houghton mifflin savvas hmh into"""
)

PLACES_AND_TIMES = words_of(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december feb mar apr jun jul aug sept sep oct nov
    dec mon tue tues wed thu thur thurs fri sat sun christmas thanksgiving easter halloween
    hanukkah ramadan diwali eid spring fall winter summer autumn day eve week season alabama
    alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
    minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania texas
    utah vermont virginia washington wisconsin wyoming york omaha lincoln kearney bellevue chicago
    denver america american usa us english spanish french german latin arabic vietnamese somali
    karen kurdish ukrainian russian chinese mandarin nepali swahili native european african asian
    mexican europe mexico canada obama island grand holocaust gestapo medicaid husker huskers
    knights"""
)

SCHOOL_WORDS = words_of(
    """fecha nacimiento nació nacio domicilio dirección teléfono nombre apellido apellidos alumno
    alumna estudiante maestro maestra
    i i'm i've i'd i'll ok okay class course school schools high elementary middle academy
    district board regulation policy committee technology tech leader information officer services
    computing department dept hall room rm building bldg lab library media center gym office grade
    grades freshman freshmen sophomore sophomores junior juniors senior seniors period hour
    semester quarter math maths science history art arts music band choir orchestra drama theatre
    theater pe health algebra geometry calculus biology chemistry physics psychology government
    economics literature language reading writing spelling social studies special education title
    iep ieps plan plans federal state national county city council association union president
    superintendent assistant vice dean director coordinator specialist technician clerk aide para
    custodian custodians principal principals teacher teachers student students staff parent
    parents family families kid kids everyone everybody somebody someone nobody please thanks
    thank hello hi hey dear sincerely wifi wi-fi internet network portal app apps email emails id
    ids ssn dob ell esl sped slp ot pt elementary's committee's pto pta ferpa coppa cipa cis itr
    itp itt iso cto sis lms sso mfa vpn hdmi reader express plus pro premium suite learning live
    studio creative cloud note book books fire alarm tornado homecoming prom superbowl bowl
    olympics test testing benchmark growth dad dads mom moms grandma grandpa coach nurse counselor
    sub subs bus buses route north south east west upper lower main campus stem steam ap ib act
    sat psat asvab naep deaf blind braille security administration human resources payroll
    benefits finance facilities maintenance transportation nutrition kitchen cafeteria help desk
    service support guidance counseling street avenue road drive lane court republican democrat
    christian catholic muslim jewish god jesus internal external public private general chief data
    privacy digital citizenship safety"""
)

NOT_NAMES = PRODUCTS | PLACES_AND_TIMES | SCHOOL_WORDS

INFORMAL = words_of(
    """invoice invoices wifi cant dont wont isnt doesnt didnt wasnt arent couldnt wouldnt shouldnt
    havent hasnt ive im ill id youre theyre thats whats theres heres its lets gonna wanna gotta
    kinda sorta dunno lol omg idk btw fyi asap pls plz thx thru tho tbh imo kiddos kiddo app apps
    login logins logon signin signup email emails emailed website websites online offline internet
    chromebook chromebooks ipad ipads laptop laptops iphone google googled youtube wi fi reboot
    rebooted rebooting unmute muted spreadsheet smartboard doc docs cam cams pdf pdfs url usb hdmi
    vpn mfa sso iep ieps pto pta pd ell esl sped slp para paras sub subs admin admins config reset
    resets username usernames password passwords popup popups playlist hashtag podcast podcasts
    blog vlog meme emoji emojis selfie whiteboard dropdown checkbox filesharing screenshot
    screenshots screenshotted livestream livestreams videoconference webcam webcams bluetooth
    ethernet firewall malware ransomware phishing spam server servers router routers update
    updates rostering rostered gradebook gradebooks homeroom lockdown benchmark makerspace
    filament ebook ebooks audiobook audiobooks workaround voicemail robocall robocalls copier
    copiers lanyard bldg dept rm hr hrs min mins stu teh recieve recieved behavor craked ur u r n
    w bc cuz prob probs def haha hahaha ugh meh yep nope yall y'all ain't aint til tmrw tomorrow
    tonite mdm chatbot chatbots deepfake deepfakes unblock unblocked preapproved pre co re multi
    vs etc aka wellness afterschool onboarding reteach para's k-2 k-5 ap tiktok snapchat instagram
    kahoot quizlet blooket gimkit seesaw canvas clever schoology powerschool zoom netflix discord
    roblox minecraft asdf asdfgh covid zipties headset headsets earbuds dongle dongles touchpad
    trackpad spacebar touchscreen stylus powerstrip projector's"""
)

GIVEN_AND_COMMON = words_of(
    """grace hope mark rose will jack bill faith joy dawn summer autumn april june may august
    hunter mason carter chase grant frank art drew pat rob sue gene dean wade clay cliff heath
    forest river sage iris lily daisy violet ruby pearl amber crystal jade ginger ivy olive holly
    heather robin jay wren martin victor max miles rich earl king prince major justice harmony
    melody charity patience journey dakota genesis trinity angel star juniper jasmine hazel willow
    aurora stone reed cole cash chance rocky rusty sandy sunny penny ray guy don ken jean carol
    bob jim tom tony lance dale glen brook brooke cherry candy coral opal garnet jewel liberty
    mercy bishop archer cooper tanner taylor tyler lincoln georgia virginia austin madison jackson
    charlotte sydney parker porter potter baker miller smith walker turner fisher"""
)
"""Given names that are also common words: kept at the start of a sentence before a family name."""
