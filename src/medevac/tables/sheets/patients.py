"""The sheets of those who wait: patients and families."""

from medevac.tables.columns import Column, Kind, Sheet, Words

PATIENTS = Sheet(
    key="patients",
    name=Words("Patients", "Pasienter", "Пацієнти"),
    about=Words(
        "Everybody who waits, one row each. Use pseudonyms; names go into a column x-name, if anywhere.",
        "Alle som venter, én rad for hver. Bruk pseudonymer; navn hører hjemme i en kolonne x-name, om noe sted.",
        "Усі, хто чекає, по одному рядку. Вживайте псевдоніми; імена — лише у стовпці x-name.",
    ),
    required=True,
    columns=(
        Column(
            "id",
            Kind.NAME,
            Words("Patient", "Pasient", "Пацієнт"),
            Words(
                "A pseudonym or case number, different for everybody.",
                "Et pseudonym eller saksnummer, ulikt for alle.",
                "Псевдонім або номер справи, різний для кожного.",
            ),
            example="UA-26-0001",
            required=True,
        ),
        Column(
            "hub",
            Kind.NAME,
            Words("Hub", "Knutepunkt", "Хаб"),
            Words(
                "Where the patient is taken on board.",
                "Der pasienten tas om bord.",
                "Де пацієнта беруть на борт.",
            ),
            example="EPRZ",
            required=True,
            refers="hubs",
        ),
        Column(
            "ready",
            Kind.DATE,
            Words("Ready from date", "Klar fra dato", "Готовий від дати"),
            Words(
                "The first date of travel.",
                "Den første datoen pasienten kan reise.",
                "Перша дата, коли пацієнт може вирушити.",
            ),
            example="2026-01-12",
            required=True,
        ),
        Column(
            "fit_until",
            Kind.INSTANT,
            Words("Fit until (UTC)", "Reiseklar til (UTC)", "Придатний до (UTC)"),
            Words(
                "The patient must be at the hospital by then. Empty: no such limit.",
                "Pasienten må være på sykehuset innen da. Tomt: ingen slik grense.",
                "До цього часу пацієнт має бути в лікарні. Порожньо: без обмеження.",
            ),
            example="2026-01-16T12:00Z",
        ),
        Column(
            "priority",
            Kind.NUMBER,
            Words("Priority", "Prioritet", "Пріоритет"),
            Words(
                "1 urgent, 2 priority, 3 routine.",
                "1 haster, 2 prioritert, 3 rutine.",
                "1 невідкладний, 2 пріоритетний, 3 плановий.",
            ),
            example=1,
            required=True,
        ),
        Column(
            "waiting_days",
            Kind.NUMBER,
            Words("Days waited", "Dager ventet", "Днів очікування"),
            Words(
                "How long the patient has waited already. Empty: 0.",
                "Hvor lenge pasienten alt har ventet. Tomt: 0.",
                "Скільки пацієнт уже чекає. Порожньо: 0.",
            ),
            example=12,
        ),
        Column(
            "position",
            Kind.CHOICE,
            Words("Position on board", "Plassering om bord", "Положення на борту"),
            Words(
                "Seat, litter, or intensive (a litter with intensive care).",
                "Sete, båre eller intensiv (en båre med intensivbehandling).",
                "Сидячи, лежачи або інтенсивна терапія (ноші з інтенсивною терапією).",
            ),
            example="litter",
            required=True,
            choices=("seat", "litter", "intensive"),
        ),
        Column(
            "needs",
            Kind.NAMES,
            Words("Needs", "Behov", "Потреби"),
            Words(
                "One or more specialties, separated by commas; the first is the one that takes a place.",
                "Ett eller flere fagområder, atskilt med komma; det første er det som tar en plass.",
                "Одна або кілька спеціальностей через кому; місце займає перша.",
            ),
            example=["burns"],
            required=True,
        ),
        Column(
            "isolation",
            Kind.CHOICE,
            Words("Isolation", "Isolering", "Ізоляція"),
            Words(
                "Contact takes a room at the hospital; airborne limits the cabin as well. Empty: none.",
                "Kontakt tar et rom på sykehuset; luftbåren begrenser også kabinen. Tomt: ingen.",
                "Контактна займає палату в лікарні; повітряна обмежує й салон. Порожньо: немає.",
            ),
            example="contact",
            choices=("none", "contact", "airborne"),
        ),
        Column(
            "child",
            Kind.FLAG,
            Words("Child", "Barn", "Дитина"),
            Words(
                "Yes: takes a child place at the hospital. Empty: no.",
                "Ja: tar en barneplass på sykehuset. Tomt: nei.",
                "Так: займає дитяче місце в лікарні. Порожньо: ні.",
            ),
            example=False,
        ),
        Column(
            "companions",
            Kind.NUMBER,
            Words("Companions", "Ledsagere", "Супровідники"),
            Words(
                "How many travel with the patient; each takes a seat and housing. Empty: 0.",
                "Hvor mange som reiser med pasienten; hver tar et sete og bolig. Tomt: 0.",
                "Скільки людей їде з пацієнтом; кожному потрібні сидіння та житло. Порожньо: 0.",
            ),
            example=1,
        ),
        Column(
            "care",
            Kind.NUMBER,
            Words("Care points", "Pleiepoeng", "Бали догляду"),
            Words(
                "Nursing needed on board, counted against the layout. Empty: 0.",
                "Pleie som trengs om bord, regnet mot oppsettet. Tomt: 0.",
                "Потрібний догляд на борту, рахується за компонуванням. Порожньо: 0.",
            ),
            example=1.5,
        ),
        Column(
            "max_transit_minutes",
            Kind.NUMBER,
            Words("Longest transit (minutes)", "Lengste reise (minutter)", "Найдовша дорога (хвилини)"),
            Words(
                "From the aircraft's arrival at the hub to the hospital's door.",
                "Fra flyet ankommer knutepunktet til sykehusets dør.",
                "Від прибуття літака до хабу до дверей лікарні.",
            ),
            example=600,
            required=True,
        ),
        Column(
            "family",
            Kind.NAME,
            Words("Family", "Familie", "Родина"),
            Words(
                "The same word for all who travel together or not at all. Empty: alone.",
                "Samme ord for alle som reiser sammen eller ikke i det hele tatt. Tomt: alene.",
                "Те саме слово для всіх, хто їде разом або не їде взагалі. Порожньо: сам.",
            ),
            example="F7",
        ),
        Column(
            "refuses",
            Kind.NAMES,
            Words("Refuses countries", "Avslår land", "Не приймає країни"),
            Words(
                "Codes of countries, separated by commas. Empty: none.",
                "Landkoder, atskilt med komma. Tomt: ingen.",
                "Коди країн через кому. Порожньо: жодної.",
            ),
            example=["DE"],
        ),
        Column(
            "prefers",
            Kind.NAME,
            Words("Prefers country", "Ønsker land", "Бажає країну"),
            Words(
                "The code of one country. Empty: none.",
                "Én landkode. Tomt: ingen.",
                "Код однієї країни. Порожньо: жодної.",
            ),
            example="NO",
            refers="countries",
        ),
        Column(
            "hospitals",
            Kind.NAMES,
            Words("Accepted by hospitals", "Godtatt av sykehus", "Прийнято лікарнями"),
            Words(
                "Only these hospitals have said yes, separated by commas. Empty: nobody was asked, any will do. "
                "(none): all have said no.",
                "Bare disse sykehusene har sagt ja, atskilt med komma. Tomt: ingen er spurt, alle kan brukes. "
                "(ingen): alle har sagt nei.",
                "Погодилися лише ці лікарні, через кому. Порожньо: нікого не питали, годиться будь-яка. "
                "(жодного): усі відмовили.",
            ),
            example=["NO-OUS"],
        ),
        Column(
            "chosen",
            Kind.NAME,
            Words("Chosen hospital", "Valgt sykehus", "Обрана лікарня"),
            Words(
                "What the patient has chosen among the offers. Empty: nothing yet.",
                "Det pasienten har valgt blant tilbudene. Tomt: ikke noe ennå.",
                "Що пацієнт обрав серед пропозицій. Порожньо: ще нічого.",
            ),
            example="NO-OUS",
            refers="hospitals",
        ),
        Column(
            "fit_until_local",
            Kind.CALCULATED,
            Words(
                "Fit until, local time at hub (calculated)",
                "Reiseklar til, lokal tid ved knutepunktet (beregnet)",
                "Придатний до, місцевий час хабу (обчислено)",
            ),
            Words(
                "The same instant on the clocks of the hub.",
                "Det samme tidspunktet på klokkene ved knutepunktet.",
                "Той самий момент за годинником хабу.",
            ),
        ),
    ),
)

FAMILIES = Sheet(
    key="families",
    name=Words("Families", "Familier", "Родини"),
    about=Words(
        "Only families that need not be in one hospital; all others go to the same one.",
        "Bare familier som ikke må til samme sykehus; alle andre kommer til det samme.",
        "Лише родини, яким не обов'язково бути в одній лікарні; решта їде до тієї самої.",
    ),
    free=False,
    columns=(
        Column(
            "family",
            Kind.NAME,
            Words("Family", "Familie", "Родина"),
            Words(
                "The word in the patients' column.",
                "Ordet i pasientenes kolonne.",
                "Слово зі стовпця пацієнтів.",
            ),
            example="F7",
            required=True,
        ),
        Column(
            "rule",
            Kind.CHOICE,
            Words("Stay together", "Holdes sammen", "Разом"),
            Words(
                "In the same hospital, or only leaving the aircraft at the same stop.",
                "På samme sykehus, eller bare av flyet ved samme stopp.",
                "У тій самій лікарні або лише на тій самій зупинці літака.",
            ),
            example="same-stop",
            required=True,
            choices=("same-hospital", "same-stop"),
        ),
    ),
)
