"""Every page that answers a browser, with who walks there; a test holds that none is missing."""

from __future__ import annotations

from dataclasses import dataclass

# How an address is filled in from the demonstration's data.
LOOKED_UP: dict[str, str] = {
    "organisation": "SELECT id FROM people_organisation WHERE name LIKE '%Ясна%'",
    "owner": "SELECT id FROM people_organisation WHERE kind = 'owner'",
    "foreign": "SELECT id FROM people_organisation WHERE name = 'Fjord universitetssykehus'",
    "person": "SELECT id FROM people_user WHERE email = 'taras@demo.invalid'",
    "hospital": "SELECT id FROM directory_hospital ORDER BY code LIMIT 1",
    "document": "SELECT id FROM documents_document ORDER BY number LIMIT 1",
    "limit": (
        "SELECT l.id FROM directory_missionlimit l JOIN directory_mission m ON m.id = l.mission_id"
        " WHERE m.code = 'ukraine-2022' ORDER BY l.what LIMIT 1"
    ),
    "rule": (  # of those that hold today
        "SELECT r.id FROM directory_eligibilityrule r JOIN directory_mission m ON m.id = r.mission_id"
        " WHERE m.code = 'ukraine-2022' AND r.first_day <= current_date"
        " AND (r.last_day IS NULL OR r.last_day >= current_date) ORDER BY r.first_day LIMIT 1"
    ),
    "case": (  # a civilian's: the walk brings a paper that soldiers are not asked for
        "SELECT c.id FROM cases_case c JOIN cases_person p ON p.id = c.person_id"
        " WHERE c.state = 'submitted' AND p.service = 'civilian' ORDER BY c.created_at LIMIT 1"
    ),
    "attached": (  # to the case above: the only submitted one that has documents
        "SELECT h.id FROM cases_casedocument h JOIN cases_case c ON c.id = h.case_id"
        " WHERE c.state = 'submitted' ORDER BY h.attached_at LIMIT 1"
    ),
    "offered": "SELECT id FROM cases_case WHERE state = 'offered' ORDER BY created_at LIMIT 1",
    "chosen": "SELECT id FROM cases_case WHERE state = 'chosen' ORDER BY created_at LIMIT 1",
    "open_offer": "SELECT id FROM offers_offer WHERE state = 'sent' ORDER BY made_at LIMIT 1",
    "chosen_offer": (
        "SELECT o.id FROM offers_offer o JOIN cases_case c ON c.id = o.case_id"
        " WHERE o.state = 'chosen' AND c.state = 'chosen' ORDER BY o.made_at LIMIT 1"
    ),
    "published": "SELECT id FROM cases_case WHERE state = 'published' ORDER BY created_at LIMIT 1",
    "advice": "SELECT id FROM offers_advicerun ORDER BY asked_at LIMIT 1",  # made by the walk itself
    "round": "SELECT id FROM offers_round ORDER BY made_at LIMIT 1",
    "ask": "SELECT id FROM offers_ask WHERE state = 'open' ORDER BY state_since LIMIT 1",
    "message": (
        "SELECT m.id FROM messages_message m JOIN people_user u ON u.id = m.user_id"
        " WHERE u.email = 'hospital_coordinator@demo.invalid' ORDER BY m.created_at LIMIT 1"
    ),
    "giving": "SELECT id FROM directory_hospital WHERE code = 'NO-SORVIK'",
    "kept_place": (
        "SELECT p.id FROM offers_place p JOIN directory_hospital h ON h.id = p.hospital_id"
        " WHERE h.code = 'NO-SORVIK' ORDER BY p.label LIMIT 1"
    ),
}
NOBODY, ADMINISTRATOR, COORDINATOR, READER = "", "administrator", "hospital_coordinator", "reader"
MINISTRY, CENTRE, REGION = "ministry", "coordination_centre", "region"


