# The interface's own words in English. What a pack says stands in the pack.

## Answers and states
yes = Yes
no = No
overall = Overall
state-skipped = Skipped
state-declined = I'd rather not say
state-not-asked = Not asked
open-answer = [not answered yet]

## Asking
position = Question { $number } of about { $count }
section-line = Part: { $section }
option-line = { $number }. { $text } (or type { $code })
answered-before = Your answer until now: { $answer }
answered-again = A new reply takes its place. To keep it, type it again, or type /review.
first-question = This is the first question.
prompt-one = Type the number or the word of your choice.
prompt-many = Type the numbers or the words of your choices, with commas between.
prompt-one-text = Type the number or the word of your choice. To add your own words, type a colon and then the words.
prompt-many-text = Type the numbers or the words of your choices, with commas between. To add your own words, type a colon and then the words.
prompt-text = Type your answer on one line.
prompt-number = Type a number.
prompt-date = Type a date as year, month and day, such as 2026-11-22.
prompt-quantity = Type a number, a space and the unit.
prompt-ways = Or type /skip, /decline, /back, /review or /help.
prompt-ways-required = This question needs an answer. Or type /back, /review or /help.
help = /skip goes on without an answer. /decline means: I'd rather not say. /back shows the question before. /review shows all answers. Nothing you have answered is lost.
help-required = This question needs an answer; "not sure" is fine where it is offered. /back shows the question before. /review shows all answers. Nothing you have answered is lost.
choice-skip = Skip this question
choice-decline = I'd rather not say
own-words = Your own words, if you like:
went-back = (back)
keys-one = Up and down to move, Enter to choose, Esc to go back
keys-many = Up and down to move, Space to tick, Enter when done, Esc to go back
keys-typed = Enter to go on, Esc to go back, or type /skip or /decline
keys-typed-required = Enter to go on, Esc to go back
keys-own-words = Enter to go on, also with nothing; Esc to go back
keys-review = Up and down to move, Enter to change or finish, Esc to go back
thanks = Thank you. This is your summary:
summary-file = Please tell the staff that you have finished. Your summary is in { $count ->
    [one] this file:
   *[other] these files:
}

## Drafts: interviews that were begun and not finished
choose-prompt = { $count ->
    [one] Type 1.
   *[other] Type a number from 1 to { $count }.
}
keys-choose = Up and down to move, Enter to choose
draft-question = { $count ->
    [one] An interview was begun and not finished. What would you like to do?
   *[other] { $count } interviews were begun and not finished.{ $more } What would you like to do?
}
draft-more = {" "}Here are the { $offered } begun last; `preconsult drafts list` shows { $more } more, and `preconsult ask --resume ID` goes on with one.
draft-go-on = Go on with draft { $id }, begun { $began } ({ $answered ->
    [one] 1 question answered
   *[other] { $answered } questions answered
}, version { $version })
draft-new = Start anew; what was begun is kept
draft-discard = Discard draft { $id }, begun { $began }
draft-discard-sure = Discard draft { $id }, begun { $began }, for good? It has { $answered ->
    [one] 1 answer.
   *[other] { $answered } answers.
}
draft-discard-no = No, keep it
draft-discard-yes = Yes, discard it for good
draft-discarded = Draft { $id }, begun { $began }, is discarded.
draft-old = Draft { $id }, begun { $began }, is older than the { $days } days that the clinic keeps things, and is discarded.
draft-going-on = Going on with the interview begun { $began }; { $answered ->
    [one] 1 question has its answer.
   *[other] { $answered } questions have their answers.
}
draft-torn = The last answer was not written whole: the program was stopped, or the disk was full. That one is not here; please give it again.
draft-damaged = The draft is damaged from line { $line } on. { $lines ->
    [one] 1 line was cut out
   *[other] { $lines } lines were cut out
}; every answer before that is here. Please look at the answers in the review.
draft-changed = The questions have changed since then: version { $before } was asked, this is version { $now }. The answers were:
draft-not-carried = These do not fit any more, and are not carried over:
draft-not-carried-line = { $answer } ({ $why })
draft-not-kept = Your answers cannot be kept at the moment: { $why }. The questions go on, but if the program is stopped, the answers from here on are lost.
draft-kept-again = Your answers are kept again, all of them.
draft-not-removed = The summary is written, but the draft { $id } could not be removed: { $why }. Remove it with: preconsult drafts discard { $id }
draft-missing = there is no draft { $id }
draft-missing-way-out = see which there are with `preconsult drafts list`
draft-in-use = the draft { $id } is in use: its interview is going on
draft-in-use-way-out = finish or stop that interview first
draft-other-format = the draft { $id } has format { $format }, of another version of this program
draft-other-format-way-out = go on with it in that version
draft-sealed = the draft { $id } is sealed, and the desk is locked
draft-sealed-way-out = unlock the desk first
draft-unreadable = the draft { $id } is damaged from its first line on
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
ended-way-out = end the replies with /done, or let `preconsult summarize` read an answers file
ended-before = the input ended before the interview was chosen
ended-before-way-out = start with --new, or with --resume to go on with the draft begun last
way-back = the answers are kept: go on with `{ $command }`
way-back-behind = the answers up to the last ones are kept: go on with `{ $command }`
way-back-none = the answers could not be kept: note down what the screen shows, or give them again

