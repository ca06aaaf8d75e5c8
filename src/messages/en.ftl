# The interface's own texts in English. Texts of a pack are in the pack.

## Answers and states
yes = Yes
no = No
overall = Overall
state-skipped = Skipped
state-declined = I'd rather not say
state-not-asked = Not asked
state-no-answer = No answer came with the form
state-unreadable = Could not be read
unassigned = Could not be assigned
decimal-mark = .
open-answer = [not answered yet]

## Asking
position = Question { $number } of about { $count }
follow-up = { $count ->
    [one] 1 more question.
   *[other] { $count } more questions.
}
follow-up-optional = { $count ->
    [one] 1 more question; you can skip it.
   *[other] { $count } more questions; you can skip each.
}
section-line = Part: { $section }
option-code = { $text } (code { $code })
answered-before = Your current answer: { $answer }
answered-again = A new answer replaces it. To keep it, type it again or /review.
answered-again-unread = A new answer replaces it. To leave it as it is, type /review.
first-question = This is the first question.
first-question-keys = This is the first question. To stop here, press Ctrl-C.
lines-start = Each answer is one line. /back goes back one question. /review shows all answers. /repeat asks again. /help tells you more.
typed-too-early = What was typed before this was not used.
prompt-one = Type a number
prompt-many = Type one or more numbers
prompt-yes-no = Type { $yes }, { $no }
prompt-text = Type your answer on one line
prompt-number = Type a number
prompt-date = Type a date such as 2026-11-22
prompt-quantity = Type a number, a space and the unit
prompt-ways = { $what }, /skip, /decline or /help.
prompt-ways-required = { $what } or /help.
prompt-own-words = Your own words can follow after a colon.
reply-and = and
reply-yes-no = yes y no n
echo-chosen = You chose: { $answer }
echo-typed = You typed: { $answer }
echo-skipped = You skipped this question.
echo-declined = You would rather not say.
echo-kept = Kept: { $answer }
echo-blank = Left blank.
help-one = Type the number of an option, its code, or the beginning of its text.
help-many = Type numbers of options, their codes, or the beginnings of their texts. Separate them by commas, spaces or "and".
help-own-words = Your own words can follow after a colon, as in "2: at night".
help-text = Type your answer on one line. To start it with a slash, type two.
help-repeat = /repeat asks again. This is the question:
help-menu = Type the number of a line, or the beginning of its text. /repeat reads the list again.
help-menu-back = Type the number of a line, or the beginning of its text. /repeat reads the list again, and /back goes back.
help-line = Type your reply on one line; an empty line is a reply too. /repeat asks again, and /back goes back.
help = /skip moves on without an answer. /decline means: I'd rather not say. /back returns to the previous question. /review shows all answers. None of your answers are lost.
help-required = This question needs an answer; "not sure" is fine where it is offered. /back returns to the previous question. /review shows all answers. None of your answers are lost.
choice-skip = Skip this question
choice-decline = I'd rather not say
own-words = Add details (optional):
went-back = (back)
keys-one = Up and down to move, Enter to choose, Esc to go back
keys-many = Up and down to move, Space to tick, Enter when done, Esc to go back
keys-typed = Enter to continue, or to skip if it is empty; Esc to go back; /skip or /decline (I'd rather not say)
keys-typed-required = Enter to continue, Esc to go back
keys-own-words = Press Enter to continue, or leave it blank; Esc to go back
keys-review = Up and down to move, Enter to change or finish, End to go to “finish”, Esc to go back
list-hint-one = This is a list: arrow keys, a number, then Enter.
list-hint-many = This is a list: arrow keys or a number, Space to tick, then Enter.
list-no-number = There is no number { $number } in this list.
list-unfinished = “{ $typed }” does not name one option. Type more of it, or move with the arrow keys.
list-not-ticked = “{ $option }” is not ticked. Press Space to tick it, or an arrow key to leave it, then Enter.
list-several-numbers = Several numbers were typed. Type one number, then Enter.
list-number-after-words = Something else was typed before this number. Press Enter, then type the number.
list-ticks-undone = What was ticked while typing is not ticked now.
thanks = Thank you. This is your summary:
summary-file = Please tell the staff that you have finished. Your summary is in { $count ->
    [one] this file:
   *[other] these files:
}

## Drafts: interviews that were started but not finished
choose-prompt = { $count ->
    [one] Type 1.
   *[other] Type a number from 1 to { $count }.
}
choose-prompt-listed = Type a number from the list.
keys-choose = Up and down to move, Enter to choose
draft-question = { $count ->
    [one] An interview was started but not finished. What would you like to do?
   *[other] { $count } interviews were started but not finished.{ $more } What would you like to do?
}
draft-more = {" "}Here are the { $offered } most recent. `preconsult drafts list` shows { $more } more. Resume one with `preconsult ask --resume ID`.
draft-go-on = Continue draft { $id }, started { $began } ({ $answered ->
    [one] 1 question answered
   *[other] { $answered } questions answered
}, version { $version })
draft-new = Start a new one (drafts are kept)
draft-discard = Discard draft { $id }, started { $began }
draft-discard-sure = Discard draft { $id }, started { $began }, for good? It has { $answered ->
    [one] 1 answer.
   *[other] { $answered } answers.
}
draft-discard-no = No, keep it
draft-discard-yes = Yes, discard it for good
draft-discarded = Draft { $id }, started { $began }, was discarded.
draft-old = Draft { $id }, started { $began }, is older than the clinic's limit of { $days } days and was discarded.
draft-going-on = This resumes the interview started { $began }; { $answered ->
    [one] 1 question is answered.
   *[other] { $answered } questions are answered.
}
draft-torn = The last answer was not saved completely: the program was stopped, or the disk was full. Please give that answer again.
draft-damaged = The draft is damaged from line { $line }. { $lines ->
    [one] 1 line was removed
   *[other] { $lines } lines were removed
}; all answers before it are kept. Please check them in the review.
draft-changed = The questions have changed since then, from version { $before } to version { $now }. The answers were:
draft-not-carried = These answers no longer fit and are not used:
draft-not-carried-line = { $answer } ({ $why })
draft-not-kept = Your answers cannot be saved at the moment: { $why }. The questions continue, but if the program stops, the answers from here on are lost.
draft-kept-again = Your answers are being saved again; none are missing.
draft-not-removed = The summary was written, but draft { $id } could not be removed: { $why }. Remove it with: preconsult drafts discard { $id }
draft-missing = there is no draft { $id }
draft-missing-way-out = list the drafts with `preconsult drafts list`
draft-in-use = draft { $id } is in use by an interview in progress
draft-in-use-way-out = finish or stop that interview first
draft-other-format = draft { $id } has format { $format }, from another version of this program
draft-other-format-way-out = resume it with that version
draft-sealed = draft { $id } is encrypted, and the desk is locked
draft-sealed-way-out = unlock the desk first
draft-unreadable = draft { $id } is damaged from its first line
draft-unreadable-way-out = remove it with `preconsult drafts discard { $id }`, and start with --new

## An interview that stops
stopped-label = stopped
error-label = error
hint-label = hint
stopped-at-question = at question { $number } ({ $name }); no summary was written
stopped-at-review = at the review; no summary was written
stopped-at-once = the interview was interrupted; no summary was written
stopped-before = before the first question; all drafts are kept
ended-at-question = the input ended at question { $number } ({ $name }), before /done; no summary was written
ended-at-review = the input ended at the review, before /done; no summary was written
ended-way-out = end the replies with /done, or run `preconsult summarize` on an answers file
ended-before = the input ended before the interview was chosen
ended-before-way-out = start with --new, or with --resume to continue the most recent draft
way-back = the answers are saved: continue with `{ $command }`
way-back-behind = all but the last answers are saved: continue with `{ $command }`
way-back-none = the answers could not be saved: write down what the screen shows, or answer again

## Failures, causes and hints
summary-not-written = could not write the summary in { $path }: { $why }
backup-not-written = could not write a backup in { $path }: { $why }
drafts-not-kept = could not save drafts in { $path }: { $why }
drafts-not-read = could not read the drafts in { $path }: { $why }
drafts-not-used = could not use the drafts in { $path }: { $why }
not-printed = could not write to standard output: { $why }
not-printed-way-out = check where standard output goes, and that there is free space
written-all-the-same = the file was still written: { $path }
asking-failed = could not continue the interview on the terminal: { $why }
why-missing = no such file or directory
why-denied = permission denied
why-full = no space left on device
why-read-only = read-only file system
why-a-file = that is a file
why-no-folder = there is no such folder
why-no-files = files cannot be created there
why-other-owner = it belongs to another user
why-not-a-file = it is not a regular file
way-out-missing = check the spelling, and whether it was moved
way-out-denied = check the permissions there, or choose { $elsewhere }
way-out-full = free some space, or choose { $elsewhere }
way-out-read-only = choose { $elsewhere }
way-out-folder = that is a folder: name a file
way-out-file = a part of that path is a file: name a folder
way-out-encoding = the file is not UTF-8 text: save it as UTF-8
way-out-other-owner = remove it or change its owner, or choose { $elsewhere }
way-out-not-a-file = remove it, or choose { $elsewhere }
way-out-other = try again, or choose { $elsewhere }
elsewhere = another place
elsewhere-out = another place with --out DIR
make-folder = make it with `mkdir -p { $folder }`, or { $or }
choose-out = choose another place with --out DIR
choose-setting = set `out` to another folder
name-folder-out = name a folder with --out DIR
name-folder-setting = set `out` to a folder
name-file-in-folder = name a file in a folder
see-disk = check that its disk is connected
missing-characters = note: no font has these characters, so { "\uFFFD" } is printed instead: { $listed }
missing-characters-way-out = add a font file that has them to `fonts` in the settings; other formats show them

## The printer
printer-default = the default printer
printer-sent = sent to the printer { $printer }: { $path }
printer-page-kept = { $error }; { $count ->
    [one] the page is saved
   *[other] all pages are saved
}: { $paths }
printer-not-started = could not start the print service
printer-install = install the print service (CUPS, with its `lp` command), or { $instead }
printer-by-hand = print the file yourself
printer-export = write a file with `{ $command }` and print that
printer-refused = the print service refused{ $why }
printer-choose = list the printers and the default one with `lpstat -p -d`; name one, or set the default with `lpoptions -d`

## The review
review-title = Your answers
review-done = Everything is correct: finish
review-needed = { $count ->
    [one] One question needs an answer before you can finish.
   *[other] { $count } questions need an answer before you can finish.
}
review-open = { $count ->
    [one] One question has no answer yet; it would count as not asked.
   *[other] { $count } questions have no answer yet; they would count as not asked.
}
review-rest = Nothing else has changed; /repeat reads all answers.
review-prompt = Type /done to finish, or the number of an answer to change it.
help-review = /done finishes. A number opens that question again. /back returns to the last question. /repeat reads the answers again.
required-open = This question still needs an answer.

## Rejected input: the problem and its correction
refused-empty = Nothing was typed. Type an answer.
refused-empty-choice = Nothing was chosen. Choose at least one option.
refused-empty-one = Nothing was chosen. Choose one option.
refused-empty-one-or-skip = Nothing was chosen. Choose one option, or type /skip to go on without one.
refused-empty-or-skip = Nothing was typed. Type an answer, or /skip to go on without one.
refused-empty-choice-or-skip = Nothing was chosen. Choose at least one option, or type /skip to go on without one.
refused-empty-one-or-skip-option = Nothing was chosen. Choose one option, or “{ $skip }”.
refused-empty-choice-or-skip-option = Nothing was chosen. Choose at least one option, or “{ $skip }”.
refused-empty-or-skip-option = Nothing was typed. Type an answer, or choose “{ $skip }”.
refused-no-choice = Nothing was chosen. Arrow keys or a number, then Enter.
refused-nothing-at-review = Nothing was chosen. Press End and Enter to finish, or go to an answer to change it.
refused-no-tick = Nothing was ticked. Tick an option with Space, then press Enter.
refused-no-tick-or-skip = Nothing was ticked. Tick an option with Space, then press Enter. To go on without an answer, tick “{ $skip }”.
refused-empty-review = Nothing was typed.
refused-required = This question needs an answer and cannot be skipped.
refused-only-one = Only one option is allowed here. Choose one.
refused-not-offered = “{ $option }” does not apply to your other answers. Leave it out.
refused-exclusive = “{ $option }” cannot be combined with other options. Choose it alone, or leave it out.
refused-skip-alone = You ticked “{ $ticked }” and something else. Untick one of them with Space.
refused-too-long = The text has { $length } characters; the limit is { $limit }. Please shorten it.
refused-no-text = Only the listed options can be chosen here; you cannot add your own words.
refused-wrong-kind = This kind of answer does not fit the question.
refused-between = Give a value from { $from } to { $to }.
refused-from = Give a value of { $from } or more.
refused-to = Give a value of { $to } or less.
refused-decimals = { $decimals ->
    [0] Whole numbers only.
    [one] At most one digit after the point.
   *[other] At most { $decimals } digits after the point.
}
refused-number = That is not a number. Type digits, such as 12 or 7.5.
refused-date = That is not a date. Type year, month and day, such as 2026-11-22.
refused-quantity = Type a number, a space and the unit, such as 12 cm.
refused-option = There is no option “{ $typed }”. { $count ->
    [one] Type 1, or the beginning of the option.
   *[other] Type a number from 1 to { $count }, or the beginning of an option.
}
refused-yes-no = “{ $typed }” is no answer here. Type { $yes } or { $no }.
refused-ambiguous = Several options begin with “{ $typed }”: { $options }. Type more of it, or the number.
refused-command-choice = There is no command “{ $command }”. Type /help to see what you can type.
refused-done = You can type /done once you have looked at all your answers. Type /review to see them.
refused-command = There is no command “{ $command }”. To start a text with a slash, type it twice.
refused-command-here = “{ $command }” works only at the question. Press Esc to return to it.
refused-choose = “{ $typed }” is not one of the choices.
refused-review = { $count ->
    [one] Type /done, or 1.
   *[other] Type /done, or a number from 1 to { $count }.
}
refused-line = line { $line } was refused { $place }, and no summary was written. { $reason }
refused-at-question = at question { $number } ({ $name })
refused-at-review = at the review
refused-line-way-out = correct line { $line } and run it again
refused-not-utf8 = That is not UTF-8 text. Please type it again.
refused-long-line = That line is longer than any answer. Please type a shorter one.
refused-cut-off = The input ended in the middle of a line, so that line was ignored.

## The page
page-of = Page { $page } of { $pages }
quote-open = “
quote-close = ”
question = Question
answer = Answer
notes = Notes
open = not known: not sure, skipped, rather not say, not asked, or not readable.
form-title = Blank form
copy-patient = Patient's copy
copy-clinician = Clinician's copy
field-name = Name
field-birth = Date of birth
field-label = Label
field-signature = Signature
field-date = Date
field-filled-in-by = Filled in by
filled-in-by-patient = patient
filled-in-by-staff = staff
filled-in-by-together = both together
heading-notice = About this form
heading-told-clinician = What the patient told us
heading-told = What you told us
heading-short = In short
short-concerns = You came about
short-covered = The source speaks of
short-limited = With a limit, see below
short-editorial = We linked to it ourselves
short-general = The source in general
short-general-text = All that it speaks of is shown below.
short-not-covered = The source does not cover
short-keep-in-mind = Keep in mind
heading-benefits = What the source says
heading-procedure = What the treatment is
heading-overview = What the source says in general
heading-not-covered = Not covered by the source
heading-caveats = Keep this in mind
heading-recorded = Your other answers
heading-recorded-clinician = Noted for the professional
heading-page = The printed page
heading-steps = Your next steps
step-read = Read your answers below. Tell the staff if one is wrong, or if something worries you.
step-tick = Tick the questions that you want to ask, and write down your own.
step-take = Take this page with you to your visit.
heading-to-ask = Questions you can ask
heading-to-ask-clinician = Questions the patient can ask
heading-questions = Your own questions
heading-questions-clinician = The patient's own questions
because = Because you chose
because-clinician = Because the patient chose
because-all = Each of these, because you chose
because-all-clinician = Each of these, because the patient chose
word-meaning = What { quote-open }{ $word }{ quote-close } means: { $text }
editorial-note = We made this link, and the source does not speak of this concern.
language-note = { $tag ->
    [en] These words are in English, just as they were written.
    [es] These words are in Spanish, just as they were written.
   *[other] These words are in another language than this page, just as they were written.
}
source-unnamed = not named
not-declared = not declared
footer-declared = This form: published { $published }; kept up to date: { $policy }; paid for by: { $funding }; interests: { $interests }.
source-kind-article = A general article
source-kind-book = A book
source-kind-guideline = A clinical guideline
source-kind-leaflet = Information for patients
source-kind-review = A review of studies
source-kind-study = A study
source-kind-none = Its kind is not declared
footer-source = Source [{ $id }]: { $title }. { $kind }. Author { $author }, publisher { $publisher }, date { $published }.
footer-source-anonymous = Source [{ $id }]: { $title }. { $kind }; it names no author, publisher or date.
footer-undeclared = This form: when it came out, its upkeep, funding and interests are not declared.
footer-reviewed = Reviewed by { $by } on { $on }.
footer-not-reviewed = Not yet reviewed by a clinician.
footer-review-overdue = A review was due on { $due } and has not been recorded.
footer-review-overdue-sentence = A review was due on { $due } and has not been recorded. It is the one of this text: { quote-open }{ $sentence }{ quote-close }
month = { $month ->
     [1] January
     [2] February
     [3] March
     [4] April
     [5] May
     [6] June
     [7] July
     [8] August
     [9] September
     [10] October
     [11] November
    *[12] December
}
date = { $month } { $day }, { $year }

## The blank form
form-how = Tick or write with a pen. Where the marks are round, tick one; where they are square, tick all that fit. Questions with a star (*) need an answer; you may leave any other one empty.
form-one = Tick one.
form-many = Tick all that fit.
form-write = Write here.
form-number = Write a number.
form-date = Write the day, the month and the year.
form-each = Each one that you ticked in question { $number }
form-each-row = Ticked in question { $number }
form-each-full = If you ticked more than { $rows }, please answer for the others on one more sheet.
form-own-words = In your own words, if you like:
form-branch = Only if { $condition }.
form-branch-part = Fill in this part only if { $condition }.
form-not-ticked = you did not tick { $option } in question { $number }
form-ticked = you ticked { $option } in question { $number }
form-quoted = “{ $text }”
form-answered = you answered question { $number }
form-unanswered = you left question { $number } empty
form-less = your answer to question { $number } is less than { $value }
form-at-most = your answer to question { $number } is { $value } or less
form-more = your answer to question { $number } is more than { $value }
form-at-least = your answer to question { $number } is { $value } or more
form-and = {" "}and{" "}
form-or = {" "}or{" "}

## The front desk
line-before = Leave it blank to keep: { $before }
desk-title = Front desk
desk-clinic-folder = Clinic: { $folder }
desk-locked = Locked. You can start new intakes but not open old ones.
desk-unlocked = Unlocked for { $who }.
desk-today = Today: { $started } in progress, { $finished } finished, { $printed } printed.
desk-in-browsers = In browsers: { $waiting } waiting, { $answering } answering.
desk-cleared-idle = The screen was cleared because no key was pressed for a while.
desk-cleared-stopped = The screen was cleared, and the desk is locked.
desk-cleared-kept = All answers so far are saved. Please tell the staff.
desk-cleared-behind = The last answers could not be saved. Please tell the staff.
desk-menu = What would you like to do?
desk-new = New intake
desk-list = Today's intakes
desk-print-handed-in = { $count ->
    [one] Print the one that was handed in
   *[other] Print the { $count } that were handed in
}
desk-search = Find by label, any day
desk-unlock = Unlock
desk-lock = Lock
desk-quit = Leave the desk
desk-back = Back
desk-label = Name or code (optional):
desk-language = In which language?
desk-fills = Who fills it in?
desk-fills-patient = The patient
desk-fills-staff = The staff
desk-fills-together = Both together
desk-where = Where is it filled in?
desk-on-screen = On this screen
desk-on-tablet = On a tablet
desk-on-phone = On the patient's phone
desk-scan = Scan this with the phone's camera.
desk-open-address = Open this address:
desk-type-code = Type this code there:
desk-opens-until = The code opens until { $time }.
desk-only-here = Only a browser on this machine can open this address. For tablets and phones, start preconsult serve with --listen, --tls-cert and --tls-key.
desk-qr-too-small = This window is too small for the QR code. Make it larger, then choose "Look again".
desk-look-again = Look again
desk-code-waits = { $minutes ->
    [one] Waiting for the patient to begin: 1 minute left
   *[other] Waiting for the patient to begin: { $minutes } minutes left
}
desk-code-expired = The code has expired. Today's intakes can give it out again.
desk-code-used = The interview has begun.
desk-code-used-at = The interview has begun: question { $number } of about { $count }.
desk-code-handed-in = The interview is handed in.
desk-code-over = This code opens no more.
desk-hand-over = Please hand the device to the patient.
desk-ready = Are you ready? The clinic's staff can read your answers.
desk-ready-yes = Yes, begin
desk-not-begun = The questions will not start now. Please give the device back to the staff.
desk-thanks = Thank you. Your answers are saved and no longer shown here. Please give the device back to the staff.
desk-stopped = The questions have stopped, and your answers so far are saved. Please give the device back to the staff.
desk-thanks-unsaved = Thank you, that was the last question. Your answers are not saved yet. Please give the device back to the staff now.
desk-stopped-unsaved = The questions have stopped. Your answers are not saved yet. Please give the device back to the staff now.
desk-unsaved = The answers of intake { $number } are not saved yet. They are only in this device's memory: do not switch it off.
desk-not-kept = The answers cannot be saved at the moment: { $why }.
desk-try-again = Try again
desk-go-on-later = Leave it for now: all answers are saved, and the interview can be resumed later
desk-give-up = Discard the answers that are not saved
desk-given-back = The staff has the device
desk-finished = Intake { $number } is finished.
desk-begun = Intake { $number } is saved and can be resumed later.
desk-name = Your name or initials, for the audit log:
desk-name-is-passphrase = The passphrase was typed as the name, where others could read it. It was not saved. Unlock again; if someone may have seen it, change the passphrase.
desk-passphrase = Passphrase of the clinic:
desk-wait = Wrong passphrase. You can try again in { $seconds ->
    [one] 1 second.
   *[other] { $seconds } seconds.
}
desk-none = There are no intakes today.
desk-none-found = No match.
desk-which = Which intake?
desk-list-locked = To resume or open one of these, unlock the desk first.
desk-line = Intake { $number }, { $time }, { $state }
desk-state-invited = invited
desk-state-started = in progress
desk-state-finished = finished
desk-state-printed = printed
desk-in-use = being answered now
desk-can-go-on = can be resumed
desk-minutes-left = { $minutes ->
    [one] 1 minute left
   *[other] { $minutes } minutes left
}
desk-expired = the code has expired
desk-taken-back = taken back
desk-answering = question { $number } of about { $count }
desk-stopped-at = stopped at question { $number } of about { $count }
desk-go-on = Resume the interview
desk-show = Show it
desk-print = Print it
desk-export = Save it to a file
desk-correct = Correct it
desk-delete = Delete it
desk-invite-again = Give the code out again
desk-withdraw = Take the invitation back
desk-withdraw-begun = Take the invitation of intake { $number } back? Its browser cannot continue; the saved answers are kept.
desk-withdraw-not-begun = Take the invitation of intake { $number } back? Nothing is answered yet, so the intake is deleted.
desk-withdraw-no = No, leave it
desk-withdraw-yes = Yes, take it back
desk-withdrawn = The invitation of intake { $number } is taken back. The answers so far are kept.
desk-withdrawn-deleted = The invitation is taken back. Intake { $number } is deleted.
desk-relabel = Change the name or code
desk-relabelled = The name or code is changed.
desk-copy = Which copy?
desk-copy-large = Large print: patient's copy
desk-copy-both = Both copies
desk-format = In which format?
desk-folder = In which folder?
desk-why = Why?
desk-why-needed = Please give a reason. It is kept, encrypted, in the audit log.
desk-delete-sure = Delete intake { $number } and its files for good?
desk-delete-no = No, keep it
desk-delete-yes = Yes, delete it for good
desk-corrected = Intake { $number } is now at version { $version }; the previous version is kept.
desk-correction-same = Nothing was changed: these answers are already saved.
desk-correction-kept = Nothing has changed yet. The correction is saved; choose it again to continue.
desk-printed = Sent to the printer { $printer }.
desk-printed-several = { $count ->
    [one] Sent to the printer { $printer }: intake { $intakes }.
   *[other] Sent to the printer { $printer }: intakes { $intakes }.
}
desk-not-printed = Intake { $number } could not be printed: { $why }
desk-written = Written: { $path }
desk-draft-in-use = That interview is in progress at the moment.
desk-draft-gone = There are no answers to resume; start a new intake.
desk-draft-damaged = The saved answers of that interview cannot be read.
desk-key-changed = The clinic's key was changed at another desk. Lock this desk, then unlock it again.
desk-piece = Page { $piece } of { $pieces }
desk-next = Next page
desk-previous = Previous page

## In a browser
language-name = English
serve-language = Language
serve-start = Start
serve-resume = Continue it
serve-continue = Continue
serve-back = Back
serve-or = or
serve-many = You can choose more than one.
serve-limit = At most { $limit } characters.
serve-characters-left = Characters left: { $count }
serve-error-title = Error: { $title }
serve-error-heading = There is a problem
serve-change = Change
serve-finish = Finish and hand in
serve-text-larger = Larger text
serve-text-ordinary = Ordinary text
serve-not-saved = Your answer could not be saved. Please tell the staff, and press Continue again. The answers before it are saved.
serve-not-handed-in = Your answers could not be handed in. They are saved. Please tell the staff.
serve-code-shown = Your return code:
serve-code-why = If nothing happens here for { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}, this page locks. With the code you can continue. Please keep it in mind or write it down.
serve-locked-title = This page is locked
serve-locked = Nothing happened here for a while. Your answers are saved and no longer shown here.
serve-code = Your return code
serve-code-help = It was shown when you started. If you do not have it, ask the staff.
serve-code-wrong = That is not your return code. Check it, and type it again.
serve-code-paused = That was not your return code. Wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
} before you try again, or ask the staff.
serve-in-use = The staff is continuing this interview on another screen.
serve-still-title = Are you still there?
serve-still = This page locks in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}. Your answers stay saved.
serve-still-here = I am still here
serve-done-title = Thank you. You have finished.
serve-done-next = Your answers are handed in. Your professional will look at them with you.
serve-done-device = Please give the device back, and tell the staff that you have finished.
serve-next-patient = Next patient
serve-invitation = Your code
serve-invitation-help = You got it at the front desk. It has six letters and digits.
serve-invitation-missing = Type the code that you got at the front desk.
serve-invitation-unknown = This code does not fit. Check it, and type it again.
serve-invitation-spent = This code was used already, on this or another device. Please ask the front desk for a new one.
serve-invitation-expired = This code is too old. Please ask the front desk for a new one.
serve-invitation-paused = Too many wrong codes were typed. Wait { $seconds } seconds, or ask the front desk.
serve-invitation-at-desk = This interview can continue only at the front desk. Please ask the staff. Your answers are saved.
serve-invitation-not-stored = The interview cannot begin, because it could not be saved. Please tell the staff.
serve-full = Too many interviews are open at the moment. Please ask the staff.
serve-missing = This page does not exist
serve-to-start = Go to the start

