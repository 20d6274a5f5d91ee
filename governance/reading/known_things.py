"""Places, people of books and history, namesakes of schools, and brands: capitalised in what
school staff write, and hardly ever somebody in the district.

They are told apart because they deceive in different ways: "Lincoln got new panels" is a school,
"Lincoln Harris" is a boy, "Emily Dickinson" is only ever the poet.
"""

from __future__ import annotations

from governance.reading.not_names import words_of

PLACES = words_of(
    """afghanistan africa albania algeria angola antarctica arabia argentina armenia asia atlanta
    atlantic australia austria azerbaijan bahamas bahrain balkans baltimore bangladesh barcelona
    beijing belarus belfast belgium belize benin berlin bhutan bolivia bosnia boston botswana
    brazil britain brussels bulgaria burma burundi cairo calgary cambodia cameroon caribbean
    cincinnati cleveland colombia congo copenhagen croatia cuba cyprus czechia damascus darfur
    delhi detroit djibouti dominica dublin ecuador egypt england eritrea estonia ethiopia fiji
    finland france gaza geneva germany ghana greece greenland guam guatemala guinea guyana haiti
    hamburg havana helsinki himalayas hiroshima hollywood honduras hong kong houston hungary
    iceland india indianapolis indonesia iran iraq ireland istanbul italy jamaica japan jerusalem
    juba kabul kathmandu kazakhstan kharkiv khartoum kigali korea kosovo kuwait kyiv kiev lagos
    laos latvia lebanon liberia libya lithuania lisbon louisville luxembourg macedonia madagascar
    madrid malawi malaysia mali manhattan manila mauritania memphis miami milan milwaukee
    minneapolis mogadishu moldova mongolia montenegro montreal morocco moscow mozambique mumbai
    munich myanmar nairobi namibia nashville nepal netherlands nicaragua niger nigeria norway
    ontario orlando oslo ottawa pakistan palestine panama paraguay peru philippines pittsburgh
    poland portland portugal prague puerto rico quebec qatar rangoon romania rome russia rwanda
    sacramento salvador samoa saudi scotland seattle senegal seoul serbia shanghai siberia
    singapore slovakia slovenia somalia spain stockholm sudan sweden switzerland syria syracuse
    taiwan tajikistan tampa tanzania thailand tibet tokyo tonga toronto tucson tulsa tunisia
    turkey uganda ukraine uruguay uzbekistan vancouver venezuela venice vienna vietnam wales
    warsaw wichita yangon yemen zambia zimbabwe moines topeka lawrence norfolk fremont hastings
    columbus beatrice scottsbluff papillion gretna ralston blair seward wahoo ogallala chadron
    alliance crete nebraskan texan californian afghan albanian algerian amharic arab arabic
    aramaic armenian assyrian austrian bangla bengali bosnian brazilian british bulgarian burmese
    canadian cantonese catalan chinook chuukese congolese creole croatian cuban czech dakota
    danish dari dinka dutch egyptian ethiopian farsi filipino finnish flemish fulani ghanaian
    greek guatemalan gujarati haitian hausa hebrew hindi hmong honduran hungarian icelandic igbo
    ilocano indonesian iranian iraqi irish israeli italian jamaican japanese kannada karenni
    kenyan khmer kinyarwanda kirundi korean kunama kurmanji lakota lao laotian latino latina
    latvian lebanese lingala lithuanian malay malayalam mandinka marathi marshallese mayan
    moroccan navajo nigerian norwegian nuer ojibwe oromo otoe pakistani pashto pawnee persian
    peruvian polish ponca portuguese punjabi quechua rohingya romanian rwandan salvadoran samoan
    santee scottish serbian sinhala sioux slovak slovenian sorani sudanese swedish swiss syrian
    tagalog taiwanese tamil telugu thai tibetan tigrinya tongan tunisian turkish twi ugandan urdu
    uyghur uzbek venezuelan vietnamese welsh winnebago wolof yemeni yiddish yoruba yupik zulu
    everest nile amazon mars jupiter saturn venus pluto midwest panhandle"""
)