## What could not be done, why, and the way out
summary-not-written = could not write the summary in { $path }: { $why }
backup-not-written = could not write a backup in { $path }: { $why }
drafts-not-kept = could not keep drafts in { $path }: { $why }
drafts-not-read = could not read the drafts in { $path }: { $why }
drafts-not-used = could not use the drafts in { $path }: { $why }
not-printed = could not write to standard output: { $why }
not-printed-way-out = look at what standard output goes to, and whether there is room
written-all-the-same = written all the same: { $path }
asking-failed = could not go on asking on the terminal: { $why }
why-missing = no such file or directory
why-denied = permission denied
why-full = no space left on device
why-read-only = read-only file system
why-a-file = that is a file
why-no-folder = there is no such folder
why-no-files = the system makes no files there
way-out-missing = look at the spelling, and whether it has been moved
way-out-denied = look at who may read and write there, or choose { $elsewhere }
way-out-full = free some space, or choose { $elsewhere }
way-out-read-only = choose { $elsewhere }
way-out-folder = that is a folder: name a file
way-out-file = a part of that path is a file: name a folder
way-out-encoding = the file is not UTF-8 text: save it as UTF-8
way-out-other = try again, or choose { $elsewhere }
elsewhere = another place
elsewhere-out = another place with --out DIR
make-folder = make it with `mkdir -p { $folder }`, or { $or }
choose-out = choose another place with --out DIR
choose-setting = let `out` name another folder
name-folder-out = name a folder with --out DIR
name-folder-setting = let `out` name a folder
name-file-in-folder = name a file in a folder
see-disk = see whether the disk is there on which it is to be
missing-characters = note: no font has these characters, and { "\uFFFD" } stands for each: { $listed }
missing-characters-way-out = name a font file that has them in `fonts` of the settings; other formats show them

## The printer
printer-default = the default printer
printer-sent = sent to the printer { $printer }: { $path }
printer-page-kept = { $error }; { $count ->
    [one] the page is kept
   *[other] every page is kept
}: { $paths }
printer-not-started = could not start the print service
printer-install = install the print service (CUPS, with its `lp` command), or { $instead }
printer-by-hand = print the file yourself
printer-export = write a file with `{ $command }` and print that
printer-refused = the print service refused{ $why }
printer-choose = `lpstat -p -d` lists the printers and the default one; name one, or let `lpoptions -d` set the default

## The review
review-title = Your answers
review-done = All is right: finish
review-needed = { $count ->
    [one] One question needs an answer before you can finish.
   *[other] { $count } questions need an answer before you can finish.
}
review-open = { $count ->
    [one] One question has no answer yet; it would count as not asked.
   *[other] { $count } questions have no answer yet; they would count as not asked.
}
review-prompt = Type /done to finish, or the number of an answer to change it.
help-review = /done finishes. A number opens that question again. /back goes to the last question.
required-open = A question that needs an answer has none yet.

## Refusals: what is wrong, and what would be right
refused-empty = Nothing was typed. Type an answer.
refused-empty-choice = Nothing was chosen. Choose at least one option.
refused-empty-one = Nothing was chosen. Choose one option.
refused-empty-one-or-skip = Nothing was chosen. Choose one option, or type /skip to go on without one.
refused-empty-or-skip = Nothing was typed. Type an answer, or /skip to go on without one.
refused-empty-choice-or-skip = Nothing was chosen. Choose at least one option, or type /skip to go on without one.
refused-no-tick = Nothing was ticked. Tick at least one line with Space; to go on without an answer, tick “{ $skip }”.
refused-empty-review = Nothing was typed.
refused-required = This question needs an answer and cannot be skipped.
refused-only-one = Only one option fits here. Choose one.
refused-exclusive = “{ $option }” cannot go together with other options. Choose it alone, or leave it out.
refused-skip-alone = Tick an answer, or one of the last two lines alone.
refused-too-long = The text has { $length } characters, and { $limit } is the most. Please shorten it.
refused-no-text = Only the options can be chosen here; own words do not fit.
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
    [one] Type 1, or the word after “or type”.
   *[other] Type a number from 1 to { $count }, or the word after “or type”.
}
refused-command-choice = There is no command “{ $command }”. Type /help to see what you can type.
refused-done = You can type /done once you have looked at all your answers. Type /review to see them.
refused-command = There is no command “{ $command }”. To start a text with a slash, type it twice.
refused-command-here = “{ $command }” works at the question itself. Press Esc to go back to it.
refused-choose = There is no “{ $typed }” here.
refused-review = { $count ->
    [one] Type /done, or 1.
   *[other] Type /done, or a number from 1 to { $count }.
}
refused-not-utf8 = That is not UTF-8 text. Please type it again.
refused-cut-off = The last line has no line break at its end: it may be cut off, and is no reply.

