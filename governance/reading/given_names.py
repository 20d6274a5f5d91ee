"""Given names that are common in schools: one alone, capitalised, is somebody."""

from __future__ import annotations

from governance.reading.not_names import words_of

GIVEN_NAMES = words_of(
    """aaliyah aaron abby abdi abdul abigail adam adriana ahmed aidan aisha alan alejandra
    alejandro alex alexa alexander alexandra alexis ali alice alicia alison allison alyssa
    amanda amara amina amir amy ana andre andrea andres andrew angela anita anna anne annie
    anthony antonio ariana arjun asher ashley ashton audrey ava avery axel ayden barbara
    beatriz becky ben benjamin bernard beth betty beverly bianca blake bonnie brad braden
    bradley brandon brayden breanna brenda brendan brian brianna bridget brittany brody
    brooklyn bruce bryan bryce caden caitlin caleb calvin cameron camila carl carla carlos
    carmen caroline carolyn carrie casey catherine cathy cecilia cesar charles chelsea
    cheryl chloe chris christian christina christine christopher cindy claire clara claudia
    cody colin colleen colton connie connor corey craig cristian crystal curtis cynthia
    daisy daniel daniela danielle danny darius darlene darren dave david debbie deborah
    debra denise dennis derek deshawn desiree devin devon diana diane diego dmitri dominic
    donald donna dorothy doug douglas dustin dylan ed eddie edgar eduardo edward edwin
    eileen elaine elena eli elias elijah elise elizabeth ella ellen emilia emily emma eric
    erica erik erika erin ernest esmeralda esteban esther ethan eugene eva evan evelyn ezra
    fatima felix fernando fiona florence frances francesca francisco fred gabriel gabriela
    gabriella gabrielle gail gary gavin george gerald gianna gina giovanni gloria gordon
    greg gregory guadalupe gustavo hailey haley hannah harold harry hassan hayden hector
    heidi helen henry hugo ian ibrahim imani ingrid irene isaac isabel isabella isaiah
    ismael israel ivan jackie jackson jacob jacqueline jada jaden jaime jake jalen jamal
    james jamie jan jane janelle janet janice jared jasmin jason javier jaxon jayden jaylen
    jeff jeffrey jenna jennifer jenny jeremiah jeremy jerome jerry jesse jessica jill jimmy
    joan joann joanna joanne jocelyn joe joel john johnny jonah jonathan jordan jorge jose
    joseph josh joshua josiah josue joyce juan juanita judith judy julia julian juliana
    julie julio justin kaitlyn karen karina karl kate katherine kathleen kathryn kathy katie
    kayla kaylee keith kelly kelsey ken kendra kenneth kenya kevin khadija kiara kim
    kimberly kirsten kristen kristin kristina kyle kylie lamar landon larry latoya laura
    lauren laurie layla leah leila leo leon leslie liam liliana linda lindsay lindsey lisa
    logan lorenzo lori louis lucas lucia lucy luis luke lydia mackenzie maddox madeline
    maggie malik marcia marcos marcus margaret maria mariah mariana marie mario marissa
    maritza marjorie marlene marsha martha mary mateo mathew matt matthew maureen maya megan
    melanie melissa micah michael michelle miguel mike mila mildred mohamed mohammed moises
    molly monica monique muhammad myles nadia nancy naomi natalia natalie natasha nate
    nathan nathaniel nia nicholas nick nicolas nicole nina noah noor nora norma olga oliver
    olivia omar oscar owen pablo pamela patricia patrick patty paul paula pedro peggy pete
    peter peyton philip phillip phyllis priya quentin rachel rafael ralph ramon randy raul
    raymond rebecca reggie regina renee ricardo richard rick ricky rita robert roberto
    rodney rodrigo roger ronald rosa rosie ross roy russell ruth ryan sabrina sally salma
    sam samantha samir samuel sandra santiago sara sarah savannah scott sean sebastian
    selena serena sergio seth shane shannon sharon shaun shawn sheila shelby shelly sherry
    shirley sierra simon skyler sofia sonia sophia sophie stacey stacy stanley stella
    stephanie stephen steve steven susan suzanne tamara tameka tammy tanya tara tasha teresa
    terri terry theo theodore theresa thomas tiffany tim timothy tina todd tracy travis
    trevor tristan troy tyrone valeria valerie vanessa vera vicki victoria vincent vivian
    walter wanda wayne wendy wesley whitney willie wyatt xavier ximena yesenia yolanda yusuf
    yvonne zach zachary zainab zoe zoey"""
)