OF_BOOKS = words_of(
    """shakespeare steinbeck dickens hemingway fitzgerald salinger orwell huxley tolkien rowling
    riordan seuss dahl poe twain whitman thoreau emerson melville hawthorne faulkner tolstoy
    dostoevsky chekhov kafka homer sophocles virgil chaucer milton shelley keats wordsworth byron
    austen bronte wilde woolf joyce yeats angelou dickinson frost plath morrison walker hurston
    baldwin hughes cisneros allende neruda cervantes garcia-marquez borges camus voltaire moliere
    einstein newton darwin galileo kepler copernicus curie tesla edison faraday pasteur mendel
    bohr hawking euclid pythagoras fibonacci archimedes aristotle plato socrates nietzsche freud
    piaget vygotsky montessori bloom maslow gardner dewey marzano danielson hattie fountas pinnell
    calkins lemov wiliam mozart beethoven bach chopin vivaldi handel tchaikovsky stravinsky sousa
    gershwin picasso monet gogh rembrandt michelangelo leonardo davinci warhol kahlo dali matisse
    seurat rockwell beatles elvis metallica beyonce einaudi hamlet macbeth othello ophelia romeo
    juliet lear caesar brutus gatsby scout atticus frankenstein dracula beowulf grendel odysseus
    ulysses achilles antigone oedipus zeus hercules athena thor loki gilgamesh merlin hogwarts
    voldemort dumbledore hermione gandalf frodo bilbo narnia aslan katniss matilda wonka pinocchio
    moana elsa olaf simba nemo shrek mario luigi pokemon pikachu zelda minion minions yoda
    skywalker vader spiderman batman superman marvel disney pixar lego barbie cinderella rapunzel
    goldilocks moby huck finn sherlock watson moriarty eeyore piglet garfield snoopy elmo kermit
    muppets bluey churchill stalin lenin hitler mussolini napoleon gandhi mandela cleopatra
    columbus magellan pocahontas sacagawea crazy-horse tubman douglass obama trump biden bush
    reagan nixon carter clinton eisenhower truman gates musk zuckerberg bezos jobs turing hopper
    lovelace caldecott newbery pulitzer grammy emmy nobel"""
)
"""Surnames of the famous, and the people of stories: one alone is who everybody thinks of."""