@dataclass(frozen=True)
class Walk:
    """One page of the walk.

    Parameters
    ----------
    page
        The name of its address.
    path
        The address itself; {organisation} and others are filled in from the demonstration's data.
    role
        Who walks there; nobody where it is empty.
    status
        What the page answers.
    """

    page: str
    path: str
    role: str = ADMINISTRATOR
    status: int = 200


WALKS = (
    Walk("about", "about/", NOBODY),
    Walk("keyboard", "keyboard/", NOBODY),
    Walk("account_login", "sign-in/login/", NOBODY),
    Walk("account_reset_password", "sign-in/password/reset/", NOBODY),
    Walk("account_reset_password_done", "sign-in/password/reset/done/", NOBODY),
    Walk("account_reset_password_from_key", "sign-in/password/reset/key/1-2/", NOBODY),
    Walk("account_reset_password_from_key_done", "sign-in/password/reset/key/done/", NOBODY),
    Walk("account_inactive", "sign-in/inactive/", NOBODY),
    Walk("socialaccount_login_cancelled", "sign-in/3rdparty/login/cancelled/", NOBODY),
    Walk("socialaccount_login_error", "sign-in/3rdparty/login/error/", NOBODY, 401),
    Walk("people:accept", "people/invitation/accept/", NOBODY, 410),
    Walk("demonstration:choose", "demonstration/", NOBODY),
    Walk("not found", "nowhere/", NOBODY, 404),
    Walk("start", ""),
    Walk("search", "search/?q=Kharkiv"),
    Walk("people:organisations", "people/organisations/"),
    Walk("people:organisation", "people/organisations/{organisation}/"),
    Walk("people:add_organisation", "people/organisations/{organisation}/add/"),
    Walk("people:admit_organisation", "people/organisations/{owner}/admit/"),
    Walk("people:change_organisation", "people/organisations/{organisation}/change/"),
    Walk("people:invite", "people/organisations/{organisation}/invite/"),
    Walk("people:invitations", "people/invitations/"),
    Walk("people:person", "people/person/{person}/"),
    Walk("people:review", "people/review/"),
    Walk("people:access", "people/access/"),
    Walk("people:emergencies", "people/emergency/"),
    Walk("people:account", "people/account/"),
    Walk("people:own_address", "people/account/address/"),
    Walk("people:sessions", "people/account/sessions/"),
    Walk("people:give_role", "people/person/{person}/role/"),
    Walk("people:address", "people/person/{person}/address/"),
    Walk("people:second_factor", "people/second-factor/"),
    Walk("mfa_index", "sign-in/2fa/"),
    Walk("mfa_activate_totp", "sign-in/2fa/totp/activate/"),
    Walk("mfa_list_webauthn", "sign-in/2fa/webauthn/"),
    Walk("mfa_add_webauthn", "sign-in/2fa/webauthn/add/"),
    Walk("account_set_password", "sign-in/password/set/"),
    Walk("account_logout", "sign-in/logout/"),
    Walk("audit:access_log", "record/looks/"),
    Walk("audit:own_log", "record/mine/"),
    Walk("audit:exports", "record/exports/"),
    Walk("audit:find_history", "record/history/"),
    Walk("audit:history", "record/history/people.organisation/{organisation}/"),
    Walk("messages:inbox", "messages/", COORDINATOR),
    Walk("messages:message", "messages/{message}/", COORDINATOR),
    Walk("messages:preferences", "messages/preferences/", COORDINATOR),
    Walk("messages:channels", "messages/channels/"),
    Walk("directory:missions", "directory/missions/"),
    Walk("directory:mission", "directory/missions/ukraine-2022/"),
    Walk("directory:add_mission", "directory/missions/add/"),
    Walk("directory:change_mission", "directory/missions/ukraine-2022/change/"),
    Walk("directory:add_part", "directory/missions/ukraine-2022/limits/add/"),
    Walk("directory:change_part", "directory/missions/ukraine-2022/limits/{limit}/"),
    Walk("directory:countries", "directory/countries/"),
    Walk("directory:airports", "directory/airports/"),
    Walk("directory:airport", "directory/airports/EPRZ/"),
    Walk("directory:add_airport", "directory/airports/add/"),
    Walk("directory:change_airport", "directory/airports/EPRZ/change/"),
    Walk("directory:hospitals", "directory/hospitals/"),
    Walk("directory:hospital", "directory/hospitals/{hospital}/"),
    Walk("directory:add_hospital", "directory/hospitals/add/"),
    Walk("directory:change_hospital", "directory/hospitals/{hospital}/change/"),
    Walk("directory:import_hospitals", "directory/hospitals/import/"),
    Walk("documents:own", "documents/", COORDINATOR),
    Walk("documents:upload", "documents/upload/", COORDINATOR),
    Walk("documents:refer", "documents/refer/", COORDINATOR),
    Walk("documents:document", "documents/{document}/", COORDINATOR),
    Walk("documents:describe", "documents/{document}/describe/", COORDINATOR),
    Walk("documents:translation", "documents/{document}/translation/", COORDINATOR),
    Walk("documents:redact", "documents/{document}/redact/", COORDINATOR),
    Walk("documents:withdraw", "documents/{document}/withdraw/", COORDINATOR),
    Walk("documents:destroy", "documents/{document}/destroy/", COORDINATOR),
    Walk("cases:cases", "cases/?columns=name&columns=clock&columns=waits&columns=specialties", MINISTRY),
    Walk("cases:board", "cases/board/", MINISTRY),
    Walk("cases:file_case", "cases/file/", COORDINATOR),
    Walk("cases:case", "cases/{case}/", MINISTRY),
    Walk("cases:case", "cases/{published}/", CENTRE),
    Walk("cases:change", "cases/{case}/change/clinical/", MINISTRY),
    Walk("cases:change", "cases/{case}/change/needs/", MINISTRY),
    Walk("cases:act", "cases/{case}/act/record-death/", MINISTRY),
    Walk("cases:item", "cases/{case}/items/form-027/", MINISTRY),
    Walk("cases:upload_document", "cases/{case}/documents/upload/", MINISTRY),
    Walk("cases:attach_document", "cases/{case}/documents/attach/", MINISTRY),
    Walk("cases:detach_document", "cases/documents/{attached}/detach/", MINISTRY),
    Walk("cases:add_companion", "cases/{case}/companions/add/", MINISTRY),
    Walk("cases:join_family", "cases/{case}/family/", MINISTRY),
    Walk("cases:give_consent", "cases/{case}/consents/add/", MINISTRY),
    Walk("cases:add_screening", "cases/{case}/samples/add/", MINISTRY),
    Walk("cases:add_assessment", "cases/{case}/assessments/add/", MINISTRY),
    Walk("cases:decide_fitness", "cases/{case}/fitness/", MINISTRY),
    Walk("cases:letters", "cases/letters/", MINISTRY),
    Walk("cases:add_letter", "cases/letters/add/", MINISTRY),
    Walk("cases:suspicions", "cases/same-patient/", MINISTRY),
    Walk("cases:duty", "cases/duty/", MINISTRY),
    Walk("cases:import_cases", "cases/import/", MINISTRY),
    Walk("cases:export", "cases/export/", MINISTRY),
    Walk("cases:summary", "cases/{case}/summary/", MINISTRY),
    Walk("offers:rounds", "offers/rounds/", CENTRE),
    Walk("offers:ask", "offers/rounds/ask/", CENTRE),
    Walk("offers:round", "offers/rounds/{round}/", CENTRE),
    Walk("offers:record_answer", "offers/rounds/asks/{ask}/recorded/", CENTRE),
    Walk("offers:make_link", "offers/rounds/asks/{ask}/link/", CENTRE),
    Walk("offers:asks", "offers/asks/", REGION),
    Walk("offers:answer", "offers/asks/{ask}/", REGION),
    Walk("offers:link", "offers/a/none/", NOBODY, 410),
    Walk("offers:national", "offers/national/?mission=ukraine-2022", CENTRE),
    Walk("offers:national", "offers/national/?mission=ukraine-2022"),
    Walk("offers:touched", "offers/national/rules/{rule}/", MINISTRY),
    Walk("offers:switch", "offers/national/ukraine-2022/switch/"),
    Walk("offers:set_target", "offers/national/ukraine-2022/target/", CENTRE),
    Walk("offers:suggestions", "offers/for-case/{published}/", CENTRE),
    Walk("offers:country_help", "offers/help/", CENTRE),
    Walk("offers:mission_advice", "offers/whom-to-ask/", CENTRE),
    Walk("offers:advice_run", "offers/whom-to-ask/{advice}/", CENTRE),
    Walk("offers:advice_again", "offers/whom-to-ask/{advice}/again/", CENTRE),
    Walk("cases:case", "cases/{offered}/", MINISTRY),
    Walk("cases:case", "cases/{chosen}/", MINISTRY),
    Walk("offers:offer", "offers/case/{published}/offer/", CENTRE),
    Walk("offers:offer", "offers/case/{published}/offer/?place=named", MINISTRY),
    Walk("offers:choose", "offers/case/{offered}/choose/", MINISTRY),
    Walk("offers:sheet", "offers/case/{offered}/sheet/", MINISTRY),
    Walk("offers:withdraw", "offers/{open_offer}/withdraw/", MINISTRY),
    Walk("offers:lose", "offers/{chosen_offer}/lose/", MINISTRY),
    Walk("tokens:tokens", "tokens/"),
    Walk("tokens:make_token", "tokens/{owner}/make/"),
    Walk("api_docs", "api/docs"),
    Walk("operations:retention", "operations/retention/"),
    Walk("offers:places", "offers/places/", CENTRE),
    Walk("offers:hospital_places", "offers/places/{giving}/ukraine-2022/", CENTRE),
    Walk("offers:add_places", "offers/places/{giving}/ukraine-2022/add/", CENTRE),
    Walk("offers:change_place", "offers/places/one/{kept_place}/", CENTRE),
    Walk("offers:set_pool", "offers/places/{giving}/ukraine-2022/number/?kind=isolation", CENTRE),
    Walk("offers:import_places", "offers/places/import/", CENTRE),
    Walk("offers:import_asks", "offers/workbook/import/", CENTRE),
    Walk("offers:export_asks", "offers/workbook/", CENTRE),
    Walk("people:break_glass", "people/emergency/open/people.organisation/{foreign}/", COORDINATOR),
    Walk("refused", "people/access/", READER, 403),
)
# Pages that a plain walk cannot stand on: what they need, and where they are seen instead.
ELSEWHERE = {
    "set_language": "takes a form",
    "set_look": "takes a form",
    "set_shortcuts": "takes a form",
    "people:sign_out_everywhere": "takes a form",
    "people:end_session": "takes a form",
    "people:end_other_sessions": "takes a form",
    "people:end_sessions_of": "takes a form",
    "people:withdraw_address": "takes a form",
    "people:open_address": "leads on to the page that confirms",
    "people:confirm_address": "needs a link: tests/people/test_people_addresses.py",
    "people:move_organisation": "takes a form",
    "people:close_organisation": "takes a form",
    "people:withdraw_invitation": "takes a form",
    "people:end_membership": "takes a form",
    "people:confirm": "takes a form",
    "people:deactivate": "takes a form",
    "people:reactivate": "takes a form",
    "people:export_access": "takes a form",
    "audit:export_access_log": "takes a form",
    "people:acknowledge": "takes a form",
    "people:end_emergency": "takes a form",
    "messages:read": "takes a form",
    "messages:read_all": "takes a form",
    "messages:done": "takes a form",
    "messages:send_again": "takes a form",
    "messages:allow_browser": "takes a form",
    "messages:forget_browser": "takes a form",
    "messages:stream": "a stream of events, which has no page",
    "messages:push_worker": "a program for the browser",
    "directory:close_mission": "takes a form",
    "directory:reopen_mission": "takes a form",
    "directory:close_hospital": "takes a form",
    "directory:set_reach": "takes a form",
    "directory:set_specialties": "takes a form",
    "directory:outlines": "data for the map",
    "documents:open": "a file",
    "documents:preview": "a picture",
    "tokens:revoke_token": "takes a form",
    "directory:import_hospitals_trial": "in test_browser_after_forms: after a file",
    "cases:save_view": "takes a form",
    "cases:assign_item": "in tests/cases/test_cases_readiness.py: every page opens",
    "cases:waive_item": "in tests/cases/test_cases_readiness.py: every page opens",
    "cases:name_persons": "in tests/cases/test_cases_readiness.py: every page opens",
    "cases:change_companion": "needs a companion: tests/cases/test_cases_companions.py",
    "cases:remove_companion": "needs a companion: tests/cases/test_cases_companions.py",
    "cases:leave_family": "takes a form",
    "cases:withdraw_consent": "needs a consent: tests/cases/test_cases_consents.py",
    "cases:confirm_assessment": "needs an assessment: tests/cases/test_cases_screening.py",
    "cases:decide_isolation": "in tests/cases/test_cases_readiness.py: every page opens",
    "cases:follow_the_rule": "takes a form",
    "cases:record_result": "needs a sample: tests/cases/test_cases_screening.py",
    "cases:letter": "needs a letter: tests/cases/test_cases_letters.py",
    "cases:remove_letter": "needs a letter: tests/cases/test_cases_letters.py",
    "cases:suspicion": "needs a pair: tests/cases/test_cases_same_patient.py",
    "cases:merge_pair": "takes a form",
    "cases:keep_apart": "takes a form",
    "cases:undo_merge": "takes a form",
    "cases:desk": "needs an organisation on duty: tests/cases/test_cases_duty.py",
    "cases:hand_over": "takes a form",
    "cases:take_over": "takes a form",
    "cases:close_point": "takes a form",
    "cases:import_template": "a file",
    "cases:import_trial": "needs a file: tests/cases/test_cases_import.py",
    "cases:delete_view": "takes a form",
    "offers:close_place": "takes a form, on the page of the place",
    "offers:confirm_place": "takes a form",
    "offers:confirm_all": "takes a form",
    "offers:export_places": "takes a form",
    "offers:places_template": "a file",
    "offers:places_trial": "needs a file: tests/offers/test_offers_places_workbook.py",
    "offers:asks_template": "a file",
    "offers:asks_trial": "needs a file: tests/offers/test_offers_asks_workbook.py",
    "offers:remind": "takes a form",
    "offers:withdraw_ask": "takes a form",
    "offers:withdraw_link": "takes a form",
    "offers:send": "takes a form",
    "operations:list": "takes a form",
    "operations:decide": "takes a form",
    "operations:set_legal_hold": "takes a form",
    "operations:lift_legal_hold": "takes a form",
    "operations:run": "needs a list: tests/operations/test_operations_retention.py",
    "operations:live": "for machines",
    "operations:ready": "for machines",
    "people:invitation": "leads on to the page that accepts",
    "openid_connect_login": "leads on to a provider",
    "openid_connect_callback": "comes from a provider",
    "mfa_login_webauthn": "takes a form",
    "mfa_authenticate": "in the journey: after a password",
    "account_reauthenticate": "in the journey: needs a password",
    "account_change_password": "in the journey: needs a password",
    "mfa_reauthenticate": "in the journey: needs a second factor",
    "mfa_reauthenticate_webauthn": "in the journey: needs a passkey",
    "mfa_deactivate_totp": "in the journey: needs a second factor",
    "mfa_view_recovery_codes": "in the journey: needs a second factor",
    "mfa_generate_recovery_codes": "in the journey: needs a second factor",
    "mfa_download_recovery_codes": "a file",
    "mfa_remove_webauthn": "in the journey: needs a passkey",
    "mfa_edit_webauthn": "in the journey: needs a passkey",
}