## A certificate for tablets
certificate-new = { $folder } has a certificate for { $hosts }. It can be used until { $date }. It comes from a new authority, "{ $name }". Each tablet has to trust it once. Keep the files that end in .key secret, and never put them on a tablet.
certificate-again = { $folder } has a new certificate for { $hosts }. It can be used until { $date }. It comes from the same authority, "{ $name }". On tablets that trust it there is nothing to do. Restart the server, so that it uses the new one.
certificate-start = This starts the server; add the options that you use otherwise:
certificate-devices = On each tablet, do this once. It lasts until { $date }. First bring the file { $file } to the tablet: by e-mail, AirDrop or a USB stick. The file is not secret.
certificate-ipad =
    iPad or iPhone
    1) Open the file in Mail or Files; a message says that a profile was downloaded
    2) Settings > Profile Downloaded > Install; compare the name: { $name }
    3) Settings > General > About > Certificate Trust Settings; switch on { $name }
    4) Open { $address } in Safari; there must be no warning
certificate-android =
    Android tablet or phone
    1) Open Settings, and search for "CA certificate"
    2) CA certificate > Install anyway; choose the file (Android may ask for a screen lock first)
    3) Open { $address } in Chrome; there must be no warning
certificate-windows =
    Windows tablet or PC
    1) Double-click the file > Install Certificate > Local Machine
    2) Place all certificates in the following store > Trusted Root Certification Authorities
    3) Compare the name, { $name }, and confirm; restart the browser
    4) Open { $address } in Edge or Chrome; there must be no warning
certificate-linux =
    Linux with Chromium
    1) Install certutil, from the package libnss3-tools or nss-tools; close Chromium
    2) Run this in the folder of the file:

       mkdir -p $HOME/.pki/nssdb
       certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n "{ $name }" -i authority.cer

    3) Open { $address } in Chromium; there must be no warning
