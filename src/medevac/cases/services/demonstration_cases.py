"""The demonstration's patients: every name is invented, every diagnosis is usual, nobody is meant."""

from __future__ import annotations

from dataclasses import dataclass

from medevac.cases.states import State

S = State


@dataclass(frozen=True)
class Invented:
    """One invented patient.

    Parameters
    ----------
    state
        Where the case is to stand.
    name
        Family and given name; empty for one under a pseudonym alone.
    sex, born, service
        As in the person's row; `born` is a date, or a year alone.
    place
        The key of the account that files.
    diagnosis, codes
        In words, and by ICD-10.
    category, specialties, priority
        As in the case's row.
    position, needs
        How the patient travels, and what else the journey takes, by the names of the fields.
    days
        How long ago the case was filed.
    """

    state: State
    name: str
    sex: str
    born: str
    place: str
    diagnosis: str
    codes: str
    category: str
    specialties: str
    priority: str = "P3"
    position: str = "seat"
    needs: str = ""
    days: int = 10
    service: str = "civilian"


A, B, C = "hospital_coordinator", "nadiia", "hanna"
_TIBIA = "Open fracture of the left tibia after an explosion, external fixator, wound infection"
_BURNS = "Burns of 35 % of the body surface, third degree on both arms"
_LEUKAEMIA = "Acute lymphoblastic leukaemia, first relapse; a transplantation is needed"
_AMPUTATION = "Amputation above the right knee, the stump needs revision and a prosthesis"