FAMOUS = frozenset(
    name.strip()
    for name in """
    anne frank, anna frank, martin luther king, martin luther, dr king, dr. king, rosa parks,
    harriet tubman, frederick douglass, abraham lincoln, abe lincoln, george washington,
    washington carver, thomas jefferson, benjamin franklin, ben franklin, alexander hamilton,
    james madison, john adams, andrew jackson, theodore roosevelt, teddy roosevelt, franklin
    roosevelt, eleanor roosevelt, john kennedy, john f kennedy, ronald reagan, jimmy carter,
    bill clinton, barack obama, michelle obama, joe biden, donald trump, george bush, cesar
    chavez, césar chávez, dolores huerta, malcolm x, nelson mandela, mother teresa, susan b,
    susan b anthony, helen keller, amelia earhart, neil armstrong, sally ride, marie curie,
    albert einstein, isaac newton, charles darwin, nikola tesla, thomas edison, ada lovelace,
    grace hopper, alan turing, stephen hawking, bill nye, jane goodall, carl sagan, mr rogers,
    mister rogers, bob ross, van gogh, vincent van gogh, leonardo da vinci, da vinci, frida
    kahlo, diego rivera, georgia o'keeffe, norman rockwell, emily dickinson, walt whitman,
    robert frost, maya angelou, langston hughes, edgar allan poe, allan poe, mark twain, tom
    sawyer, huckleberry finn, huck finn, harper lee, atticus finch, john steinbeck, ernest
    hemingway, scott fitzgerald, ray bradbury, george orwell, kurt vonnegut, toni morrison,
    alice walker, zora neale hurston, james baldwin, sandra cisneros, willa cather, louise
    erdrich, sherman alexie, tommy orange, gary soto, gary paulsen, jason reynolds, angie
    thomas, kwame alexander, jacqueline woodson, sharon draper, suzanne collins, john green,
    rick riordan, percy jackson, harry potter, ron weasley, lemony snicket, roald dahl, judy
    blume, beverly cleary, ramona quimby, junie b, junie b jones, amelia bedelia, nancy drew,
    hardy boys, clifford the big red dog, curious george, peter pan, peter rabbit, winnie the
    pooh, christopher robin, charlie brown, charlie bucket, willy wonka, james bond, sherlock
    holmes, jane eyre, elizabeth bennet, oliver twist, david copperfield, tom joad, jay gatsby,
    holden caulfield, romeo and juliet, don quixote, bart simpson, homer simpson, mickey mouse,
    donald duck, buzz lightyear, eric carle, mo willems, jan brett, dav pilkey, captain
    underpants, jeff kinney, greg heffley, patricia polacco, kate dicamillo, shel silverstein,
    jack prelutsky, dr seuss, dr. seuss, steve jobs, bill gates, elon musk, mark zuckerberg,
    jeff bezos, tim cook, sal khan, steve wozniak, taylor swift, michael jordan, lebron james,
    tom brady, patrick mahomes, warren buffett, scott frost, tom osborne, matt rhule, john
    baylor, lucy calkins, irene fountas, jan richardson, robert marzano, charlotte danielson,
    john hattie, carol dweck, brene brown, simon sinek, doug lemov, dave ramsey, dale carnegie,
    jim crow, uncle sam, john doe, jane doe, joe shmoe, father time, mother nature, jack frost,
    santa claus, st nick, george floyd, red cloud, sitting bull, standing bear, crazy horse,
    chief standing bear, lewis and clark, virginia woolf, oscar wilde, charles dickens, jules
    verne, agatha christie, stephen king, dan brown, michael crichton, ruby bridges, jackie
    robinson, babe ruth, jesse owens, claudette colvin, emmett till, katherine johnson, dr phil,
    judge judy, oprah winfrey, mary shelley, mary poppins, victor frankenstein, mr hyde, dr
    jekyll, tiny tim, bob cratchit, ebenezer scrooge, ned flanders, alexander graham bell, paul
    revere, betsy ross, johnny appleseed, paul bunyan, john henry, daniel boone, davy crockett,
    ponyboy curtis, jonas salk, louis pasteur, gregor mendel, ada twist, rosie revere, iggy peck
    """.replace("\n", " ").split(",")
)
"""Names of the famous in full, in lower case."""

NAMESAKES = words_of(
    """lincoln washington jefferson roosevelt kennedy madison monroe adams jackson franklin
    hamilton mckinley grant garfield cleveland wilson hoover truman eisenhower chavez parks king
    tubman douglass carver edison bell whittier longfellow emerson hawthorne irving holmes riley
    bryant lowell cooper webster clay calhoun harrison tyler polk taylor pierce buchanan arthur
    taft harding coolidge sherman sheridan custer pershing dawes bryan norris cather sandoz
    neihardt everett prescott hartley randolph elliott saratoga belmont norwood oakwood lakeview
    riverside westside eastside northside southside northeast northwest southeast southwest
    central westview eastview oakdale maplewood elmwood fairview hillcrest pinecrest sunnyside
    meadowlark washburn horace mann marshall jordan crockett bowie houston travis fremont lewis
    clark pike carson sequoia sycamore cottonwood bluestem killdeer tallgrass prairie sandhills
    haymarket goodrich"""
)
"""Whom schools are named for, and what they are called."""