## The page
page-of = Page { $page } of { $pages }
quote-open = “
quote-close = ”
question = Question
answer = Answer
notes = Notes
open = says nothing either way: not sure, skipped, not said or not asked.
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
heading-benefits = What the source says about these choices
heading-overview = What the source says in general
heading-not-covered = Not covered by the source
heading-caveats = Keep this in mind
heading-recorded = Noted for the professional
heading-page = The printed page
heading-questions = Questions to ask
because = Because you chose
because-all = Each of these, because you chose
word-meaning = What { quote-open }{ $word }{ quote-close } means: { $text }
editorial-note = This link is the editors' own: the source does not use these words.
language-note = { $tag ->
    [en] These words are in English, just as they were written.
    [es] These words are in Spanish, just as they were written.
   *[other] These words are in another language than this page, just as they were written.
}
source-unnamed = not named
footer-source = Source [{ $id }]: { $title }. Author { $author }, publisher { $publisher }, date { $published }.
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
line-before = Leave it empty for: { $before }
desk-title = Front desk
desk-locked = Locked: new intakes can be taken, and none can be read.
desk-unlocked = Unlocked for { $who }.
desk-today = Today: { $started } under way, { $finished } finished, { $printed } printed.
desk-cleared-idle = The screen was cleared, because nobody had pressed a key for a while.
desk-cleared-stopped = The screen was cleared, and the desk is locked.
desk-cleared-kept = All answers given so far are kept. Please tell the staff.
desk-cleared-behind = The last answers could not be kept. Please tell the staff.
desk-menu = What would you like to do?
desk-new = New intake
desk-list = Today's intakes
desk-search = Look for a label, of all days
desk-unlock = Unlock
desk-lock = Lock
desk-quit = Leave the desk
desk-back = Back
desk-label = A name or a clinic code for the intake, or nothing:
desk-language = In which language?
desk-fills = Who fills it in?
desk-fills-patient = The patient
desk-fills-staff = The staff
desk-fills-together = Both together
desk-hand-over = Please hand the device to the patient.
desk-ready = Are you ready? Only you see the questions and your answers.
desk-ready-yes = Yes, begin
desk-not-begun = The questions do not begin now. Please give the device back to the staff.
desk-thanks = Thank you. Your answers are kept, and nothing of them is on this screen any more. Please give the device back to the staff.
desk-stopped = The questions are stopped, and your answers so far are kept. Please give the device back to the staff.
desk-thanks-unsaved = Thank you, that was the last question. Your answers still have to be stored. Please give the device back to the staff now.
desk-stopped-unsaved = The questions are stopped. Your answers still have to be stored. Please give the device back to the staff now.
desk-unsaved = The answers of intake { $number } are not stored yet. They are held here: do not switch this device off.
desk-not-kept = The answers cannot be kept at the moment: { $why }.
desk-try-again = Try again
desk-go-on-later = Leave it for now: all answers are kept, and the interview can go on later
desk-give-up = Give up the answers that are not kept
desk-given-back = The staff has the device
desk-finished = Intake { $number } is finished.
desk-begun = Intake { $number } is begun, and can go on later.
desk-name = Your name or initials, for the trail:
desk-name-is-passphrase = The passphrase was typed as the name, where everybody could read it. The name was not written down. Unlock again; if somebody else may have seen it, change the passphrase.
desk-passphrase = Passphrase of the clinic:
desk-wait = A wrong passphrase was typed. The next try is in { $seconds ->
    [one] 1 second.
   *[other] { $seconds } seconds.
}
desk-none = There are no intakes today.
desk-none-found = No label holds that.
desk-which = Which intake?
desk-list-locked = To go on with one of these, or to open one, unlock the desk first.
desk-line = Intake { $number }, { $time }, { $state }
desk-state-started = under way
desk-state-finished = finished
desk-state-printed = printed
desk-in-use = being asked now
desk-can-go-on = can go on
desk-go-on = Go on with the interview
desk-show = Show it
desk-print = Print it
desk-export = Write it to a file
desk-correct = Correct it
desk-delete = Delete it
desk-copy = Which copy?
desk-copy-both = Both copies
desk-format = In which format?
desk-folder = Into which folder?
desk-why = Why?
desk-why-needed = Please say why: it goes into the trail, sealed.
desk-delete-sure = Delete intake { $number } for good, with the files that were written of it?
desk-delete-no = No, keep it
desk-delete-yes = Yes, delete it for good
desk-corrected = Intake { $number } has version { $version } now; the one before is kept.
desk-correction-same = Nothing was changed: the answers are those that are kept already.
desk-correction-kept = Nothing is changed yet. The correction is kept, and goes on when you choose it again.
desk-printed = Sent to the printer { $printer }.
desk-written = Written: { $path }
desk-draft-in-use = That interview is going on at the moment.
desk-draft-gone = There are no answers to go on with; begin a new intake.
desk-draft-damaged = The answers kept of that interview cannot be read.
desk-key-changed = The clinic's key was changed at another desk. Lock this one, then unlock it again.
desk-piece = Part { $piece } of { $pieces }
desk-next = Next part
desk-previous = Part before
