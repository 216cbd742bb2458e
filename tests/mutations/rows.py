"""Each row of the failure list with ways to break what it is about, and the tests that have to notice."""

from __future__ import annotations

from dataclasses import dataclass

PHONE, JS = "tests/browser/phone", "static/js/phone"


@dataclass(frozen=True, slots=True)
class Mutation:
    """`old` stands once in the file, and is put out of action by `new`."""

    row: int
    file: str
    old: str
    new: str
    test: str


MUTATIONS = [
    Mutation(
        1,
        f"{JS}/app.js",
        "    await state.person.add(entry);\n",
        "",
        f"{PHONE}/test_network.py::test_an_entry_of_a_phone_without_a_network_outlives_a_reload_and_goes_once_it_is_back",
    ),
    Mutation(
        1,
        f"{JS}/worker.js",
        "  if (kept) return kept;\n",
        "",
        f"{PHONE}/test_network.py::test_an_entry_of_a_phone_without_a_network_outlives_a_reload_and_goes_once_it_is_back",
    ),
    Mutation(
        2,
        f"{JS}/answers.js",
        '"duplicate", ',
        "",
        f"{PHONE}/test_network.py::test_an_answer_that_is_lost_after_the_entry_was_stored_leaves_one_row",
    ),
    Mutation(
        2,
        "tracker/actions/intake.py",
        "same_id=_known(same) if same else None,",
        "same_id=None,",
        "tests/api/test_sync.py::test_a_batch_sent_again_after_a_lost_answer_changes_nothing",
    ),
    Mutation(
        2,
        "tracker/actions/intake.py",
        "current = day.current if day else None\n            return",
        "current = same\n            return",
        "tests/api/test_sync.py::test_what_is_sent_again_is_answered_with_the_entry_that_stands_where_that_is_another",
    ),
    Mutation(
        3,
        "tracker/domain/sync.py",
        "Verdict.DUPLICATE if is_same else Verdict.ID_REUSED",
        "Verdict.DUPLICATE",
        "tests/actions/test_diary.py::test_an_id_that_returns_with_other_scores_is_refused_and_the_first_stays",
    ),
    Mutation(
        3,
        "tracker/actions/intake.py",
        "statements.ENTRIES.rows(patient_id=self.patient.pk, ",
        "statements.ENTRIES.rows(",
        "tests/actions/test_diary.py::test_another_patients_entry_with_the_same_id_is_no_duplicate",
    ),
    Mutation(
        6,
        f"{JS}/answers.js",
        '"invalid", ',
        "",
        f"{PHONE}/test_network.py::test_an_entry_that_no_server_takes_asks_for_its_author_and_holds_back_no_other",
    ),
    Mutation(
        6,
        f"{JS}/app.js",
        "state.person.remove(entry.client_id).then(refresh)",
        "refresh()",
        f"{PHONE}/test_network.py::test_an_entry_that_no_server_takes_asks_for_its_author_and_holds_back_no_other",
    ),
    Mutation(
        7,
        f"{JS}/sending.js",
        'if (!session.may_send) return "signed out";',
        'if (!session.may_send) return "unreachable";',
        f"{PHONE}/test_people.py::test_a_phone_whose_session_is_gone_keeps_what_it_logs_until_somebody_signs_in",
    ),
    Mutation(
        14,
        "tracker/web/actors.py",
        '\'"cache", "storage"\'',
        "'\"cache\"'",
        f"{PHONE}/test_privacy.py::test_after_signing_out_nothing_of_the_diary_is_left_on_the_disk",
    ),
    Mutation(
        14,
        f"{JS}/leave.js",
        "      onset.first.forget();\n",
        "",
        f"{PHONE}/test_first_paint.py::test_a_page_of_the_servers_and_signing_out_without_a_network_forget_it",
    ),
    Mutation(
        22,
        f"{JS}/sending.js",
        "    if (session.owner) await store.setHolder(session.owner);\n",
        "",
        f"{PHONE}/test_room.py::test_a_browser_that_cleared_the_store_gets_the_days_back_from_the_server",
    ),
    Mutation(
        22,
        f"{JS}/store.js",
        "const forgetFacts = () => { factsOpen = undefined; };",
        "const forgetFacts = () => {};",
        f"{PHONE}/test_store.py::test_a_store_that_another_tab_took_away_is_opened_anew",
    ),
    Mutation(
        23,
        f"{JS}/start.js",
        " && self.indexedDB",
        "",
        f"{PHONE}/test_without.py::test_without_a_store_each_page_is_the_servers[absent]",
    ),
    Mutation(
        23,
        f"{JS}/worker.js",
        '(await onset.store.fact("leaving").catch(() => false))',
        '(await onset.store.fact("leaving"))',
        f"{PHONE}/test_without.py::test_without_a_store_each_page_is_the_servers[refused]",
    ),
    Mutation(
        23,
        f"{JS}/app.js",
        "onset.app.start().catch(() => location.replace(`${location.pathname}?plain`));",
        "onset.app.start();",
        f"{PHONE}/test_without.py::test_a_page_that_may_not_open_the_store_any_more_gives_way_to_the_servers",
    ),
    Mutation(
        24,
        f"{JS}/worker.js",
        'self.addEventListener("install", (event) => event.waitUntil(install()));',
        'self.addEventListener("install", (event) => { self.skipWaiting(); event.waitUntil(install()); });',
        f"{PHONE}/test_releases.py::test_a_new_release_waits_for_a_tap_and_half_filled_forms_in_two_tabs_outlive_it",
    ),
    Mutation(
        24,
        f"{JS}/today.js",
        "half ? sessionStorage.setItem(HALF, JSON.stringify(half)) : ",
        "half || ",
        f"{PHONE}/test_releases.py::test_a_new_release_waits_for_a_tap_and_half_filled_forms_in_two_tabs_outlive_it",
    ),
    Mutation(
        25,
        f"{JS}/worker.js",
        "if (!answer.ok || answer.redirected)",
        "if (answer.redirected)",
        f"{PHONE}/test_releases.py::test_a_release_that_cannot_be_kept_whole_is_not_kept_and_the_one_before_lives[with_broken_file]",
    ),
    Mutation(
        25,
        f"{JS}/worker.js",
        "    await caches.delete(NAME); // half a release is none; the one before goes on\n",
        "",
        f"{PHONE}/test_releases.py::test_a_release_that_cannot_be_kept_whole_is_not_kept_and_the_one_before_lives[with_broken_file]",
    ),
    Mutation(
        26,
        f"{JS}/store.js",
        "          request.result.close();\n",
        "",
        f"{PHONE}/test_store.py::test_an_old_page_does_not_hold_up_a_later_store_and_gives_way_to_the_servers_pages",
    ),
    Mutation(
        26,
        f"{JS}/worker.js",
        "(await shell().catch(() => undefined))",
        "(await shell())",
        f"{PHONE}/test_store.py::test_an_old_page_does_not_hold_up_a_later_store_and_gives_way_to_the_servers_pages",
    ),
    Mutation(
        26,
        f"{JS}/sending.js",
        'const isReady = (entry) => entry.state === "waiting"',
        'const isReady = (entry) => entry.v === 1 && entry.state === "waiting"',
        f"{PHONE}/test_store.py::test_an_entry_that_an_older_or_later_release_wrote_is_sent_all_the_same",
    ),
    Mutation(
        27,
        f"{JS}/removed.js",
        "  await onset.sending.flush().catch(() => {});\n",
        "",
        f"{PHONE}/test_releases.py::test_a_worker_that_is_switched_off_sends_what_waits_and_leaves_the_servers_pages",
    ),
    Mutation(
        27,
        f"{JS}/removed.js",
        "  if (await isWaiting().catch(() => false)) return;\n",
        "",
        f"{PHONE}/test_releases.py::test_a_worker_that_is_switched_off_while_the_server_is_down_stays_for_what_waits",
    ),
    Mutation(
        28,
        f"{JS}/days.js",
        "if (hour < NIGHT_ENDS)",
        "if (false)",
        f"{PHONE}/test_clocks.py::test_at_a_quarter_past_one_the_day_that_just_ended_is_asked_about_first",
    ),
    Mutation(
        28,
        f"{JS}/days.js",
        "const NIGHT_ENDS = 4;",
        "const NIGHT_ENDS = 5;",
        f"{PHONE}/test_vectors.py::test_a_browser_offers_the_same_days_as_the_server",
    ),
    Mutation(
        29,
        f"{JS}/app.js",
        'document.visibilityState === "visible" && refresh().then(touch)',
        'document.visibilityState === "visible" && touch()',
        f"{PHONE}/test_clocks.py::test_a_page_left_open_over_night_asks_about_the_new_day",
    ),
    Mutation(
        29,
        f"{JS}/app.js",
        "(isTouched() ? showContact() : render())",
        "render()",
        f"{PHONE}/test_clocks.py::test_a_form_that_was_begun_before_midnight_is_saved_for_the_day_it_names",
    ),
    Mutation(
        30,
        f"{JS}/days.js",
        'timeZone: known(zone), hourCycle: "h23", calendar',
        'timeZone: undefined, hourCycle: "h23", calendar',
        f"{PHONE}/test_clocks.py::test_on_a_journey_the_zone_of_home_says_what_day_it_is",
    ),
    Mutation(
        32,
        f"{JS}/days.js",
        "    } catch {\n      return undefined;",
        "    } catch (unknown) {\n      throw unknown;",
        f"{PHONE}/test_vectors.py::test_a_zone_that_a_browser_does_not_know_gives_way_to_its_own",
    ),
    Mutation(
        33,
        "tracker/domain/study_days.py",
        "Timing.LATE if days_after <= rules.late_days else Timing.RECALLED",
        "Timing.LATE",
        "tests/actions/test_diary.py::test_two_days_later_is_late_and_scored_three_days_later_is_recalled_and_not",
    ),
    Mutation(
        33,
        "tracker/actions/intake.py",
        "if change.day < self.earliest:",
        "if False:",
        "tests/actions/test_diary.py::test_a_change_that_can_never_be_right_names_its_field_and_holds_back_no_other",
    ),
    Mutation(
        33,
        "tracker/actions/intake.py",
        "if is_future(change.day, now=arrival.at, zone=self.zone):",
        "if False:",
        "tests/actions/test_diary.py::test_a_change_that_can_never_be_right_names_its_field_and_holds_back_no_other",
    ),
    Mutation(
        34,
        f"{JS}/worker.js",
        "return fetch(request).catch(() => caches.match(OFFLINE));",
        "return fetch(request);",
        f"{PHONE}/test_without.py::test_a_page_that_is_not_kept_says_that_it_needs_a_network_and_leads_to_the_diary",
    ),
    Mutation(
        35,
        f"{JS}/worker.js",
        "if (!answer.ok || answer.redirected)",
        "if (!answer.ok)",
        f"{PHONE}/test_releases.py::test_a_release_that_cannot_be_kept_whole_is_not_kept_and_the_one_before_lives[with_redirect]",
    ),
    Mutation(
        36,
        "tracker/web/app_shell.py",
        "language = get_language() or settings.LANGUAGE_CODE",
        "language = settings.LANGUAGE_CODE",
        f"{PHONE}/test_without.py::test_another_language_comes_like_a_new_release_and_is_there_without_a_network",
    ),
    Mutation(
        36,
        "tracker/web/app_shell.py",
        "if language not in dict(settings.LANGUAGES):",
        "if False:",
        f"{PHONE}/test_without.py::test_a_language_that_nobody_offers_has_no_page",
    ),
    Mutation(
        37,
        f"{JS}/app.js",
        '    addEventListener("pageshow", (event) => event.persisted && touch());\n',
        "",
        f"{PHONE}/test_without.py::test_a_page_that_comes_back_from_the_browsers_memory_sends_what_waits",
    ),
    Mutation(
        41,
        "static/css/components/app.css",
        ".contact { margin-block-end",
        ".contact { min-inline-size: 30rem; margin-block-end",
        f"{PHONE}/test_modes.py::test_every_view_of_the_app_is_whole_in_every_mode",
    ),
    Mutation(
        42,
        "templates/patient/entry_form.html",
        "  {% csrf_token %}\n",
        "",
        f"{PHONE}/test_without.py::test_without_scripts_a_form_goes_to_the_server",
    ),
]