PATIENTS: tuple[Invented, ...] = (
    Invented(S.DRAFT, "Кравчук Степан", "male", "1989-04-12", A, _TIBIA, "S82.2", "trauma", "orthopaedics", days=1),
    Invented(S.DRAFT, "", "female", "1961", A, "Breast cancer, radiotherapy is not available here", "C50.9", "cancer", "oncology", days=2),
    Invented(S.DRAFT, "Лисенко Марко", "male", "2015", B, "Duchenne muscular dystrophy", "G71.0", "rare-child", "paediatrics neurology", days=3),
    Invented(S.DRAFT, "Ґудзь Оксана", "female", "1978-11-02", C, _BURNS, "T31.3", "burns", "burns", "P2", "litter", days=1),
    Invented(S.SUBMITTED, "Щербина Юхим", "male", "1994-07-30", A, _AMPUTATION, "S78.1", "trauma", "prosthetics rehabilitation", service="military", days=3),
    Invented(S.SUBMITTED, "Їжак Євгенія", "female", "2012-01-19", A, _LEUKAEMIA, "C91.0", "cancer", "child-oncology transplantation", "P1", "seat", "escort=guardian", 1),
    Invented(S.SUBMITTED, "Мороз Назар", "male", "1985-03-08", B, "Fracture of the jaw with loss of bone", "S02.6", "trauma", "maxillofacial", days=4),
    Invented(S.SUBMITTED, "Яремко Соломія", "female", "1999-09-21", C, "Injury of the cervical spine, incomplete paralysis", "S14.1", "trauma", "spinal-injuries", "P2", "litter", "monitor=1", 2),
    Invented(S.VERIFIED, "Ткачук Андрій", "male", "1991-12-24", A, _TIBIA, "S82.2 T79.3", "trauma", "orthopaedics", "P2", "litter", "external_fixators=1 isolation=contact", 5),
    Invented(S.VERIFIED, "Білик Дарина", "female", "2019-05-05", B, "Neuroblastoma, stage 4", "C74.9", "cancer", "child-oncology", "P2", "seat", "escort=guardian", 4),
    Invented(S.VERIFIED, "Журавель Остап", "male", "1972-08-14", C, "Gunshot injury of the right eye", "S05.6", "trauma", "ophthalmology", service="military", days=6),
    Invented(S.PUBLISHED, "Заєць Леся", "female", "1983-02-27", A, _BURNS, "T31.3 T22.3", "burns", "burns", "P1", "intensive", "ventilator=1 monitor=1 oxygen_litres=4 infusions=3 isolation=contact", 4),
    Invented(S.PUBLISHED, "Павленко Ігор", "male", "1996-10-03", A, _AMPUTATION, "S78.1", "trauma", "prosthetics", days=12, service="military"),
    Invented(S.PUBLISHED, "Чорновіл Ганна", "female", "2008-06-16", B, "Osteosarcoma of the right femur", "C40.2", "cancer", "child-oncology", "P2", "seat", "escort=guardian", 7),
    Invented(S.PUBLISHED, "Савчук Петро", "male", "1955-01-31", C, "Lung cancer, stage IIIA", "C34.1", "cancer", "oncology pulmonology", days=20),
    Invented(S.PUBLISHED, "Дяченко Юлія", "female", "1990-04-09", C, "Pelvic fracture, urethral injury", "S32.8 S37.3", "trauma", "orthopaedics urology", "P2", "litter", "", 6),
    Invented(S.PUBLISHED, "Кравчук Степан", "male", "1989-04-12", A, _TIBIA, "S82.2", "trauma", "orthopaedics", days=9),
    Invented(S.OFFERED, "Захарчук Мирон", "male", "1987-11-11", A, _TIBIA, "S82.2 B95.6", "trauma", "orthopaedics infectious-diseases", "P2", "litter", "external_fixators=1", 9),
    Invented(S.OFFERED, "Руденко Злата", "female", "2021-03-03", B, "Spinal muscular atrophy, type 1", "G12.0", "rare-child", "paediatrics neurology", "P2", "intensive", "monitor=1 suction=1 oxygen_litres=1 escort=doctor", 8),
    Invented(S.OFFERED, "Гриценко Віра", "female", "1968-07-07", C, "Renal failure, dialysis three times a week", "N18.5", "other", "dialysis", days=15),
    Invented(S.CHOSEN, "Остапенко Роман", "male", "1993-05-18", A, "Injury of the sciatic nerve, chronic pain", "S74.0", "trauma", "neurosurgery rehabilitation", service="military", days=14),
    Invented(S.CHOSEN, "Ющенко Тетяна", "female", "1980-12-01", B, _BURNS, "T31.3", "burns", "burns reconstruction", "P2", "litter", "", 12),
    Invented(S.BOOKED, "Коваленко Гліб", "male", "1998-02-14", A, _AMPUTATION, "S78.1 S68.4", "trauma", "prosthetics rehabilitation", "P2", "litter", "", 16),
    Invented(S.BOOKED, "Величко Аліна", "female", "2011-08-28", C, _LEUKAEMIA, "C91.0", "cancer", "child-oncology", "P2", "seat", "escort=guardian", 11),
    Invented(S.BOARDED, "Тимошенко Федір", "male", "1976-10-20", A, _TIBIA, "S82.2", "trauma", "orthopaedics", "P2", "litter", "external_fixators=2", 18),
    Invented(S.HANDED_OVER, "Шевчук Іванна", "female", "1988-06-02", B, "Injury of the abdomen, open abdomen treated with negative pressure", "S36.5", "trauma", "surgery", "P1", "intensive", "monitor=1 infusions=2", 10),
    Invented(S.IN_TREATMENT, "Поліщук Артем", "male", "1995-09-09", A, _TIBIA, "S82.2", "trauma", "orthopaedics", "P2", "litter", "", 40),
    Invented(S.IN_TREATMENT, "Бойчук Надія", "female", "2014-04-04", C, "Cystic fibrosis with liver failure", "E84.8", "rare-child", "transplantation paediatrics", "P2", "seat", "escort=guardian", 60),
    Invented(S.READY_FOR_DISCHARGE, "Клименко Орест", "male", "1984-01-23", B, _AMPUTATION, "S78.1", "trauma", "prosthetics", days=90),
    Invented(S.RETURNED, "Романюк Софія", "female", "2010-10-10", A, "Hodgkin’s disease", "C81.9", "cancer", "child-oncology", days=200),
    Invented(S.STAYED, "Нестеренко Павло", "male", "1970-03-17", A, "Spinal cord injury", "S24.1", "trauma", "spinal-injuries", "P2", "litter", "", 240),
    Invented(S.ONWARD, "Панченко Ольга", "female", "1992-05-25", C, _BURNS, "T31.3", "burns", "burns", "P2", "litter", "", 120),
    Invented(S.WITHDRAWN, "Гайдук Микита", "male", "1997-07-15", A, "Fracture of the humerus", "S42.3", "trauma", "orthopaedics", days=30),
    Invented(S.UNFIT, "Стець Марія", "female", "1950-11-29", B, "Stroke, unconscious", "I63.9", "other", "neurology", "P1", "intensive", "ventilator=1 monitor=1", 14),
    Invented(S.DIED, "Литвин Захар", "male", "1990-08-19", A, "Blast injury with sepsis", "T79.3", "trauma", "surgery", "P1", "intensive", "ventilator=1 monitor=1 infusions=4", 13, "military"),
    Invented(S.DECLINED, "Пилипенко Руслан", "male", "1966-02-06", C, "Osteoarthritis of the knee", "M17.1", "other", "orthopaedics", days=25),
    Invented(S.NO_OFFER, "Дорошенко Єва", "female", "1958-09-13", B, "Glioblastoma, second relapse", "C71.9", "cancer", "neurosurgery oncology", days=70),
    Invented(S.DUPLICATE, "Захарчук Мирон", "male", "1987-11-11", B, _TIBIA, "S82.2", "trauma", "orthopaedics", days=8),
    Invented(S.MOVED_OTHERWISE, "Федорук Інна", "female", "1986-12-12", C, "Injury of the brachial plexus", "S14.3", "trauma", "neurosurgery", days=35),
)  # fmt: skip