BRANDS = words_of(
    """acellus acer achieve3000 actively adp aesop airtable airwatch alexa algebra1 alienware
    amira anytone apex arduino aruba asana asus aspire atlassian audacity autocad autodesk axis
    azure bambu bark beehively benchmark blender bloomz bluebeam bogen bookcreator boxcast
    brainingcamp britannica brother canon casio catapult cengage chegg cisco citrix clarisse
    classcraft classtag classwallet clearpass clearbooks clevertap cloudflare codehs codemonkey
    comcast comcast's cortana coursera covenant crestron crisisgo crowdstrike cue curipod
    cybersource cypher dante datto deepseek deepl deezer delphi desktop dewalt diffit digicert
    discovery doceri dreamweaver dymo easybib ebsco ecobee edgenuity edmentum edmodo edulog
    edupoint efinance eharmony elmos elementor emaze envoy epson etsy eureka evernote everbridge
    explain extron facetime faronics fedex ferris finale fitbit fluke fortinet frontrow gaggle
    gale garageband garmin genius geoguessr geogebra github gitlab glowforge gopher gopro
    gotomeeting gpt grammarly hotspot hudl huion icev ikea immersive imagine inkscape insta360
    instructure intel intercom intuit issuu itunes izotope jabra jaws jotform jstor jupiter
    kensington khanmigo kinko kinkos kodak krita lakeshore leapfrog learnzillion legends lifetouch
    linkit litmos livestream logger loggerpro logitech lucid lucidchart lynda macmillan
    magicschool magiccamera mailchimp makecode makey mathletics mathway mcdonald mcdonalds
    microbit micro:bit midas mimio mindmeister mitel mixcraft moby monday.com motorola mybib myon
    mypath myschoolbucks mystery naviance nec netgear netop netsmart nest ninite nintendo noodle
    noodletools norton noteflight notebooklm nvda obs oculus odysseyware olympus omnivox optiplex
    oracle osmo otter otus ozobot ozobots panasonic panopto papercut paypal peachtree peardeck
    pebble pearson phet photopea picmonkey piktochart playstation plotagon pluto poly polycom
    postman powerdns powertoys prezi princeton projector prometheus prusaslicer python quickbooks
    quicktime quizalize ramp rauland raspberry reachwell redcat reflex replit retroreflect revtrak
    ricoh ring ringcentral roku rosetta routefinder rubicon savvy scantron schoolai schoolmint
    schoolmessenger schoolloop schooltool screencast screenpal seesaw sentinel servicenow
    shutterstock signupgenius silverback sketchup skillsoft skillstruck smartboard smartmusic
    smartpass smithsonian snipping socratic softchalk solarwinds sonos soundtrap sourcewell
    speedgrader sphero spheros splashlearn splunk square squarespace starlink stellarium
    storyboardthat stripe studentsquare suno surface swank swiftk12 swivl symbaloo talon teachfx
    teachable teachermade teamviewer techsmith telegram telestream tes tesla texthelp thinkpad
    thinkpads thunderbird thoughtexchange ticketmaster tinkerbell titan toshiba toontastic trello
    turbotax twine tynker typingclub uber ubuntu unity unsplash ubiquiti valcom vanco vector
    venngage verkada vernier vex viewpath virtualbox visio vistaprint vmware vocaroo voicethread
    vocabulary.com walgreens walmart wacom wayside webassign webstore weebly whatsapp
    whiteboard.fi wiris wispr wonderworks woot wordly wordle wordtune wordwall writable
    writereader xello yahoo yealink yearbooks yubico yubikey zapier zebra zendesk zenefits zoho
    zspace zulip zumba"""
)

THINGS = words_of(
    """homecoming chorus orchestra band choir hallway gymnasium auditorium wing closet gate court
    lobby commons cart carts panel panels hinge tower ac hvac camera cameras sign signs lab labs
    edition version chapter unit lesson level tier phase stage option option's error message
    folder bulldogs panthers eagles falcons tigers wildcats hawks knights bears lions cougars
    mustangs spartans trojans vikings warriors raiders rams storm thunder titans huskies broncos
    patriots typo stepdad stepmom grandparent grandparents grandmother grandfather godmother lady
    gentleman pa sim sims temp van vans wks wk mos ow aide aides els else hotspot hotspots
    chromeos os pto hamster turtle rabbit goldfish kinder kinders pre-k prek gpa gpas phd ged tv
    tvs dj"""
)
"""Words of schools that name nobody, beside those of ``not_names``."""
