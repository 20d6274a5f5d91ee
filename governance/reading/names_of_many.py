"""Given and family names of many origins that the census lists of 1990 lack or rank low.

Written by the people of this project from what they know of the families in schools; a word may
be both a given and a family name, so they stand together.
"""

from __future__ import annotations

from governance.reading.not_names import words_of

NAMES_OF_MANY = words_of(
    """anh bao binh chau chi cuong dao dat diep dinh duc dung duong giang ha hai hanh hao hien
    hieu hoa hoang hong hung huong huy huynh khanh khang khoi kim lam lan le lien linh loan loc
    long luong ly mai nam nga ngan nghia ngo ngoc ngoc-anh nguyen nhan nhi nhu nhung ninh oanh
    pham phong phuc phuong phung quan quang quoc quy quyen quynh sang son tam tan thang thanh thao
    thi thien thinh tho thu thuy tien tien-dat tin toan tran trang tri trinh trong truc trung
    truong tu tuan tuan-anh tung tuyen tuyet uyen van vi viet vinh vo vu vuong xuan yen bee blong
    cha cher chia chong choua chue dao der fong fue gao hang her houa kalia kao khang kong kou
    koua lee lo lor lue maiv meng moua mee nhia nou pa paj pao pang pahoua phia pheng shoua sia
    tong tou toua thao thor touger vang vue xai xang xee xeng xiong yang yeng yer ying youa zong
    eh hser htoo htee hsar kaw ku law lah lay moo mu nay naw paw pleh poe say saw shee si ta taw
    thaw thara thein tha tun wah wai win ye zaw zin aung aye hla khin kyaw kyi maung min myint
    naing nyan nyein phyo san sandar soe su thandar thant thiha thura yadanar yamin abdalla
    abdallah abdi abdifatah abdikadir abdirahman abdirizak abdullahi abdulaziz abdulkadir abshir
    adan aden ahmed ali amal amina anisa anwar asad asha awad ayaan ayan bashir bilal bile dahir
    deeqa egal fadumo faisal farah fardowsa fartun filsan garad guled halimo hamdi hani hassan
    hibo hirsi hodan hussein ibrahim idil idris ifrah ikran ilhan ismail jama jamaal jibril kadra
    khadija khalid liban luul mahamed mahamud maryan mohamud muna muse nasra nimo nuur omar osman
    qamar rahma roble sacdiya sadia safiya sagal sahra salah samatar shukri siham sulekha suleiman
    sumaya ubah warsame yasmin yusra yusuf zahra zamzam aboud abdulrahman abeer adnan afnan ahmad
    aisha alaa alhassan al-sayed alsayed amani amjad ammar aseel asma ayat aya ayman aziz bader
    basel bassam bayan dalal dalia dina duaa eman fadi fahad fares farid farouk fatema firas ghada
    ghassan haddad hadi hala hana hanan haneen hatem haya hayat heba hisham hind huda iman inas
    jaber jamil jana jawad jumana karim khadijah khalil lama lamar lina lubna maha mahmoud majid
    malak manal marwa marwan maryam maysa mazen mina mona muhannad munir mustafa nabil nada nader
    najwa nasser nawal nizar noura nour nouri nur omran osama othman qasim rahaf rahimi raja rana
    rania rami rasha rashid rashed rasheed reem rima saad saeed safa saif salem saleh salim salman
    sama samar sameer sana saqr sara sawsan shadi shaima shahd sherif taha talal tamer tarek wafa
    wael waleed walid wissam yahya yara yasir yasser yazan yousef youssef zain zahir zaid zayd
    zaynab zaynah ziad zakaria zeinab azizi barakzai dost fahim farzana ghani gul habibi hakimi
    hamid hashimi homayoun jalali jamshid karimi khan laila mirwais mohammadi najib naseri noori
    parwin popal qadir rahmani razia sadat safi sayed shabnam shafiq shirin stanikzai tahiri wahid
    wali yaqub zahra zarghuna zaki zabi acosta aguilar aguirre alcaraz alejo alfaro alma alonso
    alondra altamirano alvarado amado amparo anahi andrade angeles aragon araceli arellano arias
    armenta arroyo avalos ayala azucena barajas barragan barrera barrios bautista becerra belen
    benitez berenice bermudez bernal betancourt blanca brisa bustamante caballero cabrera calderon
    camacho camilo campos candelaria cardenas cardona carmela carmona carranza carrasco carrillo
    casas castaneda castellanos castillo ceja cervantes cesario chavarria chavez cifuentes
    cisneros citlali consuelo contreras cordova corona coronado correa cortez cortes covarrubias
    cristobal cruz cuevas dario delgadillo delgado diaz dominguez duarte dulce duran echeverria
    efrain elias eliseo eloisa elvira emiliano encarnacion enriquez erendira escalante escobar
    escobedo esparza espinosa espinoza esperanza estela estevan estrada eusebio evaristo fabian
    fabiola faustino feliciano fermin figueroa flor flores florencia fonseca franco fuentes
    galindo gallardo gallegos galvan gamez garcia garza genaro gerardo gilberto godinez gomez
    gonzales gonzalez gonzalo graciela griselda guerra guerrero guillen guillermina guillermo
    gutierrez guzman heriberto hermelinda hernandez herrera hilario hinojosa hortencia huerta
    humberto ibanez ibarra ignacio iliana imelda inez ines irma isidro itzayana ivan ivette
    izabella jacinto jaimes jaramillo jazmin jesus jimena jimenez joaquin josefina jovani juana
    juarez julissa lara lazaro leal leandro leonel leonor leticia leyva lisandro lizbeth lizeth
    lopez lourdes lozano lucero lucinda luna luz macias magana magdalena maldonado manuela marcelo
    marcela marin mariela marisela marisol maritza marquez martinez matias mauricio maximiliano
    medina medrano mejia melendez melquiades mendez mendoza meza mireya miranda moises mojica
    molina montalvo montano montes montoya mora morales moreno munoz murillo najera narciso
    navarrete navarro nayeli nieto noemi nohemi noriega nunez obregon ocampo ochoa odalys ofelia
    ojeda olivares olivas olvera oralia orozco ortega ortiz osorio osvaldo otero pacheco padilla
    palacios palma paloma pantoja paredes parra patino paz pena peña peralta perez pineda pilar
    pinto ponce porfirio portillo prado prieto primitivo puente pulido quezada quintana quintero
    quiroz ramirez ramiro ramos rangel raquel reina renata renteria reyes reyna reynaldo rigoberto
    rincon rios rivas rivera rocio rodolfo rodriguez rogelio rojas roldan romero rosales rosalba
    rosalinda rosario rosaura rubalcaba ruben rubio ruiz saavedra salas salazar salcedo saldana
    salgado salinas salvador samaniego sanchez sandoval santana santillan santino santos saucedo
    saul segura selene serrano sifuentes silva socorro solano solis solorzano soria sosa sotelo
    soto suarez tadeo tapia tejada tello tomas toribio torres tovar trejo trevino trujillo ulises
    urbina uribe urias valadez valdez valdivia valencia valentina valenzuela valle vallejo vargas
    vasquez vazquez vega velasco velasquez velez vera verdugo vidal vigil villa villalobos
    villanueva villarreal villegas wendi xiomara xochitl yadira yahir yamileth yareli yaretzi
    yesica yoselin yuridia zacarias zamora zapata zaragoza zavala zepeda zulema zuniga abara abebe
    abiola abimbola abiodun achebe achieng achol adaeze adaku adamu ade adebayo adekunle adeleke
    adeola adetokunbo adewale adeyemi adeyinka adisa adjei afolabi afua agyeman ajani akin akinyi
    akosua akua akuol alemu amadi amanuel amara ama amaka amarachi anan aniekan anyanwu aondo
    appiah asante asefa atem ayen ayodele azubuike babatunde balogun bankole bekele berhane bol
    boateng bosede bukola chiamaka chibuzo chidera chidi chika chima chimamanda chinedu chinonso
    chioma chinwe chisom chukwu chukwuemeka chuol dagim daniyal dawit deng desta diallo diop ebere
    efosa efua ekene eluwole emeka enyinnaya esi eyob eze ezekiel ezinne fanta fatou fatoumata
    femi folake funke gatluak gatwech gebre getachew girma habtamu haile hirut hiwot ife ifeanyi
    ifeoma ifunanya ijeoma ikechukwu iyabo jelani kalu kamau kanu keita kelechi kibet kiplagat
    kipchoge kofi kojo koroma kouame kwabena kwame kwaku kwasi kwesi lemlem liya lwanga machar
    madut maduka majok makena malual mamadou marial mbeki mekdes mensah meron mulu mutua mwangi
    nakato ndiaye ngozi niyonkuru njeri njoroge nkechi nkem nkrumah nnamdi nneka nwosu nyabol
    nyakim nyambura nyandeng nyathon nyibol nyong obi obinna obioma obuya ochieng odhiambo okafor
    okeke okello okonkwo okoro okoye ola olabisi oladele olamide olayinka olu oluwaseun oluwatobi
    omondi onuoha onyeka onyekachi onyango opoku osei otieno owusu oyelaran panyako rahel rebkah
    ruto saba sekou selam selamawit semira sesay seyi simisola sissoko somto sowande tadesse
    tafari taiwo tekle temitope tesfaye tewodros tigist titilayo toure traore tsegaye tunde turay
    uche uchenna udo uwimana wairimu wambui wani wanjiru wek winta yaa yared yaw yemi yewande
    yohannes yonas zainabu zawadi zebenay zuri akhil amrit anand ananya anika anirudh anjali ankit
    ansh anurag aravind arun aryan ashok ashwin avni banerjee bhatt chandra chaudhary dasgupta
    deepa deepak desai dev devi dhruv divya gaurav gupta gurpreet harini harjit harpreet indira
    ishaan ishani iyer jagdeep jasleen jaspreet jha joshi kabir kapoor karan karthik kaur kavita
    kavya kiran krish krishna kulkarni kumar lakshmi laxmi madhav mahesh malhotra manish manoj
    meena meera mehra mehta menon mishra mohan nair nandini naveen neel neha nidhi nikhil niranjan
    nisha nitin padma pallavi pandey parvati patel pooja prakash pranav prasad prem preeti puja
    raghavan rahul raj raja rajan rajesh rakesh ramesh rani rao ravi reddy rekha riya rohan rohit
    rupa sachin sai sandeep sangeeta sanjana sanjay sathya shah shanti sharma shivani shreya
    shruti shyam siddharth sidhu singh sinha sita srinivasan sruthi subramaniam suresh swathi
    tanvi tarun tejas thapa trivedi usha vaishnavi varma varun venkat vihaan vijay vikram vinod
    vishal vivek yadav adhikari bhattarai dahal gurung karki khadka lama magar neupane pokhrel
    poudel rai shrestha subedi tamang tenzin dolma dorjee karma pema sherpa tsering aiko akira
    akari asahi ayumi chiyo daiki daichi emi emiko haruka haruki hayato hikari hinata hiro hiroshi
    ichiro kaito kaori kazuki keiko kenji kenta kimiko koji mariko masato megumi michiko midori
    mika minato misaki miyu nakamura naoki natsuki nori reiko ren riko rin ryo ryota sakura
    satoshi sato shinji shiori sora suzuki tadashi taiga takashi takeshi tanaka taro tomoko toshi
    watanabe yamada yamamoto yoko yoshi yui yuka yuki yumi yuto ahn bae baek byun chae chang choi
    chung dae eun eunji gyu haeun hee heejin ho hoon hye hyejin hyeon hyun hyunwoo inho jae
    jaehyun jaewon ji jiah jieun jihoon jimin jin jina jinwoo jisoo jisu jiwon jiwoo joon joonho
    jung junho junseo kang kwon kyung min minho minji minjun minseo moon myung noh oh park rhee
    ryu sang seo seojun seoyeon seung shin sohee soo sook sujin sun sung sunghoon taehyung woo
    wook yeji yejin yeon yong yoo yoon young youngho yujin yuna yunseo bai bao chao chen cheng chu
    cui dai deng ding dong fan fang feng gao guo haoran he hong hou hsu hu hua huang hui jiang
    jiaming jie jing jun kai lei li liang lin ling liu lu luo ma mei meng ming pan peng ping qi
    qian qiang qin qing rong shan shen shi song tang tao tian wang wei wen weng wu xia xiao xie
    xin xu xue yan yao yi yin ying yu yuan yue yun zeng zhang zhao zheng zhi zhong zhou zhu zhuang
    zixuan zihan yichen yuxuan ruoxi agnieszka aleksander aleksandra aleksandr aleksei alina
    alyona anastasia anatoly andrei andriy anya arkady artem artyom bartosz bogdan bohdan borys
    bozena branko czeslaw dariusz darya dejan denys dmitri dmitriy dmytro dragan dunja dvorak
    edyta eliska emina ewa fedor galina genadi goran grazyna grigory grzegorz hanna hryhoriy igor
    ihor ilya iryna ivana ivanka ivanov jadwiga jakub jan jaroslav jelena jerzy jovana kamil
    kateryna katarzyna kazimierz kirill kovacs kovalenko kowalczyk kowalski kristina krystyna
    krzysztof ksenia larysa lech lenka lesia lev luka lyudmila maksim maksym malgorzata marek
    mariya mariusz marko marta matej mateusz matvey michal mihai mikhail mikolaj milan milica
    miljan milos miroslav mirko mykola mykyta nadiya nadezhda natalya natasa nazar nemanja nikita
    nikola nikolai novak novotny novotna oksana oleg oleh olena oleksandr oleksiy olesya olha
    orest ostap pavel pavlo pawel petar petro petrov piotr polina popescu popov predrag radek
    radmila radoslav roksolana roman ruslan rzepka sasha sergei serhiy shevchenko slavko slobodan
    snezana sofiia solomiya stanislav stefan svetlana svitlana szymanski taisiya tamila taras
    tatiana tatyana tetiana timofey tomasz tymofiy uliana vadym valentyn vaclav vasyl vera
    veronika viktor viktoriya vitaliy vlad vladimir vladislav vladyslav vlasta vojtech volodymyr
    vyacheslav wieslaw wioletta wisniewski wisniewska wojciech yana yaroslav yelena yevhen yuliya
    yuri yuriy yuriko zbigniew zdenek zdenka zelenko zielinski zielinska zlata zofia zoran zoryana
    zuzana anders aino arvid asbjorn astrid axelsson bjorn bjork britta dag dagny eero eira eino
    elin ellinor elsa embla erling esbjorn espen eskil freja freya frida gudrun gunnar gunhild
    hakon halvor haavard helga henrik hjalmar holger ida ilse inga ingeborg ingrid iver jens johan
    johannes jorgen jussi kari karsten kjell klaus knud lars lasse leif liesl lindqvist linnea
    lotte maren margit matti mikkel nils niels oddvar oivind olaf olle otto ottilie pekka petter
    pieter ragnar ragnhild rasmus runa rune saga sigrid signe sindre siv solveig soren stellan
    stig svea sven tarja thora thorvald toivo torben torsten tove trygve tuva ulf ulla ursula
    vidar viggo wilhelm wilhelmina wolfgang aoife bronagh caoimhe ciara cillian conall cormac
    daithi deirdre donnacha eamon eilish eimear eoin fiadh finn finnegan fionn grainne iseult
    killian maeve malachy niall niamh nuala oisin orla padraig roisin ronan rory saoirse seamus
    shea sinead siobhan tadhg alasdair angus blair callum catriona duncan eilidh ewan fergus
    hamish isla lachlan mhairi morag rhona akecheta anpaytoo aponi ayita bluespruce catori chaske
    chaska chayton chenoa dyani eagle-bear elan enola halona hinto hoku honovi kachina kai kalani
    kaleo kalea kaya kealoha keanu kekoa keola keoni kimama kimimela koa leilani lokelani mahpiya
    mahina makani makoa malia mapiya mato micco mele misu nahele nalani napayshni nayeli nita
    noelani nokomis ohanzee paytah pono redwing sewati shappa shilah sialea sihu sintkala sitala
    takoda taini tatanka tasina tawny thunderhawk tokala waneta wapasha wicahpi winona wiyaka
    yellowhair yellowhawk zitkala sione tevita mele fonua tupou sefa lupe sina tama tui vaea lani
    fetu aaden aadyn aniyah aiyana alayah amari amir amiyah amiya aniya aria arielle arlo armani
    aryanna ashanti ashlynn aspen atticus aubree aubrey avery ayanna azariah azaria barrett baylee
    beau beckett bentley bexley birdie bodhi bowen braelyn braelynn braxton brayan breckin brecken
    brenna brielle briggs bristol britton brixton bryleigh brylee brynlee brynn cade caiden callen
    callie camden camryn cannon carsyn casen cash cason cassius cayden chandler charlee charleigh
    chevelle cohen colson colt conrad corbin cordell creed crosby cullen dalia dallas damari
    damarion daquan darnell dash dashawn dashiell davion davon dax daxton deacon deandre declan
    deion dejuan delaney demarcus demetrius demond denzel deonte deshaun destinee devonte diamond
    dior dontae draven easton eden eliana elianna elin ellery elliot elowen ember emerson emersyn
    emery emory emmett emmitt enzo essence esme ever everett everleigh everly ezequiel finley
    fletcher gael gemma gianni giovani graham gracelyn gracie graysen grayson greyson griffin
    gunner gus hadley hallie harlow harper harley hattie haven hayes heaven hendrix hezekiah
    holden houston hudson imari indie isaias isla issac iverson iyana izaiah jace jaceon jacoby
    jadyn jaelyn jaelynn jagger jahmir jakari jakobe jakayla jalen jaleesa jalisa jamari jamarion
    jamir janiyah jaquan jarvis jasiah javion javon jaxson jaxton jayce jaycee jayceon jayla
    jaylah jaylee jayleen jaylin jaylon jaylynn jazlyn jazmine jericho jett jezebel journee journi
    judah jude justus kaden kaelyn kahlil kaia kailey kailyn kaira kaiya kaleb kali kaliyah kamari
    kamden kamiyah kamryn kannon karson karter kase kash kashton kasen kason kataleya kaydence
    kaylani kayleigh kaylin kaylynn keegan keira kellan kendall kendrick kenzie keshawn khloe kian
    kiera kimora kingsley kingston kinsley knox kobe koda kohen kolten kolton korbin kyler kylan
    kynlee kyra kyree kyrie lachlan laney latrell layton legend leighton lennon lennox leroy leyla
    lilah lilith londyn lorelai luca luciana luka lyla lyra mackenna madalyn madden maddison
    maddie maeve major makai makayla makenna makenzie malachi malaki malakai maliyah malia maren
    marley marquis marquise mathias maverick maximus mckenna mckinley messiah micaiah milania milo
    mina myla mylah nahla nash navy nevaeh niko nixon nola nova nyla oaklee oakley oaklyn oaklynn
    odin omari onyx orion paisley paislee parker paxton payton penelope phoenix piper porter
    presley princeton princess quinn quincy quinton raegan raelynn raiden reagan reece reese reign
    remi remington remy rhett rhys ridge river roan rocco rohan roman romeo ronin rowan rowdy
    royal ruger ryder ryker ryland rylan rylee ryleigh saige saint salem saniyah santana sasha
    savanna sawyer scarlett scout serenity shaniqua shanice shaquille shiloh sienna silas skye
    skylar skyler sloane sonny soren spencer stetson sutton sylas talon taniya tate tatum tayshaun
    teagan terrell thatcher titus tobias treyvon tripp tristen truett tucker tyree tyrell tyrese
    tyshawn urijah vance veda vihaan violet vivienne walker waylon wesson wilder willa willow
    winnie winston winter wren xander xavi xzavier yara zachariah zaid zaiden zaire zander zane
    zaniyah zara zariah zaria zayden zayn zayne zeke zelda zion zendaya zoie zola zuri"""
)
